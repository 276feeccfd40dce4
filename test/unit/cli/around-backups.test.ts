/** What happens around backups: hooks before and after them, and their retention. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { JobBench, type Outcome, sized } from '../../support/job-bench.ts'

let bench: JobBench

beforeEach(() => {
  bench = new JobBench()
})
afterEach(() => {
  bench.remove()
})

describe('retention', () => {
  const removals = (): (readonly string[])[] =>
    bench.dumped().flatMap(({ argv }) => (argv[0]?.startsWith('remove-') === true ? [argv.slice(0, 2)] : []))
  const old = [
    { start: 1600000000, end: 1600000000 },
    { start: 1699000000, end: 1699900000 },
  ]
  const withChains = (more: object = {}): unknown[] => [
    { type: 'chains', chains: old, sets: 3 },
    ...sized(1000, 1 << 20, more).slice(1),
  ]

  /** A good backup before the one that is looked at: how large the source was is remembered. */
  const remembered = async (files = 1000, bytes = 1 << 20): Promise<void> => {
    bench.source('src', ['a'])
    bench.configureSource({ events: sized(files, bytes) })
    expect((await bench.outcome()).job.verdict).toBe('ok')
  }
  const due = { retention_time: '30D' }
  const backUp = (events: unknown[], source: object = due, keys: object = {}): Promise<Outcome> => {
    bench.configureSource({ eventsOf: { '--event-fd': events } }, source, keys)
    return bench.outcome()
  }
  const prune = async (source: object = due, keys: object = {}): Promise<string> => {
    bench.configureSource({}, source, keys)
    return (await bench.run(['prune'])).stdout
  }

  test('does not run after the first backup of an old chain: the source may have shrunk unseen', async () => {
    bench.source('src', ['a'])
    expect((await backUp(withChains())).job.notes.map(({ code }) => code)).toContain('retention-blocked')
    expect(await prune()).toContain('nothing is remembered')
    expect(removals()).toEqual([])
    await backUp(withChains())
    expect(removals()).toHaveLength(1)
  })

  test('a source that has shrunk is not forgotten, however many runs fail or are skipped', async () => {
    await remembered()
    const small = [{ type: 'chains', chains: old, sets: 3 }, ...sized(10, 9).slice(1)]
    for (let run = 1; run <= 4; run += 1) {
      const { job } = await backUp(small, due, { history: 2 })
      expect(job.reason?.code).toBe('source-shrunk')
    }
    const closed = { ...due, hooks: { before: [{ shell: 'exit 75' }] } }
    for (let run = 1; run <= 3; run += 1) {
      expect((await backUp(small, closed, { history: 2 })).job.verdict).toBe('skipped')
    }
    expect(await prune(due, { history: 2 })).toContain('source-shrunk')
    expect((await backUp(small, due, { history: 2 })).job.reason?.code).toBe('source-shrunk')
    expect(removals()).toEqual([])
    bench.configureSource({ eventsOf: { '--event-fd': small } }, due)
    expect((await bench.outcome(['--accept-shrink'])).job.verdict).toBe('ok')
    expect(removals()).toHaveLength(1)
  })

  test('another verdict for a shrunken source does not let anything be deleted', async () => {
    await remembered()
    const small = [{ type: 'chains', chains: old, sets: 3 }, ...sized(10, 9).slice(1)]
    const keys = { verdicts: { 'source-shrunk': 'ok' } }
    for (let run = 1; run <= 2; run += 1) {
      expect((await backUp(small, due, keys)).job).toMatchObject({
        verdict: 'ok',
        reason: { code: 'source-shrunk' },
      })
    }
    await prune(due, keys)
    expect(removals()).toEqual([])
  })

  test('does not run where another machine may write too', async () => {
    await remembered()
    const events = [{ type: 'marker', state: 'shared', detail: 'a clone' }, ...withChains({ errors: 1 })]
    const { job } = await backUp(events)
    expect(job.notes.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['marker-mismatch', 'retention-blocked']),
    )
    expect(await prune()).toContain('a clone')
    expect(removals()).toEqual([])
  })

  test('duba prune keeps to what a backup left out', async () => {
    await remembered()
    await backUp(withChains({ errors: 11 }), { ...due, prune: false })
    expect(await prune()).toContain('11 entries were left out')
    expect(removals()).toEqual([])
  })

  test('runs after a good backup where something is due, by every rule', async () => {
    await remembered()
    bench.configureSource(
      { eventsOf: { '--event-fd': withChains() } },
      { retention_time: '30D', keep_full: 1, keep_incrementals_of: 5 },
    )
    const { job } = await bench.outcome()
    expect(removals()).toEqual([
      ['remove-older-than', '30D'],
      ['remove-all-but-n-full', '1'],
    ])
    expect(job.notes.map(({ code }) => code)).toContain('pruned')
    const argv = bench.dumped().find((each) => each.argv[0] === 'remove-older-than')?.argv ?? []
    expect(argv.slice(argv.indexOf('--keep-chains')).slice(0, 3)).toEqual(['--keep-chains', '1', '--force'])
  })

  test('does not start an engine where nothing is due, nor with prune: false', async () => {
    await remembered()
    bench.configureSource({ events: sized(1000, 1 << 20) }, { retention_time: '30D' })
    await bench.outcome()
    bench.configureSource(
      { eventsOf: { '--event-fd': withChains() } },
      { retention_time: '30D', prune: false },
    )
    await bench.outcome()
    expect(removals()).toEqual([])
  })

  test('runs after a warning, unless too much was left out', async () => {
    await remembered()
    bench.configureSource(
      { eventsOf: { '--event-fd': withChains({ errors: 10 }) } },
      { retention_time: '30D' },
    )
    expect((await bench.outcome()).job.verdict).toBe('warning')
    expect(removals()).toHaveLength(1)
    bench.configureSource(
      { eventsOf: { '--event-fd': withChains({ errors: 11 }) } },
      { retention_time: '30D' },
    )
    expect((await bench.outcome()).job.notes.map(({ code }) => code)).toContain('retention-blocked')
    expect(removals()).toHaveLength(1)
  })
})
