/**
 * Rows of faults, and how one is played: with the built program and a real engine, by the verdict with its reason, the exit
 * status, the line in the log of the job, the entry in the status document, and the hooks. Once the fault is gone the
 * next run is good, and restores what was backed up.
 */
import { existsSync } from 'node:fs'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { undoAll } from './fault-means.ts'
import { type Ran, Site, type StoredOperation } from './site.ts'

/** A row: a fault, and what must come of it. */
export interface Fault {
  readonly fault: string
  /** Whether there are two chains before, one of which the retention may delete. */
  readonly chain: boolean
  /** Keys of the source and of the configuration. */
  readonly source?: object
  readonly keys?: object
  /** Brings it about. */
  readonly arrange: () => void | Promise<void>
  /** What happens while the run is going on. */
  readonly meanwhile?: (files: ReadonlySet<string>) => Promise<void>
  readonly verdict: 'failed' | 'stalled' | 'warning' | 'skipped'
  readonly reason: string
  readonly exit: number
  /** What the text of the reason says: what, where, what to do. */
  readonly says: readonly (string | RegExp)[]
  readonly notes?: readonly string[]
  /** The log is what fails. */
  readonly noLog?: boolean
  /** Whether it is proved that everything can be restored afterwards. */
  readonly proves?: true
  /** Ends it. */
  readonly mend: () => void
  /** Options of the next run. */
  readonly next?: readonly string[]
}

/** Saves a site of two chains, before the tests, and ends after each what it may have left. */
export function prepare(site: Site): void {
  beforeAll(async () => {
    site.fill()
    site.configure({ prune: false })
    await site.backupWell()
    site.grow('large', 120_000)
    await site.backupWell('--full')
    site.save()
  })
  afterEach(() => {
    for (const pid of site.engines()) process.kill(pid, 'SIGKILL')
    undoAll()
  })
}

/** Makes a test of each row. */
export function testFaults(site: Site, faults: readonly Fault[]): void {
  describe.each(faults)('$fault', (row) => {
    beforeEach(() => {
      if (row.chain) site.reset()
      else site.clear()
    })
    test('is told by verdict, status, log, status document and hooks, and is over when it is mended', () =>
      play(site, row))
  })
}

async function play(site: Site, row: Fault): Promise<void> {
  site.configure(row.source, row.keys)
  await row.arrange()
  const files = site.files()
  const before = site.stored()
  site.forgetTold()
  const { ended } = site.start(['backup', '--json'])
  await row.meanwhile?.(new Set(files))
  const ran = await ended
  const [job] = ran.jobs
  expect([ran.status, job?.verdict, job?.reason?.code]).toEqual([row.exit, row.verdict, row.reason])
  const text = job?.reason?.text ?? ''
  for (const words of row.says) expect(text).toMatch(typeof words === 'string' ? plain(words) : words)
  expect(unknownOptions(text)).toEqual([])
  expect(job?.notes.map(({ code }) => code)).toEqual(row.notes ?? [])
  expectLog(site, row, ran, text)
  expectStatus(site, row, ran, before)
  expectHooks(site, row, ran, text)
  // Nothing that was there is gone, unless the backup is good.
  if (row.reason !== 'log-unwritable' && existsSync(site.destination))
    expect(site.files()).toEqual(expect.arrayContaining(files))

  row.mend()
  const next = await site.backupWell(...(row.next ?? []))
  expect(next.jobs[0]).toMatchObject({ verdict: 'ok', reason: null })
  expect(site.stored()?.last).toMatchObject({ run_id: next.runId, verdict: 'ok' })
  if (row.proves === true) await site.proveRestore()
}

const plain = (words: string): RegExp => new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))

/** Options that no command of `duba` has, and no other program that is named. */
function unknownOptions(text: string): string[] {
  const known = [
    '--accept-shrink',
    '--take-over',
    '--full',
    '--kill',
    '--list-secret-keys',
    '--quick-set-expire',
    '--import',
  ]
  return (text.match(/--[a-z-]+/g) ?? []).filter((option) => !known.includes(option))
}

const levels = { failed: 'ERROR  ', stalled: 'ERROR  ', warning: 'WARNING', skipped: 'NOTICE ' }

function expectLog(site: Site, { verdict, noLog }: Fault, ran: Ran, text: string): void {
  if (noLog === true) {
    expect(ran.jobs[0]?.log).toBeNull()
    expect(ran.stderr).toContain(text)
    return
  }
  expect(site.log()).toContain(`${levels[verdict]} run ${ran.runId ?? ''}: ${verdict}: ${text}\n`)
  expect(existsSync(ran.jobs[0]?.log ?? '')).toBe(true)
}

function expectStatus(
  site: Site,
  { verdict, reason }: Fault,
  ran: Ran,
  before: StoredOperation | undefined,
): void {
  const stored = site.stored()
  expect(stored?.last).toMatchObject({ run_id: ran.runId, verdict, reason: { code: reason } })
  expect(stored?.runs).toHaveLength((before?.runs.length ?? 0) + 1)
  // A warning counts as a success, if something was backed up.
  const succeeded = verdict === 'warning' && ran.jobs[0]?.kind !== null
  if (succeeded) expect(stored?.last_success).not.toBe(before?.last_success ?? null)
  else expect(stored?.last_success).toBe(before?.last_success ?? null)
}

function expectHooks(site: Site, { verdict, reason, exit, noLog }: Fault, ran: Ran, text: string): void {
  const bad = verdict === 'failed' || verdict === 'stalled'
  const common = { RUN_ID: ran.runId, OPERATION: 'backup', HOST: expect.stringMatching(/./) }
  const how = { VERDICT: verdict, REASON: reason, REASON_TEXT: text }
  const job = {
    ...common,
    ...{ HOOK: 'on_error', SCOPE: 'job', JOB: site.source, SOURCE: site.source },
    ...{ DESTINATION: `file://${site.destination}`, LOG: ran.jobs[0]?.log },
    ...how,
  }
  const run = {
    ...common,
    ...{ HOOK: 'on_error', SCOPE: 'run', EXIT_STATUS: String(exit), JOBS: '1', FAILED: '1' },
    ...how,
  }
  if (bad) {
    expect(site.told('on_error-job')).toMatchObject(job)
    expect(site.told('on_error-run')).toMatchObject(run)
  } else {
    expect([site.told('on_error-job'), site.told('on_error-run')]).toEqual([undefined, undefined])
  }
  if (exit === 2) expect(site.told('after-run')).toBeUndefined()
  else
    expect(site.told('after-run')).toMatchObject({
      ...how,
      EXIT_STATUS: String(exit),
      FAILED: bad ? '1' : '0',
    })
  if (noLog === true) expect(site.told('after-job')).not.toHaveProperty('LOG')
}
