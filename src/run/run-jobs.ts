/** A run: its lock, its hooks, its keys, its jobs side by side, its place in the status document. */
import { setMaxListeners } from 'node:events'
import { messageOf, UserError } from '../lib/errors.ts'
import type { Job, Obstacle } from '../plan/job.ts'
import { dubaExit } from '../report/exit-code.ts'
import { exitOfRun, type RunFault, type RunSummary, verdictsOf } from '../report/summary.ts'
import { reasonCode } from '../lib/reason-codes.ts'
import { type Reason, type Verdict, worstVerdict } from '../report/verdict.ts'
import type { RunContext } from './context.ts'
import { interrupted, signalName } from './engine-process.ts'
import { type HookPlace, runHooks } from './hooks.ts'
import { type JobEnd, type JobSurroundings, notBegun, runJob } from './job-run.ts'
import { type KeyTrouble, unusableKeys } from './key-check.ts'
import { makeDirectory } from './places.ts'
import { inParallel } from './pool.ts'
import { findPriority } from './priority.ts'
import { lockRun } from './run-lock.ts'
import { sharesOf } from './shares.ts'
import { openRecord } from './run-record.ts'
import type { Work } from './work.ts'

export type ObstacleOf = (job: Job) => Promise<Obstacle | undefined>

const none: ObstacleOf = (job) => Promise.resolve(job.obstacle)

/**
 * Runs the work for the jobs. Throws NOTHING_DONE if another run has the lock, STATE_UNWRITABLE if it can log nothing; the
 * hooks for failures of the run hear of both.
 */
export async function runJobs(
  jobs: readonly Job[],
  work: Work,
  context: RunContext,
  obstacleOf: ObstacleOf = none,
): Promise<RunSummary> {
  try {
    return await runLocked(jobs, work, context, obstacleOf)
  } catch (error) {
    await tellRunFailure(error, work, context)
    throw error
  }
}

/** Runs the hooks for failures of a run that an error ended, most of all one that could not even begin. */
export async function tellRunFailure(
  error: unknown,
  work: Pick<Work, 'operation' | 'dryRun'>,
  context: RunContext,
): Promise<void> {
  if (work.dryRun) return
  await runHooks('on_error', runPlace(work, context), context, failureFacts(error))
}

/** What hooks are told of an error that ends a run, most of all one that has not begun; what is none for people is a `defect`. */
export function failureFacts(error: unknown): HookPlace['facts'] {
  if (!(error instanceof UserError)) {
    return { VERDICT: 'failed', REASON: 'defect', REASON_TEXT: messageOf(error), EXIT_STATUS: 1 }
  }
  const { code, message, hint } = error
  const text = hint === undefined ? message : `${message}. ${hint}`
  return {
    VERDICT: 'failed',
    REASON: reasonCode(code),
    REASON_TEXT: text,
    EXIT_STATUS: dubaExit[code],
  }
}

async function runLocked(
  jobs: readonly Job[],
  work: Work,
  context: RunContext,
  obstacleOf: ObstacleOf,
): Promise<RunSummary> {
  const { places, log, now, signal } = context
  const start = now()
  await makeDirectory(places.stateDir, 'state_dir')
  await makeDirectory(places.logDir, 'logdir')
  const warn = (text: string): void => {
    log.write('warning', text)
  }
  const lock = work.exclusive ? await lockRun(places.stateDir, warn) : { release: () => undefined }
  try {
    setMaxListeners(0, signal)
    const record = await openRecord(jobs, work, context)
    const keep = async (end: Promise<JobEnd>): Promise<JobEnd> => {
      await record.add(await end)
      return end
    }
    const { ends, refused, faults } = await runAll(jobs, work, context, { obstacleOf, keep })
    const ran: RunSummary = {
      operation: work.operation,
      runId: context.runId,
      start,
      end: now(),
      dryRun: work.dryRun,
      jobs: ends.map(({ result }) => result),
      notices: noticesOf(work, context, jobs),
      signal: signal.aborted ? signalName(signal) : undefined,
      refused,
      faults,
    }
    const trouble = await record.close(ran, ends)
    return await endRun(trouble === undefined ? ran : unrecorded(ran, trouble), work, context)
  } finally {
    lock.release()
  }
}

interface Each {
  readonly obstacleOf: ObstacleOf
  /** Takes the end of a job as soon as it is there. */
  readonly keep: (end: Promise<JobEnd>) => Promise<JobEnd>
}

interface Ended {
  readonly ends: readonly JobEnd[]
  /** Nothing was begun, because the configuration asks for what cannot be. */
  readonly refused: boolean
  readonly faults: readonly RunFault[]
}

