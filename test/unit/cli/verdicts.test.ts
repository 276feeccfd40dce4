/** Every way in which a job can end: its verdict, the exit status, the log line, the status entry, the hook. */
import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Scenario } from '../../support/cli.ts'
import { JobBench, type Outcome, sized } from '../../support/job-bench.ts'

let bench: JobBench

beforeEach(() => {
  bench = new JobBench()
})
afterEach(() => {
  bench.remove()
})

describe('keys', () => {
  test('that nobody tells of in time stall their own jobs alone', async () => {
    const hangs = { env: bench.play({ sleep: 60_000 }), stall_timeout: 1, encrypt_keys: ['A'.repeat(40)] }
    bench.configure({
      encryption: undefined,
      encrypt_keys: ['B'.repeat(40)],
      backup_sources: [{ path: bench.source('a'), ...hangs }, { path: bench.source('b') }],
    })
    const { status, stdout } = await bench.outcome()
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      jobs: [{ verdict: 'stalled', reason: { code: 'stalled' } }, { verdict: 'ok' }],
    })
  })
})

describe('the source', () => {
  test('missing and never backed up is skipped, and named', async () => {
    const path = bench.configureSource({})
    const { status, job, stderr } = await bench.outcome()
    expect([status, job.verdict, job.reason?.code]).toEqual([0, 'skipped', 'missing'])
    expect(stderr).toContain(`${path} does not exist`)
    expect(bench.told()).toEqual([])
  })

  test('missing though it must exist has failed; version 2 makes that the rule', async () => {
    bench.configureSource({}, { must_exist: true })
    expect((await bench.outcome()).job).toMatchObject({
      verdict: 'failed',
      reason: { code: 'source-missing' },
    })
    expect(bench.told()).toEqual(['error job failed source-missing'])
    bench.configureSource({}, {}, { version: 2 })
    expect(await bench.outcome()).toMatchObject({ status: 1, job: { verdict: 'failed' } })
    expect(bench.stored()).toMatchObject({ last: { verdict: 'failed' }, last_success: null })
  })

  test('gone after it was backed up is a warning, and renews no last success', async () => {
    const path = bench.configureSource({ events: sized(9, 9) })
    bench.source('src', ['a'])
    expect((await bench.outcome()).status).toBe(0)
    const { last_success: success } = bench.stored()
    expect(success).not.toBeNull()
    rmSync(path, { recursive: true })
    expect(await bench.outcome([], { now: () => 1_800_000_000 })).toMatchObject({
      status: 3,
      job: { verdict: 'warning', reason: { code: 'vanished' } },
    })
    expect(bench.stored()).toMatchObject({ last: { verdict: 'warning' }, last_success: success })
  })

  test('that is a link is stored as one, which is told', async () => {
    const target = bench.source('real', ['a'])
    const path = bench.configureSource({ events: sized(1, 0) })
    symlinkSync(target, path)
    const told = {
      code: 'source-link',
      text: expect.stringContaining(`Name what it leads to as the source: ${target}`),
    }
    expect(await bench.outcome()).toMatchObject({
      status: 3,
      job: { verdict: 'warning', reason: told },
    })
    bench.configureSource({ events: sized(1, 0) }, { must_exist: true })
    expect(await bench.outcome()).toMatchObject({
      status: 1,
      job: { verdict: 'failed', reason: told },
    })
    bench.configureSource({ events: sized(1, 0) }, {}, { verdicts: { 'source-link': 'ok' } })
    expect((await bench.outcome()).status).toBe(0)
  })

  test('empty where it had something has failed', async () => {
    const path = bench.configureSource({ events: sized(9, 9) })
    bench.source('src', ['a'])
    await bench.outcome()
    rmSync(`${path}/a`)
    expect(await bench.outcome()).toMatchObject({ status: 1, job: { reason: { code: 'source-empty' } } })
    expect(bench.dumped()).toHaveLength(1)
    expect((await bench.outcome(['--accept-shrink'])).job.verdict).toBe('ok')
  })

  test('shrunken has failed until that is accepted', async () => {
    bench.source('src', ['a'])
    bench.configureSource({ events: sized(100, 1_000_000) })
    await bench.outcome()
    bench.configureSource({ events: sized(40, 1_000_000) })
    expect((await bench.outcome()).job).toMatchObject({
      verdict: 'failed',
      reason: { code: 'source-shrunk' },
    })
    bench.configureSource({ events: sized(100, 400_000) })
    expect((await bench.outcome()).job).toMatchObject({
      verdict: 'failed',
      reason: { code: 'source-shrunk' },
    })
    expect((await bench.outcome(['--accept-shrink'])).job.verdict).toBe('ok')
    expect((await bench.outcome()).job.verdict).toBe('ok')
  })

  test.each([
    ['min_files', 10, 9, 100],
    ['min_bytes', 1000, 99, 999],
  ])('with less than %s has failed', async (key, value, files, bytes) => {
    bench.source('src', ['a'])
    bench.configureSource({ events: sized(files, bytes) }, { [key]: value })
    expect((await bench.outcome()).job).toMatchObject({
      verdict: 'failed',
      reason: { code: 'source-shrunk' },
    })
  })
})

