/** The log file of a job. A log that fails is told, and never ends a backup. */
import { join } from 'node:path'
import { messageOf } from '../lib/errors.ts'
import type { Job } from '../plan/job.ts'
import { openLogFile } from '../report/log-file.ts'
import { type Log, parseLevel } from '../report/log.ts'
import type { Operation } from '../report/status-document.ts'
import type { RunContext } from './context.ts'

export interface JobLog extends Log {
  /** Undefined if the log cannot be written. */
  readonly path: string | undefined
}

/** Opens the log of a job in the log directory, which must exist. It follows SIGHUP until it is closed. */
export async function openJobLog(
  job: Job,
  context: RunContext,
  operation: Operation = 'backup',
): Promise<JobLog> {
  const path = join(context.places.logDir, job.logName)
  const onFailure = (text: string): void => {
    context.log.write('warning', `${job.name}: ${text}`)
  }
  const { redact, now, runId, logFormat: format } = context
  const fields = { run_id: runId, job: job.name, operation }
  const level = parseLevel(job.loglevel)
  try {
    const log = await openLogFile(path, { redact, now, level, format, fields, onFailure })
    const forget = context.onHangup(() => {
      log.reopen()
    })
    const close = (): Promise<void> => {
      forget()
      return log.close()
    }
    return {
      path,
      write: (level, text, more) => {
        log.write(level, text, more)
      },
      close,
    }
  } catch (error) {
    onFailure(messageOf(error))
    return { path: undefined, write: () => undefined, close: () => Promise.resolve() }
  }
}