async function runAll(
  jobs: readonly Job[],
  work: Work,
  context: RunContext,
  { obstacleOf, keep }: Each,
): Promise<Ended> {
  const { log, machine, limits, signal } = context
  const around = { work, context }
  const looked = work.needsKeys ? await unusableKeys(jobs, context) : []
  const troubles = looked.filter(({ hung }) => !hung)
  if (troubles.length > 0) return { refused: true, faults: [], ends: await refuse(jobs, troubles, around) }
  let faults: readonly RunFault[] = []
  if (work.withHooks && !work.dryRun) {
    const before = await runHooks('before', runPlace(work, context), context)
    faults = before.warnings.map(asWarning)
    if (before.outcome !== 'done') {
      const reason = signal.aborted ? interrupted(signal) : before.reason
      const verdict = before.outcome === 'skip' ? 'skipped' : 'failed'
      const ends = await each(jobs, (job) => notBegun(job, around, { verdict, reason }))
      return { refused: false, faults, ends }
    }
  }
  const shares = sharesOf(limits, machine, jobs.length)
  const priority = await findPriority(context.nice, jobs[0]?.env ?? {})
  for (const text of priority.missing) log.write('debug', text)
  const command = [...priority.prefix, ...withHeap(context.engineCommand, shares.heap)]
  const surroundings: JobSurroundings = {
    ...around,
    command,
    threads: shares.threads,
    obstacleOf: beside(obstacleOf, looked),
  }
  const ordered = [...jobs].sort((a, b) => b.priority - a.priority)
  const ends = await inParallel(ordered, shares.parallel, (job) => keep(runJob(job, surroundings)))
  return {
    refused: false,
    faults,
    ends: jobs.map((job) => ends[ordered.indexOf(job)]).filter((end) => end !== undefined),
  }
}

/** A look at keys that came to no end stands against their jobs, and against no others. */
function beside(obstacleOf: ObstacleOf, looked: readonly KeyTrouble[]): ObstacleOf {
  return async (job) => {
    const own = looked.find(({ hung, jobs }) => hung && jobs.includes(job))
    return own === undefined ? obstacleOf(job) : { verdict: 'stalled', code: 'stalled', text: own.text }
  }
}

/** Nothing is begun: the jobs of the keys fail, and the others are left out. */
function refuse(
  jobs: readonly Job[],
  troubles: readonly KeyTrouble[],
  around: Pick<JobSurroundings, 'work' | 'context'>,
): Promise<JobEnd[]> {
  return each(jobs, (job) => {
    const own = troubles.filter((trouble) => trouble.jobs.includes(job))
    const text = own.map((trouble) => trouble.text).join(' ')
    return own.length > 0
      ? notBegun(job, around, { verdict: 'failed', reason: { code: 'key-unusable', text } })
      : notBegun(job, around, { verdict: 'skipped', reason: refusal })
  })
}

const refusal: Reason = {
  code: 'run-refused',
  text: 'nothing was begun, because keys of other jobs cannot be used; name this job to run it alone',
}

async function each(jobs: readonly Job[], end: (job: Job) => Promise<JobEnd>): Promise<JobEnd[]> {
  const ends: JobEnd[] = []
  for (const job of jobs) ends.push(await end(job))
  return ends
}

/** The engine's command with a limit for its heap, if it has one: behind the interpreter. */
function withHeap([node = '', ...rest]: readonly string[], heap: number | undefined): string[] {
  return [node, ...(heap === undefined ? [] : [`--max-old-space-size=${heap}`]), ...rest]
}

/** Runs the hooks at the end of a run; gives the summary with what went wrong with those. */
async function endRun(summary: RunSummary, work: Work, context: RunContext): Promise<RunSummary> {
  if (work.dryRun) return summary
  const place = runPlace(work, context)
  let ended = summary
  if (work.withHooks && summary.refused !== true) {
    const after = await runHooks('after', place, context, endFacts(summary))
    const faults = [...(summary.faults ?? []), ...after.warnings.map(asWarning)]
    if (after.outcome === 'failed') faults.push({ verdict: 'failed', reason: after.reason })
    ended = { ...summary, faults }
  }
  const isBad = (verdict: Verdict): boolean => verdict === 'failed' || verdict === 'stalled'
  if (verdictsOf(ended).some(isBad)) await runHooks('on_error', place, context, endFacts(ended))
  return ended
}

const asWarning = (reason: Reason): RunFault => ({ verdict: 'warning', reason })

/** What hooks are told of a run that has ended. */
function endFacts(summary: RunSummary): HookPlace['facts'] {
  const { jobs, faults = [] } = summary
  const verdict = worstVerdict(verdictsOf(summary))
  const worst = [...jobs, ...faults].find((ended) => ended.verdict === verdict)
  return {
    VERDICT: verdict,
    REASON: worst?.reason?.code,
    REASON_TEXT: worst?.reason?.text,
    EXIT_STATUS: exitOfRun(summary),
    JOBS: jobs.length,
    FAILED: jobs.filter((job) => job.verdict === 'failed' || job.verdict === 'stalled').length,
  }
}

function runPlace({ operation }: Pick<Work, 'operation'>, context: RunContext): HookPlace {
  const { runId, writer, hooks, log } = context
  return {
    hooks,
    scope: 'run',
    facts: { RUN_ID: runId, OPERATION: operation, HOST: writer.host },
    log: (level, text) => {
      log.write(level, text)
    },
  }
}

function noticesOf({ dryRun, withHooks }: Work, { hooks }: RunContext, jobs: readonly Job[]) {
  const any = [hooks, ...jobs.map((job) => job.hooks)].some(
    ({ before = [], after = [] }) => before.length + after.length > 0,
  )
  const text = 'hooks were not run, so what they prepare was not seen'
  return dryRun && withHooks && any ? [{ code: 'hooks-not-run', text }] : []
}

function unrecorded(summary: RunSummary, text: string): RunSummary {
  const notices = [...summary.notices, { code: 'status-unwritable', text }]
  return { ...summary, notices, unrecorded: true }
}
