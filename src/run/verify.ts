/** `duba verify` and `duba cleanup`: what is on the destinations of jobs is looked at, or what belongs to no backup deleted. */
import type { CheckFinding, CheckSummary } from '../engine/events-check.ts'
import { checkArgv, cleanupArgv } from '../plan/engine-argv.ts'
import type { Job } from '../plan/job.ts'
import type { Note, RunSummary } from '../report/summary.ts'
import type { Reason, Verdict } from '../report/verdict.ts'
import type { RunContext } from './context.ts'
import { runJobs } from './run-jobs.ts'
import type { JobTools, Performed, Work } from './work.ts'

const free = () => Promise.resolve(undefined)
const idle = { kind: undefined, files: undefined, bytesUploaded: undefined }

/** Checks every backup set of the jobs; `readData`: percent of the volumes that are read to their ends. */
export function runVerify(
  jobs: readonly Job[],
  readData: number | undefined,
  context: RunContext,
): Promise<RunSummary> {
  const work: Work = {
    operation: 'verify',
    dryRun: false,
    withHooks: false,
    exclusive: false,
    needsKeys: false,
    perform: (tools) => verifyJob(tools, readData),
  }
  return runJobs(jobs, work, context, free)
}

async function verifyJob({ job, engine }: JobTools, readData: number | undefined): Promise<Performed> {
  const notes: Note[] = []
  let summary: CheckSummary | undefined
  const { failure } = await engine(checkArgv(job, readData), (event) => {
    if (event.type === 'check-done') summary = event.summary
    else if (event.type === 'check-set' || event.type === 'check-repository') {
      notes.push(...event.findings.filter(({ grade }) => grade !== 'note').map(noteOf))
    }
  })
  // The engine's status then only repeats what it found.
  const reason = summary === undefined ? failure : judged(summary)
  if (reason === undefined) return { ...idle, verdict: 'ok', reason, notes }
  // Nothing was looked at, so what the last verify found still holds.
  if (reason.code === 'locked') return { ...idle, verdict: 'skipped', reason, notes, recorded: false }
  return { ...idle, verdict: verdictOf(reason, job), reason, notes }
}

function verdictOf({ code }: Reason, { obstacle }: Job): Verdict {
  // What is not there was never backed up, and is no failure of the destination.
  if (code === 'no-backups' && obstacle?.code === 'missing') return 'skipped'
  if (code === 'stalled' || code === 'deadline') return 'stalled'
  return code === 'suspicious' ? 'warning' : 'failed'
}

const noteOf = ({ kind, detail }: CheckFinding): Note => ({ code: kind, text: detail })

function judged({ good, damaged, suspicious, strays, closed, allGood }: CheckSummary) {
  if (damaged > 0)
    return { code: 'damaged', text: `${damaged} of ${good + suspicious + damaged} backup sets are damaged` }
  if (good + suspicious === 0) return { code: 'no-backups', text: 'there is no backup' }
  if (allGood) return undefined
  const text = `${suspicious} backup sets are suspicious, ${strays} files belong to none, ${closed} could not be opened`
  return { code: 'suspicious', text }
}

/** Deletes what interrupted and broken backups left. */
export function runCleanup(jobs: readonly Job[], dryRun: boolean, context: RunContext): Promise<RunSummary> {
  const work: Work = {
    operation: 'cleanup',
    dryRun,
    withHooks: false,
    exclusive: true,
    needsKeys: false,
    perform: (tools) => cleanUp(tools, dryRun),
  }
  return runJobs(jobs, work, context, free)
}

async function cleanUp({ job, engine }: JobTools, dryRun: boolean): Promise<Performed> {
  let found = 0
  let deleted = 0
  const { failure } = await engine(cleanupArgv(job, { dryRun }), (event) => {
    if (event.type === 'cleanup-found') found = event.names.length
    else if (event.type === 'file-deleted' && event.where === 'remote') deleted += 1
  })
  // Where it failed, not even what was found is all there is.
  const text =
    found > 0
      ? dryRun
        ? `${found} files would be deleted`
        : `${deleted} files were deleted`
      : failure === undefined
        ? 'there is nothing to clean up'
        : undefined
  const notes = text === undefined ? [] : [{ code: 'cleanup', text }]
  return { ...idle, verdict: failure === undefined ? 'ok' : 'failed', reason: failure, notes }
}
