/** `duba restore`: one engine process that restores from a job's destination. */
import { type RestoreArguments, restoreArgv } from '../plan/engine-argv.ts'
import type { Job } from '../plan/job.ts'
import type { Reason } from '../report/verdict.ts'
import type { RunContext } from './context.ts'
import { runEngineProcess } from './engine-process.ts'
import { openJobLog } from './job-log.ts'
import { makeDirectory } from './places.ts'
import { messageOf } from '../lib/errors.ts'

export interface RestoreResult {
  readonly failure: Reason | undefined
  readonly errorCode: string | undefined
  readonly entries: number
  readonly bytes: number
  /** Objects that were not restored completely; each was told to `onTrouble`. */
  readonly troubles: number
  /** Time of the backup that was restored, in seconds since the epoch. */
  readonly setTime: number | undefined
}

/** Restores. Never throws for what the engine says: that is the result. */
export async function runRestore(
  job: Job,
  what: RestoreArguments,
  context: RunContext,
  onTrouble: (path: string, detail: string) => void,
): Promise<RestoreResult> {
  // A restore on another machine must not fail for want of a log.
  await makeDirectory(context.places.logDir, 'logdir').catch((error: unknown) => {
    context.log.write('warning', messageOf(error))
  })
  const log = await openJobLog(job, context, 'restore')
  log.write('notice', `restore from ${job.destination} to ${what.target}`)
  const done = { entries: 0, bytes: 0, troubles: 0, setTime: undefined as number | undefined }
  const outcome = await runEngineProcess({
    command: context.engineCommand,
    argv: restoreArgv(job, what),
    env: (await context.secrets.open(job)).env,
    signal: context.signal,
    killAfter: context.killAfter,
    onEvent: (event) => {
      if (event.type === 'restore-trouble') {
        done.troubles += 1
        onTrouble(event.path, event.detail)
      } else if (event.type === 'restore-done') {
        done.entries = event.entries
        done.bytes = event.bytes
        done.troubles = Math.max(done.troubles, event.troubles)
        done.setTime = event.setTime
      }
    },
    onLine: (line, from) => {
      if (line !== '') log.write(from === 'stderr' ? 'error' : 'notice', line)
    },
  })
  // The engine's status then only repeats what was told for each object.
  if (done.setTime !== undefined && done.troubles > 0 && outcome.failure?.code === 'engine-failed') {
    await log.close()
    return { failure: undefined, errorCode: undefined, ...done }
  }
  if (outcome.failure !== undefined) log.write('error', `restore failed: ${outcome.failure.text}`)
  await log.close()
  return { ...outcome, ...done }
}