describe('the engine', () => {
  const failing = (code: string): Scenario => ({
    events: [],
    exit: { type: 'exit', status: 50, error: { code, message: 'It went wrong.' } },
  })

  test.each([
    ['destination down', failing('BACKEND_ERROR'), 'failed', 'backend-error', 1],
    ['destination full', failing('BACKEND_NO_SPACE'), 'failed', 'backend-no-space', 1],
    ['wrong password', failing('BACKEND_DENIED'), 'failed', 'backend-denied', 1],
    ['temp full', failing('TEMP_SPACE'), 'failed', 'temp-space', 1],
    ['cache full', failing('ARCHIVE_DIR'), 'failed', 'archive-dir', 1],
    ['clock set back', failing('CLOCK'), 'failed', 'clock', 1],
    ['lock held', failing('LOCKED'), 'failed', 'locked', 1],
    ['another machine', failing('MARKER_MISMATCH'), 'failed', 'marker-mismatch', 1],
    ['killed', { events: [], kill: 'SIGKILL' }, 'failed', 'engine-died', 1],
    ['no report', { events: [], exit: null }, 'failed', 'engine-died', 1],
  ] satisfies [string, Scenario, string, string, number][])(
    '%s',
    async (_, scenario, verdict, code, exit) => {
      bench.source('src', ['a'])
      bench.configureSource(scenario, { retention_time: '30D' })
      const { status, job } = await bench.outcome()
      expect([status, job.verdict, job.reason?.code]).toEqual([exit, verdict, code])
      expect(bench.told()).toEqual([`error job ${verdict} ${code}`])
      expect(bench.stored().last.verdict).toBe(verdict)
      expect(bench.logOfSource()).toContain(`${verdict}: ${job.reason?.text ?? ''}`)
      // Nothing old goes after a failure.
      expect(bench.dumped().filter(({ argv }) => argv[0]?.startsWith('remove-'))).toEqual([])
      expect(job.notes.map((note) => note.code)).toEqual(['retention-blocked'])
    },
  )

  test('silent for too long is ended, with everything that it started, and the others go on', async () => {
    bench.source('src', ['a'])
    const other = bench.source('other', ['a'])
    bench.configure({
      backup_sources: [
        {
          path: bench.at('src'),
          stall_timeout: 1,
          env: bench.play({ events: [], sleep: 60_000, ignoreTerm: true }),
        },
        { path: other },
      ],
    })
    const { status, stdout } = await bench.run(['backup', '--json'])
    const { jobs } = JSON.parse(stdout) as { jobs: Outcome['job'][] }
    expect(status).toBe(1)
    expect(jobs).toMatchObject([
      { verdict: 'stalled', reason: { code: 'stalled' } },
      { verdict: 'ok', reason: null },
    ])
  })

  test('over its deadline is ended', async () => {
    bench.source('src', ['a'])
    bench.configureSource({ sleep: 60_000 }, { timeout: 1 })
    expect((await bench.outcome()).job).toMatchObject({ verdict: 'stalled', reason: { code: 'deadline' } })
    expect(bench.told()).toEqual(['error job stalled deadline'])
  })

  test('a clone of the machine is a warning', async () => {
    bench.source('src', ['a'])
    bench.configureSource({
      events: [{ type: 'marker', state: 'shared', detail: 'a clone' }, ...sized(3, 3)],
    })
    expect(await bench.outcome()).toMatchObject({
      status: 3,
      job: { verdict: 'warning', reason: { code: 'marker-mismatch' } },
    })
  })
})

