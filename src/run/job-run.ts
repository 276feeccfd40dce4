/** One job of a run, from its obstacles to its verdict: hooks, watch, log, whatever the work is. Never rejects for the work. */
import type { Job, Obstacle } from '../plan/job.ts'
import { UserError } from '../lib/errors.ts'
import { reasonCode } from '../lib/reason-codes.ts'
import type { LogLevel } from '../report/log-line.ts'
import type { FinishedRun, Standing } from '../report/status-record.ts'
import type { JobResult, Note } from '../report/summary.ts'
import type { Reason, Verdict } from '../report/verdict.ts'
import type { RunContext } from './context.ts'
import { interrupted } from './engine-process.ts'
import { type HookPlace, runHooks } from './hooks.ts'
import { type JobLog, openJobLog } from './job-log.ts'
import { isGraver, remapped } from './remap.ts'
import { standingOf } from './standing.ts'
import { defaultStallTimeout, watchJob } from './watch.ts'
import { outsideWindow } from './window.ts'
import { type Performed, toolsOf, type Work } from './work.ts'

export interface JobSurroundings {
  readonly work: Work
  readonly context: RunContext
  readonly command: readonly string[]
  readonly threads: number
  /** Why the job is not begun at all, where the run knows more than the plan. */
  readonly obstacleOf: (job: Job) => Promise<Obstacle | undefined>
}

/** A job's result, and what else is to be kept of it. */
export interface JobEnd {
  readonly result: JobResult
  readonly also: readonly FinishedRun[]
  /** Whether the result is kept in the status document. */
  readonly recorded: boolean
  readonly standing: Standing | undefined
  /** Whether nothing is to be remembered of the job any more. */
  readonly forgotten: boolean
  /** Of a job of several entries: those that have jobs of their own. */
  readonly apart: readonly string[] | undefined
}

/** Runs a job. */
export async function runJob(job: Job, around: JobSurroundings): Promise<JobEnd> {
  const { context } = around
  const obstacle = await obstacleNow(job, around)
  if (obstacle !== undefined) {
    const { verdict, code, text } = obstacle
    return notBegun(job, around, { verdict, reason: { code, text } })
  }
  const start = context.now()
  const log = await openJobLog(job, context, logOperation(around.work))
  log.write('notice', `run ${context.runId}: ${around.work.operation} of ${job.path} to ${job.destination}`)
  context.log.write('info', `${job.name}: begins`, { job: job.name })
  const place = hookPlace(job, around, log)
  const own = withLogTrouble(await withHooks(job, around, log, place), log)
  const done = remapped(own, context.verdicts)
  const { also = [], recorded = true, forgotten = false, ...performed } = done
  const result: JobResult = { ...baseOf(job), ...performed, start, end: context.now(), log: log.path }
  for (const { code, text } of result.notes) log.write('notice', `note: ${text}`, { code })
  conclude(result, log, context)
  await onError(result, around, place)
  await log.close()
  tell(result, context)
  return { result, also, recorded, standing: standingOf(own), forgotten, apart: job.division?.apart }
}

/** The result of a job that is not begun; its failure is told to the hooks too. */
export async function notBegun(
  job: Job,
  around: Pick<JobSurroundings, 'work' | 'context'>,
  judged: { readonly verdict: Verdict; readonly reason: Reason },
): Promise<JobEnd> {
  const { context } = around
  const log = await openJobLog(job, context, logOperation(around.work))
  const idle = { kind: undefined, files: undefined, bytesUploaded: undefined, log: log.path }
  const times = { start: undefined, end: undefined }
  const result = remapped({ ...baseOf(job), ...idle, ...times, ...judged, notes: [] }, context.verdicts)
  conclude(result, log, context)
  await onError(result, around, hookPlace(job, around, log))
  await log.close()
  tell(result, context)
  const { apart } = job.division ?? {}
  return { result, also: [], recorded: true, standing: standingOf(judged), forgotten: false, apart }
}

async function obstacleNow(
  job: Job,
  { context, obstacleOf }: JobSurroundings,
): Promise<Obstacle | undefined> {
  if (context.signal.aborted) {
    const { code, text } = interrupted(context.signal)
    return { verdict: 'failed', code, text: `not started: ${text}` }
  }
  return outsideWindow(job, context.now()) ?? obstacleOf(job)
}

