/** The log file of a job. A log that fails is told, and never ends a backup. */
import { join } from 'node:path'
import { messageOf } from '../lib/errors.ts'
import type { Job } from '../plan/job.ts'
import { type Log, openLogFile, parseLevel } from '../report/log.ts'
import type { RunContext } from './context.ts'

export interface JobLog extends Log {
  /** Undefined if the log cannot be written. */
  readonly path: string | undefined
}

/** Opens the log of a job in the log directory, which must exist. */
export async function openJobLog(job: Job, context: RunContext): Promise<JobLog> {
  const path = join(context.places.logDir, job.logName)
  const onFailure = (text: string): void => {
    context.log.write('warning', `${job.name}: ${text}`)
  }
  const { redact, now } = context
  try {
    const log = await openLogFile(path, { redact, now, level: parseLevel(job.loglevel), onFailure })
    return { ...log, path }
  } catch (error) {
    onFailure(messageOf(error))
    return { path: undefined, write: () => undefined, close: () => Promise.resolve() }
  }
}
