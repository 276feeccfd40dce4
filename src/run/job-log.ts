/** The log file of a job. A log that fails is a warning, and never ends a backup. */
import { join } from 'node:path'
import { messageOf, UserError } from '../lib/errors.ts'
import type { Job } from '../plan/job.ts'
import { openLogFile } from '../report/log-file.ts'
import { type Log, parseLevel } from '../report/log.ts'
import type { Operation } from '../report/status-document.ts'
import type { RunContext } from './context.ts'

export interface JobLog extends Log {
  /** Undefined if the log cannot be written. */
  readonly path: string | undefined
  /** Why it cannot be written, and what to do; undefined as long as it can. */
  readonly trouble: string | undefined
}

/** Opens the log of a job in the log directory, which must exist. It follows SIGHUP until it is closed. */
export async function openJobLog(
  job: Job,
  context: RunContext,
  operation: Operation = 'backup',
): Promise<JobLog> {
  const path = join(context.places.logDir, job.logName)
  let trouble: string | undefined
  const onFailure = (text: string): void => {
    trouble = text
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
      get path() {
        return trouble === undefined ? path : undefined
      },
      get trouble() {
        return trouble
      },
      write: (level, text, more) => {
        log.write(level, text, more)
      },
      close,
    }
  } catch (error) {
    const hint = error instanceof UserError && error.dubaHint !== undefined ? ` ${error.dubaHint}` : ''
    onFailure(`${messageOf(error)}.${hint}`)
    return { path: undefined, trouble, write: () => undefined, close: () => Promise.resolve() }
  }
}