async function withHooks(
  job: Job,
  around: JobSurroundings,
  log: JobLog,
  place: HookPlace,
): Promise<Performed> {
  const { work, context } = around
  if (!work.withHooks || work.dryRun) return watched(job, around, log)
  const before = await runHooks('before', place, context)
  let done: Performed
  if (before.outcome === 'skip') done = without('skipped', before.reason)
  else if (before.outcome === 'failed') done = failedBy(before.reason, context)
  else done = await watched(job, around, log)
  const after = await runHooks('after', place, context, resultFacts(done))
  if (after.outcome === 'failed') done = worsened(done, 'failed', after.reason)
  for (const reason of [...before.warnings, ...after.warnings]) done = worsened(done, 'warning', reason)
  return done
}

/** A hook that was ended with the run says nothing of itself. */
function failedBy(reason: Reason, { signal }: RunContext): Performed {
  return without('failed', signal.aborted ? interrupted(signal) : reason)
}

async function watched(job: Job, around: JobSurroundings, log: JobLog): Promise<Performed> {
  const { work, context, command, threads } = around
  const { timeout, stallTimeout = defaultStallTimeout } = job
  const watch = watchJob(context.signal, { timeout, stallTimeout })
  try {
    const opened = await context.secrets.open(job)
    const { signal, touch } = watch
    return await work.perform(toolsOf({ job: opened, log, context, signal, threads, command, touch }))
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    if (error.code === 'NO_ANSWER') return without('stalled', { code: 'stalled', text: error.message })
    const hint = error.dubaHint === undefined ? '' : ` ${error.dubaHint}`
    return without('failed', { code: reasonCode(error.code), text: `${error.message}.${hint}` })
  } finally {
    watch.end()
  }
}

/** A backup without a log is a backup, but nobody could say what happened in it. */
function withLogTrouble(done: Performed, { trouble: text }: JobLog): Performed {
  return text === undefined ? done : worsened(done, 'warning', { code: 'log-unwritable', text })
}

function worsened(done: Performed, verdict: Verdict, reason: Reason): Performed {
  if (isGraver(verdict, done.verdict)) return { ...done, verdict, reason }
  return { ...done, notes: [...done.notes, reason] }
}

function without(verdict: Verdict, reason: Reason): Performed {
  const notes: Note[] = []
  return { verdict, reason, kind: undefined, files: undefined, bytesUploaded: undefined, notes }
}

async function onError(
  result: JobResult,
  { work, context }: Pick<JobSurroundings, 'work' | 'context'>,
  place: HookPlace,
): Promise<void> {
  const bad = result.verdict === 'failed' || result.verdict === 'stalled'
  if (!bad || work.dryRun) return
  const { outcome } = await runHooks('on_error', place, context, resultFacts(result))
  if (outcome === 'failed') place.log('error', 'the failure could not be told by a hook')
}

function hookPlace(
  job: Job,
  { work, context }: Pick<JobSurroundings, 'work' | 'context'>,
  log: JobLog,
): HookPlace {
  return {
    hooks: job.hooks,
    scope: 'job',
    facts: {
      RUN_ID: context.runId,
      OPERATION: work.operation,
      HOST: context.writer.host,
      JOB: job.name,
      SOURCE: job.path,
      DESTINATION: job.destination,
      // It may fail meanwhile.
      get LOG() {
        return log.path
      },
    },
    log: (level, text) => {
      log.write(level, text)
    },
  }
}

function resultFacts({
  verdict,
  reason,
  kind,
}: Pick<JobResult, 'verdict' | 'reason' | 'kind'>): HookPlace['facts'] {
  return { VERDICT: verdict, REASON: reason?.code, REASON_TEXT: reason?.text, KIND: kind }
}

/** The last words of a job in its log. */
function conclude(result: JobResult, log: JobLog, { runId }: RunContext): void {
  const code = result.reason?.code
  log.write(levelOf[result.verdict], `run ${runId}: ${verdictText(result)}`, { code })
}

const baseOf = (job: Job) => ({ job: job.name, source: job.path, destination: job.destination })

const logOperation = ({ operation }: Work) => (operation === 'cleanup' ? 'prune' : operation)

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
  const { verdict, reason, job } = result
  log.write(verdict === 'ok' ? 'info' : levelOf[verdict], `${job}: ${verdictText(result)}`, {
    job,
    code: reason?.code,
  })
}
