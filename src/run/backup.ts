/** A run of `duba backup`: every job in an engine process of its own, and a verdict for each, whatever happens. */
import { setMaxListeners } from 'node:events'
import { backupArgv } from '../plan/engine-argv.ts'
import type { Job } from '../plan/job.ts'
import type { LogLevel } from '../report/log-line.ts'
import { sourceBytesOf, type StatusDocument } from '../report/status-document.ts'
import type { JobResult, Note, RunSummary } from '../report/summary.ts'
import type { Verdict } from '../report/verdict.ts'
import type { RunContext } from './context.ts'
import { interrupted, runEngineProcess, signalName } from './engine-process.ts'
import { openJobLog } from './job-log.ts'
import { makeDirectory } from './places.ts'
import { inParallel } from './pool.ts'
import { findPriority } from './priority.ts'
import { lockRun } from './run-lock.ts'
import { readStatus, recordRuns } from './status-file.ts'
import { Tally } from './tally.ts'
import { messageOf } from '../lib/errors.ts'

export interface BackupOptions {
  readonly runId: string
  readonly full: boolean
  readonly dryRun: boolean
}

/** Backs up the jobs. Throws NOTHING_DONE if another run has the lock, STATE_UNWRITABLE if it can log nothing. */
export async function runBackup(
  jobs: readonly Job[],
  options: BackupOptions,
  context: RunContext,
): Promise<RunSummary> {
  const { places, log, now, signal } = context
  const start = now()
  await makeDirectory(places.stateDir, 'state_dir')
  await makeDirectory(places.logDir, 'logdir')
  const warn = (text: string): void => {
    log.write('warning', text)
  }
  const lock = await lockRun(places.stateDir, warn)
  try {
    setMaxListeners(0, signal)
    const priority = await findPriority(context.nice, jobs[0]?.env ?? {})
    for (const text of priority.missing) log.write('debug', text)
    const known = await readStatus(places.stateDir, context.status, warn)
    const notices = noticesOf(jobs)
    for (const { text } of notices) log.write('notice', text)
    const command = [...priority.prefix, ...context.engineCommand]
    const results = await inParallel(jobs, context.parallel, (job) =>
      runJob(job, command, options, context, known),
    )
    const summary: RunSummary = {
      runId: options.runId,
      start,
      end: now(),
      dryRun: options.dryRun,
      jobs: results,
      notices,
      signal: signal.aborted ? signalName(signal) : undefined,
    }
    if (!options.dryRun) await record(summary, context, warn)
    return summary
  } finally {
    lock.release()
  }
}

/** Keeps the verdicts for `duba status`; that they cannot be kept does not change them. */
async function record(summary: RunSummary, context: RunContext, warn: (text: string) => void): Promise<void> {
  const { stateDir } = context.places
  try {
    const { runId, end: now, jobs } = summary
    const { redact, status, expected } = context
    const runs = jobs.map((result) => ({ ...result, operation: 'backup' as const }))
    await recordRuns(stateDir, runs, status, { runId, now, redact, expected }, warn)
  } catch (error) {
    warn(messageOf(error))
  }
}

function noticesOf(jobs: readonly Job[]): Note[] {
  if (jobs.every(({ retentionTime }) => retentionTime === undefined)) return []
  const text = '"retention_time" is set, but this version deletes no old backups yet: nothing was removed'
  return [{ code: 'retention-not-done', text }]
}

async function runJob(
  job: Job,
  command: readonly string[],
  options: BackupOptions,
  context: RunContext,
  known: StatusDocument,
): Promise<JobResult> {
  const { now, signal } = context
  const base = { job: job.name, source: job.path, destination: job.destination }
  const idle = { kind: undefined, files: undefined, bytesUploaded: undefined, notes: [], log: undefined }
  if (job.obstacle !== undefined) {
    const { verdict, code, text } = job.obstacle
    const result = { ...base, ...idle, verdict, reason: { code, text }, start: undefined, end: undefined }
    tell(result, context)
    return result
  }
  if (signal.aborted) {
    const reason = { ...interrupted(signal), text: `not started: ${interrupted(signal).text}` }
    return { ...base, ...idle, verdict: 'failed', reason, start: undefined, end: undefined }
  }
  const start = now()
  const log = await openJobLog(job, context)
  log.write('notice', `run ${options.runId}: backup of ${job.path} to ${job.destination}`)
  context.log.write('info', `${job.name}: begins`)
  context.progress.begin(job.name, sourceBytesOf(known, job.name))
  const tally = new Tally()
  const { failure } = await runEngineProcess({
    command,
    argv: backupArgv(job, options),
    env: job.env,
    signal,
    killAfter: context.killAfter,
    onEvent: (event) => {
      tally.take(event)
      context.progress.take(job.name, event)
    },
    onLine: (line, from) => {
      if (line !== '') log.write(from === 'stderr' ? 'error' : 'notice', line)
    },
  })
  context.progress.end(job.name)
  const result: JobResult = { ...base, ...tally.result(failure), start, end: now(), log: log.path }
  for (const { code, text } of result.notes) log.write('notice', `note: ${text}`, { code })
  const fields = { code: result.reason?.code }
  log.write(levelOf[result.verdict], `run ${options.runId}: ${verdictText(result)}`, fields)
  await log.close()
  tell(result, context)
  return result
}

const levelOf: Readonly<Record<Verdict, LogLevel>> = {
  failed: 'error',
  stalled: 'error',
  warning: 'warning',
  skipped: 'notice',
  ok: 'notice',
}

const verdictText = ({ verdict, reason }: JobResult): string =>
  reason === undefined ? verdict : `${verdict}: ${reason.text}`

function tell(result: JobResult, { log }: RunContext): void {
  const level = result.verdict === 'ok' ? 'info' : levelOf[result.verdict]
  const fields = { job: result.job, operation: 'backup', code: result.reason?.code }
  log.write(level, `${result.job}: ${verdictText(result)}`, fields)
}
