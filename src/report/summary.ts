/** The summary of a run: what happened to each job, as data and as JSON with stable names. */
import { exitOfSignal, exitOfVerdicts, type DubaStatus } from './exit-code.ts'
import type { Operation } from './status-document.ts'
import { isoTime } from './printable.ts'
import { type Reason, type Verdict, worstVerdict } from './verdict.ts'

/** Something worth knowing that does not change the verdict. */
export interface Note {
  readonly code: string
  readonly text: string
}

/** What happened to one job. Times are seconds since the epoch. */
export interface JobResult {
  readonly job: string
  readonly source: string
  /** Without password. */
  readonly destination: string
  readonly verdict: Verdict
  readonly reason: Reason | undefined
  readonly kind: 'full' | 'incremental' | undefined
  readonly files: { readonly new: number; readonly changed: number; readonly deleted: number } | undefined
  readonly bytesUploaded: number | undefined
  /** What the source holds, as far as it is selected: entries, and bytes of files. */
  readonly sourceFiles?: number | undefined
  readonly sourceBytes?: number | undefined
  /** The newest chain after the run: time of its full set, how many sets, stored bytes if known. */
  readonly chain?:
    { readonly fullAt: number; readonly sets: number; readonly bytes: number | undefined } | undefined
  readonly start: number | undefined
  readonly end: number | undefined
  readonly notes: readonly Note[]
  /** Path of the log file; undefined if it cannot be written. */
  readonly log: string | undefined
}

/** What went wrong with a run beside its jobs: with the hooks around it. */
export interface RunFault {
  readonly verdict: 'failed' | 'warning'
  readonly reason: Reason
}

/** What happened in a run. */
export interface RunSummary {
  readonly runId: string
  readonly start: number
  readonly end: number
  readonly dryRun: boolean
  readonly jobs: readonly JobResult[]
  readonly faults?: readonly RunFault[]
  /** Of the run as a whole. */
  readonly notices: readonly Note[]
  /** The signal that ended the run. */
  readonly signal: 'SIGINT' | 'SIGTERM' | undefined
  /** What was done; a backup if left out. */
  readonly operation?: Operation | 'cleanup'
  /** Nothing was begun, because the configuration asks for what cannot be. */
  readonly refused?: boolean
  /** The verdicts could not be written into the status document, and monitoring will not see them. */
  readonly unrecorded?: boolean
}

/** The verdicts of all jobs and of the run itself. */
export function verdictsOf({ jobs, faults = [], unrecorded }: RunSummary): Verdict[] {
  const found = [...jobs, ...faults].map(({ verdict }) => verdict)
  return unrecorded === true ? [...found, 'warning'] : found
}

/** Reasons to skip a job for which coming again later would change nothing: there is nothing to back up. */
const nothingThere: ReadonlySet<string | undefined> = new Set(['missing', 'empty', 'excluded', 'orphan'])

/** The exit status of `duba` after a run: sources that are not there do not count. */
export function exitOfRun(summary: RunSummary): DubaStatus {
  if (summary.refused === true) return 2
  if (summary.signal !== undefined) return exitOfSignal(summary.signal)
  const jobs = summary.jobs.filter(
    ({ verdict, reason }) => verdict !== 'skipped' || !nothingThere.has(reason?.code),
  )
  const verdicts = verdictsOf({ ...summary, jobs })
  return verdicts.length === 0 ? 0 : exitOfVerdicts(verdicts)
}

/** The summary as JSON. Names are stable: new ones may come, none goes or changes its meaning within a version. */
export function summaryJson(summary: RunSummary): unknown {
  return {
    version: 1,
    operation: summary.operation ?? 'backup',
    run_id: summary.runId,
    start: isoTime(summary.start),
    end: isoTime(summary.end),
    seconds: rounded(summary.end - summary.start),
    dry_run: summary.dryRun,
    verdict: worstVerdict(verdictsOf(summary)),
    exit_status: exitOfRun(summary),
    signal: summary.signal ?? null,
    faults: summary.faults ?? [],
    notices: summary.notices,
    jobs: summary.jobs.map(jobJson),
  }
}

function jobJson(result: JobResult): unknown {
  const { start, end } = result
  return {
    job: result.job,
    source: result.source,
    destination: result.destination,
    verdict: result.verdict,
    reason: result.reason ?? null,
    kind: result.kind ?? null,
    files: result.files ?? null,
    bytes_uploaded: result.bytesUploaded ?? null,
    source_files: result.sourceFiles ?? null,
    source_bytes: result.sourceBytes ?? null,
    start: start === undefined ? null : isoTime(start),
    end: end === undefined ? null : isoTime(end),
    seconds: start === undefined || end === undefined ? null : rounded(end - start),
    notes: result.notes,
    log: result.log ?? null,
  }
}

const rounded = (seconds: number): number => Math.round(seconds * 1000) / 1000
