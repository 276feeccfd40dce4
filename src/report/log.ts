/** The logs, on winston. Every text passes `redact` before it reaches a sink. */
import type { Writable } from 'node:stream'
import winston from 'winston'
import type { Redact } from './log-redact.ts'
import { type LogFields, type LogLevel, type LogLine, logLevels } from './log-line.ts'

/** A place for log lines. */
export interface Log {
  write(level: LogLevel, text: string, fields?: LogFields): void
  /** Resolves when everything is written. */
  close(): Promise<void>
}

export interface LogOptions {
  readonly redact: Redact
  /** Seconds since the epoch. */
  readonly now: () => number
  /** Lines less important than this are dropped. */
  readonly level: LogLevel
  readonly line: LogLine
  /** What every entry is about. */
  readonly fields: LogFields
}

/** The level of a `loglevel` value: a word, its first letter, or a digit. */
export function parseLevel(word: string): LogLevel {
  const levels = Object.keys(logLevels) as LogLevel[]
  const found = levels.find((level) => level === word || level.startsWith(word))
  if (found !== undefined) return found
  return levels.findLast((level) => logLevels[level] <= Number(word)) ?? 'notice'
}

/** A log that writes to a stream, which stays open when the log is closed. */
export function streamLog(stream: Writable, { redact, now, level, line, fields }: LogOptions): Log {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- winston's types describe the classes of its transports as instances
  const transport: winston.transport = new winston.transports.Stream({ stream, eol: '\n' })
  const logger = winston.createLogger({
    levels: logLevels,
    level,
    format: winston.format.printf((info) => {
      const more = info['fields'] as LogFields
      return line({
        time: now(),
        // Only the levels of `write` come here.
        level: info.level as LogLevel,
        text: redact(String(info.message)),
        fields: redacted({ ...fields, ...more }, redact),
      })
    }),
    transports: [transport],
  })
  return {
    write: (at, message, more = {}) => {
      logger.log({ level: at, message, fields: more })
    },
    async close() {
      const drained = new Promise<void>((resolve) => logger.once('finish', resolve))
      logger.end()
      await drained
    },
  }
}

function redacted(fields: LogFields, redact: Redact): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'string' ? redact(value) : value,
    ]),
  )
}
