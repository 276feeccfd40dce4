/** What is said on standard error: how, for whoever listens there. */
import type { Writable } from 'node:stream'
import { type Log, type LogOptions, streamLog } from './log.ts'
import { consoleLine, journalLine, jsonLine, type LogLine } from './log-line.ts'

/** `journal`: a priority as `<N>` before each line, sd-daemon(3). */
export type ConsoleFormat = 'text' | 'journal' | 'json'

/**
 * The format of standard error. `auto`: for the journal if it is what systemd says standard error is connected to
 * (systemd.exec(5), JOURNAL_STREAM), else for people.
 */
export function consoleFormat(
  wanted: ConsoleFormat | 'auto',
  /** Device and inode of standard error with a colon between; undefined if it is not known. */
  stderrId: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): ConsoleFormat {
  if (wanted !== 'auto') return wanted
  return stderrId !== undefined && env['JOURNAL_STREAM'] === stderrId ? 'journal' : 'text'
}

/** How a format writes a line. */
export const consoleLines: Readonly<Record<ConsoleFormat, LogLine>> = {
  text: consoleLine,
  journal: journalLine,
  json: jsonLine,
}

/** The log of a run on a console. */
export function consoleLog(
  stream: Writable,
  { format, ...options }: Omit<LogOptions, 'line'> & { readonly format: ConsoleFormat },
): Log {
  return streamLog(stream, { ...options, line: consoleLines[format] })
}
