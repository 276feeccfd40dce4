/** Adds what has ended to a status document. */
import type { Redact } from './log-redact.ts'
import { isoTime, printable } from './printable.ts'
import {
  type ExpectedJob,
  isSuccess,
  lastGood,
  type Operation,
  operations,
  type StatusDocument,
  type StatusJob,
  type StatusOperation,
  type StatusRun,
} from './status-document.ts'
import type { JobResult } from './summary.ts'

/** One operation of one job that has ended, as the result of a backup says it, or as much of that as there is. */
export type FinishedRun = Pick<
  JobResult,
  'job' | 'source' | 'destination' | 'verdict' | 'reason' | 'start' | 'end'
> &
  Partial<
    Pick<JobResult, 'kind' | 'files' | 'bytesUploaded' | 'sourceFiles' | 'sourceBytes' | 'notes' | 'chain'>
  > & {
    readonly operation: Operation
    /** Of a backup; undefined: it says nothing, because it was not its turn. */
    readonly standing?: Standing | undefined
    /** Of a job of several entries of a divided source: those that have jobs of their own. */
    readonly apart?: readonly string[] | undefined
  }

/** What a backup means for the ones before it, whatever verdict the configuration gives it. */
export interface Standing {
  /** Whether the source was as it should be: sizes to come are compared with it. */
  readonly good: boolean
  /** Why no old backup may be deleted; undefined: nothing forbids it. */
  readonly blocked: string | undefined
}

export interface RecordOptions {
  readonly host: string
  /** Of duba. */
  readonly version: string
  readonly runId: string
  /** Runs kept for each job and operation, at least 1. */
  readonly history: number
  /** Seconds since the epoch. */
  readonly now: number
  readonly redact: Redact
  readonly expected?: readonly ExpectedJob[] | undefined
  /** Jobs of which nothing is left to be remembered. */
  readonly forgotten?: readonly string[] | undefined
}

/** How long a job is remembered that nothing asks for any more and of which nothing new is heard, in seconds. */
const memory = 400 * 86_400

/** The document with these runs. Texts are redacted and their control characters escaped. */
export function withRuns(
  before: StatusDocument,
  runs: readonly FinishedRun[],
  options: RecordOptions,
): StatusDocument {
  const updated = isoTime(options.now)
  const jobs = new Map(Object.entries(before.jobs))
  for (const run of runs) jobs.set(run.job, withRun(jobs.get(run.job), run, options))
  const forgotten = new Set(options.forgotten)
  for (const name of forgotten) jobs.delete(name)
  const jobsExpected = options.expected?.filter(({ job }) => !forgotten.has(job))
  const expected = jobsExpected === undefined ? before.expected : { updated, jobs: jobsExpected }
  const asked = new Set(expected?.jobs.map(({ job }) => job))
  const kept = [...jobs].filter(([name, job]) => asked.has(name) || options.now - lastHeard(job) < memory)
  return {
    ...before,
    host: options.host,
    updated,
    duba_version: options.version,
    expected,
    jobs: Object.fromEntries(kept),
  }
}

function withRun(job: StatusJob | undefined, run: FinishedRun, options: RecordOptions): StatusJob {
  const { operation } = run
  const entry = statusRun(run, options)
  const before = job?.operations[operation]
  const after: StatusOperation = {
    last: entry,
    last_success: didItsWork(run) ? entry.end : (before?.last_success ?? null),
    runs: [...(before?.runs ?? []), entry].slice(-options.history),
    ...(operation === 'backup' && standingOf(before, run, entry, options.redact)),
  }
  return {
    ...job,
    source: run.source,
    destination: options.redact(run.destination),
    operations: { ...job?.operations, [operation]: after },
    ...(run.chain === undefined ? {} : { chain: chainOf(run.chain) }),
  }
}

function standingOf(
  before: StatusOperation | undefined,
  { standing, sourceFiles, sourceBytes, apart }: FinishedRun,
  { end }: StatusRun,
  redact: Redact,
): Pick<StatusOperation, 'last_good' | 'retention_blocked'> {
  const counted = sourceFiles !== undefined && sourceBytes !== undefined
  const good =
    standing?.good === true && counted
      ? { end, source_files: sourceFiles, source_bytes: sourceBytes, ...(apart && { apart }) }
      : lastGood(before)
  const blocked =
    standing === undefined ? before?.retention_blocked : printable(redact(standing.blocked ?? '')) || null
  return {
    ...(good !== undefined && { last_good: good }),
    ...(blocked !== undefined && { retention_blocked: blocked }),
  }
}

/** Whether a run did what it was there for: a backup whose source has vanished has no failure, but backed up nothing. */
function didItsWork({ operation, verdict, start, files }: FinishedRun): boolean {
  return isSuccess(verdict) && start !== undefined && (operation !== 'backup' || files !== undefined)
}

function statusRun(run: FinishedRun, { runId, now, redact }: RecordOptions): StatusRun {
  const { reason, files } = run
  return {
    run_id: runId,
    operation: run.operation,
    verdict: run.verdict,
    reason: reason === undefined ? null : { code: reason.code, text: printable(redact(reason.text)) },
    start: run.start === undefined ? null : isoTime(run.start),
    end: isoTime(run.end ?? now),
    kind: run.kind ?? null,
    files: files ?? null,
    bytes_uploaded: run.bytesUploaded ?? null,
    source_files: run.sourceFiles ?? null,
    source_bytes: run.sourceBytes ?? null,
    notes_count: run.notes?.length ?? 0,
  }
}

function chainOf({ fullAt, sets, bytes }: NonNullable<JobResult['chain']>): NonNullable<StatusJob['chain']> {
  return { full_at: isoTime(fullAt), sets, bytes: bytes ?? null }
}

function lastHeard(job: StatusJob): number {
  const ends = operations.flatMap((name) => job.operations[name]?.last.end ?? [])
  return Math.max(0, ...ends.map((end) => Date.parse(end) / 1000))
}
