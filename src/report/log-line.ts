/** A log entry as a line of text: for files, for people, for the journal, for machines. */
import { formatMoment } from '../format/time.ts'
import { jsonText, printable } from './printable.ts'

/** Levels, most important first: duplicity's words and numbers (command-line facts §5.1). */
export const logLevels = { error: 0, warning: 2, notice: 3, info: 5, debug: 9 } as const

export type LogLevel = keyof typeof logLevels

/** What an entry is about, for machines. In lines for people the text says it. */
export interface LogFields {
  readonly run_id?: string | undefined
  readonly job?: string | undefined
  readonly operation?: string | undefined
  /** Reason code, where the entry tells of one. */
  readonly code?: string | undefined
  /** Where the engine said it; undefined: duba says it itself. */
  readonly stream?: 'stdout' | 'stderr' | undefined
}

export interface LogEntry {
  /** Seconds since the epoch. */
  readonly time: number
  readonly level: LogLevel
  readonly text: string
  readonly fields: LogFields
}

/** An entry as one line without its end. Control characters are escaped. */
export type LogLine = (entry: LogEntry) => string

/** Severities of syslog(3), as `sd-daemon(3)` has them at the beginning of a line. */
const severities: Readonly<Record<LogLevel, number>> = { error: 3, warning: 4, notice: 5, info: 6, debug: 7 }

/** For log files: `2026-11-23 13:47:12 NOTICE  text`, local time. */
export const fileLine: LogLine = ({ time, level, text }) =>
  `${formatMoment(time)} ${level.toUpperCase().padEnd(7)} ${printable(text)}`

/** For a terminal: the level is shown for warnings and errors only. */
export const consoleLine: LogLine = ({ level, text }) =>
  level === 'error' || level === 'warning' ? `duba: ${level}: ${printable(text)}` : `duba: ${printable(text)}`

/** For the journal, which knows time and program: the severity stands in front. */
export const journalLine: LogLine = ({ level, text }) => `<${severities[level]}>${printable(text)}`

/** For machines: an object with fields of stable names; those that do not apply are missing. */
export const jsonLine: LogLine = ({ time, level, text, fields }) =>
  jsonText(
    {
      time: new Date(time * 1000).toISOString(),
      level,
      run_id: fields.run_id,
      job: fields.job,
      operation: fields.operation,
      code: fields.code,
      stream: fields.stream,
      message: text,
    },
    0,
  )
