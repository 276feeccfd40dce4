/** What people see while a command works: the log of the run, and how far it has come. */
import { LiveArea } from '../report/live-area.ts'
import { consoleLog, type ConsoleFormat } from '../report/console.ts'
import type { Log } from '../report/log.ts'
import type { LogLevel } from '../report/log-line.ts'
import { noProgress, type ProgressView, showProgress } from '../run/progress.ts'
import type { Shell } from './io.ts'

export interface ConsoleOptions {
  readonly format: ConsoleFormat
  readonly level: LogLevel
  readonly runId: string
  /** Whether it is shown how far jobs have come; undefined: on a terminal. */
  readonly progress: boolean | undefined
}

/** Opens the console; its format holds for errors of the command too. Secrets are masked as they are at this moment. */
export function openConsole(
  { format, level, runId, progress }: ConsoleOptions,
  shell: Shell,
): { readonly log: Log; readonly progress: ProgressView } {
  shell.console.format = format
  const { redact } = shell.masking
  const { now, terminalWidth } = shell
  const live = format === 'text' && terminalWidth !== undefined && progress !== false
  const area = live ? new LiveArea(shell.stderr) : undefined
  const stream = area?.above ?? shell.stderr
  const log = consoleLog(stream, { format, redact, now, level, fields: { run_id: runId } })
  const none = area === undefined && progress !== true
  const width = terminalWidth ?? (() => 80)
  return { log, progress: none ? noProgress : showProgress({ now, area, width, log }) }
}