describe('the keys', () => {
  test('that cannot be used refuse the run before anything begins', async () => {
    bench.source('src', ['a'])
    const bad = {
      type: 'key-checked',
      key: 'K',
      use: 'encrypt',
      usable: false,
      detail: 'K expired.',
      hint: 'Prolong it.',
    }
    bench.configureSource(
      { eventsOf: { keys: [bad] } },
      {},
      { encryption: 'keys', encrypt_keys: ['ABCDEF0123456789'] },
    )
    const { status, job } = await bench.outcome()
    expect([status, job.verdict, job.reason]).toEqual([
      2,
      'failed',
      { code: 'key-unusable', text: 'K expired. Prolong it.' },
    ])
    expect(bench.told()).toEqual(['error job failed key-unusable'])
    expect(bench.dumped().map(({ argv }) => argv[0])).toEqual(['keys'])
  })
})

describe('the rest', () => {
  test('outside of its window a job is skipped, and a run of only such jobs has done nothing', async () => {
    bench.source('src', ['a'])
    const hour = new Date(1700010000 * 1000).getHours()
    const two = (value: number): string => String(value % 24).padStart(2, '0')
    bench.configureSource({}, { window: { from: `${two(hour + 2)}:00`, to: `${two(hour + 4)}:00` } })
    expect(await bench.outcome()).toMatchObject({ status: 75, job: { reason: { code: 'outside-window' } } })
    bench.configureSource({}, { window: { from: `${two(hour + 23)}:00`, to: `${two(hour + 2)}:00` } })
    expect((await bench.outcome()).status).toBe(0)
  })

  test('reasons and notes are given other verdicts', async () => {
    bench.configureSource({}, {}, { verdicts: { missing: 'failed' } })
    expect(await bench.outcome()).toMatchObject({
      status: 1,
      job: { verdict: 'failed', reason: { code: 'missing' } },
    })
    bench.source('src', ['a'])
    const changed = { type: 'trouble', trouble: 'changed-while-read', path: 'a', fullPath: '/a', detail: '' }
    bench.configureSource(
      { events: [changed, ...sized(3, 3)] },
      {},
      { verdicts: { 'changed-while-read': 'warning' } },
    )
    expect(await bench.outcome()).toMatchObject({
      status: 3,
      job: { reason: { code: 'changed-while-read' } },
    })
    bench.configureSource({ events: [changed, ...sized(3, 3)] })
    expect((await bench.outcome()).status).toBe(0)
  })

  test('jobs begin in the order of their priority', async () => {
    const names = ['low', 'high', 'middle']
    bench.configure({
      backup_sources: names.map((name, index) => ({
        path: bench.source(name, ['a']),
        priority: [-1, 9, 5][index],
      })),
      parallel: 1,
    })
    await bench.run(['backup'])
    expect(bench.dumped().map(({ argv }) => argv.at(-2)?.split('/').at(-1))).toEqual([
      'high',
      'middle',
      'low',
    ])
  })
})

test('a state directory in which no lock can be taken is told as one', async () => {
  bench.source('src', ['a'])
  bench.configureSource({})
  mkdirSync(bench.at('state/lockfile'), { recursive: true })
  const { status, stderr } = await bench.run(['backup'])
  expect(status).toBe(1)
  expect(stderr).toContain(`No lock can be taken in "state_dir" (${bench.at('state')})`)
})
