/** `duba restore`: engine processes that foresee a restore, and that do it. */
import type { Privilege, RestoreOutlook } from '../engine/events-restore.ts'
import type { Job } from '../plan/job.ts'
import { type RestoreArguments, restoreArgv } from '../plan/reading-argv.ts'
import { messageOf } from '../lib/errors.ts'
import type { RestoreCounts } from '../report/restore-report.ts'
import type { Reason } from '../report/verdict.ts'
import type { RunContext } from './context.ts'
import { runEngineProcess } from './engine-process.ts'
import { openJobLog } from './job-log.ts'
import { makeDirectory } from './places.ts'

export interface Foreseen {
  readonly failure: Reason | undefined
  readonly errorCode: string | undefined
  /** Undefined where it failed. */
  readonly outlook: RestoreOutlook | undefined
  /** Paths that something is in the way of, below the target; the first ones only. */
  readonly conflicts: readonly string[]
}

const NAMED = 20

/** What a restore would come to. Fetches no volume. Never throws for what the engine says. */
export async function foreseeRestore(
  job: Job,
  what: RestoreArguments,
  context: RunContext,
): Promise<Foreseen> {
  let outlook: RestoreOutlook | undefined
  const conflicts: string[] = []
  const outcome = await runEngineProcess({
    command: context.engineCommand,
    argv: restoreArgv(job, what, { plan: true }),
    env: job.env,
    signal: context.signal,
    killAfter: context.killAfter,
    onEvent: (event) => {
      if (event.type === 'restore-outlook') outlook = event.outlook
      else if (event.type === 'restore-conflict' && conflicts.length < NAMED) conflicts.push(event.path)
    },
    onLine: (line) => {
      context.log.write('debug', `${job.name}: ${line}`)
    },
  })
  return { ...outcome, outlook: outcome.failure === undefined ? outlook : undefined, conflicts }
}

/** What a restore tells while it works. Paths are relative to the target. */
export interface RestoreListeners {
  /** How many entries it will come to, for progress. */
  readonly entries: number
  readonly onTrouble: (path: string, detail: string) => void
  readonly onStripped: (path: string, what: Privilege) => void
  readonly onNote: (text: string) => void
}

/** Each object that was not restored completely was told to `onTrouble`. */
export interface RestoreResult extends RestoreCounts {
  readonly failure: Reason | undefined
  readonly errorCode: string | undefined
}

/** Restores. Never throws for what the engine says: that is the result. */
export async function runRestore(
  job: Job,
  what: RestoreArguments,
  context: RunContext,
  listeners: RestoreListeners,
): Promise<RestoreResult> {
  // A restore on another machine must not fail for want of a log.
  await makeDirectory(context.places.logDir, 'logdir').catch((error: unknown) => {
    context.log.write('warning', messageOf(error))
  })
  const log = await openJobLog(job, context, 'restore')
  log.write('notice', `restore from ${job.destination} to ${what.target}`)
  let done = { entries: 0, bytes: 0, troubleCount: 0, setTime: undefined as number | undefined }
  let placed = { kept: 0, replaced: 0, renamed: 0, stripped: 0 }
  const { progress } = context
  progress.begin(job.name, { entries: listeners.entries })
  const outcome = await runEngineProcess({
    command: context.engineCommand,
    argv: restoreArgv(job, what, { plan: false }),
    env: job.env,
    signal: context.signal,
    killAfter: context.killAfter,
    onEvent: (event) => {
      progress.take(job.name, event)
      if (event.type === 'restore-trouble') {
        done.troubleCount += 1
        listeners.onTrouble(event.path, event.detail)
      } else if (event.type === 'restore-stripped') listeners.onStripped(event.path, event.what)
      else if (event.type === 'restore-placed') {
        const { kept, replaced, renamed, stripped } = event
        placed = { kept, replaced, renamed, stripped }
      } else if (event.type === 'restore-done') {
        const { entries, bytes, setTime } = event
        done = { entries, bytes, setTime, troubleCount: Math.max(done.troubleCount, event.troubles) }
      } else if (event.type === 'note' && (event.level === 'warning' || event.level === 'notice'))
        listeners.onNote(event.text)
    },
    onLine: (line, from) => {
      if (line !== '') log.write(from === 'stderr' ? 'error' : 'notice', line, { stream: from })
    },
  })
  progress.end(job.name)
  // The engine's status then only repeats what was told for each object.
  const repeats =
    done.setTime !== undefined && done.troubleCount > 0 && outcome.failure?.code === 'engine-failed'
  const { failure, errorCode } = repeats ? { failure: undefined, errorCode: undefined } : outcome
  if (failure !== undefined) log.write('error', `restore failed: ${failure.text}`)
  await log.close()
  return { failure, errorCode, ...done, ...placed, log: log.path }
}
