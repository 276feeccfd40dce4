/** Log files and the console log, on winston. Every line passes `redact` before it reaches a sink. */
import type { Writable } from 'node:stream'
import { createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import winston from 'winston'
import { messageOf, UserError } from '../lib/errors.ts'
import type { Redact } from './log-redact.ts'
import { printable, timeText } from './printable.ts'

/** Levels, most important first: duplicity's words and numbers (command-line facts §5.1). */
export const logLevels = { error: 0, warning: 2, notice: 3, info: 5, debug: 9 } as const

export type LogLevel = keyof typeof logLevels

/** A place for log lines. */
export interface Log {
  write(level: LogLevel, text: string): void
  /** Resolves when everything is written. A failure of the sink was told to `onFailure`. */
  close(): Promise<void>
}

interface LogOptions {
  readonly redact: Redact
  /** Seconds since the epoch. */
  readonly now: () => number
  /** Lines less important than this are dropped. */
  readonly level: LogLevel
}

/** The level of a `loglevel` value: a word, its first letter, or a digit. */
export function parseLevel(word: string): LogLevel {
  const levels = Object.keys(logLevels) as LogLevel[]
  const found = levels.find((level) => level === word || level.startsWith(word))
  if (found !== undefined) return found
  return levels.findLast((level) => logLevels[level] <= Number(word)) ?? 'notice'
}

/**
 * Opens the log file of a job for appending, 0640. Throws STATE_UNWRITABLE. `onFailure` hears, once, when writing
 * fails later: the job goes on without its log.
 */
export async function openLogFile(
  path: string,
  options: LogOptions & { readonly onFailure: (text: string) => void },
): Promise<Log> {
  try {
    const handle = await open(path, 'a', 0o640)
    await handle.close()
  } catch (error) {
    throw new UserError('STATE_UNWRITABLE', `The log file ${path} cannot be written: ${messageOf(error)}`, {
      hint: 'Set "logdir" to a directory that this user can write.',
      cause: error,
    })
  }
  const stream = createWriteStream(path, { flags: 'a', mode: 0o640 })
  const ended = new Promise<void>((resolve) => {
    stream.once('close', () => {
      resolve()
    })
    stream.once('error', (error) => {
      options.onFailure(`The log file ${path} cannot be written any more: ${error.message}`)
      resolve()
    })
  })
  const logger = createLogger(
    stream,
    options,
    (level, text) => `${timeText(options.now())} ${level.toUpperCase().padEnd(7)} ${text}`,
  )
  return {
    write: (level, text) => {
      logger.log(level, text)
    },
    async close() {
      const drained = new Promise<void>((resolve) => logger.once('finish', resolve))
      logger.end()
      await drained
      stream.end()
      await ended
    },
  }
}

/** The log of the run on a console: the level is shown for warnings and errors only. */
export function consoleLog(stream: Writable, options: LogOptions): Log {
  const logger = createLogger(stream, options, (level, text) =>
    level === 'error' || level === 'warning' ? `duba: ${level}: ${text}` : `duba: ${text}`,
  )
  return {
    write: (level, text) => {
      logger.log(level, text)
    },
    async close() {
      const drained = new Promise<void>((resolve) => logger.once('finish', resolve))
      logger.end()
      await drained
    },
  }
}

function createLogger(
  stream: Writable,
  { redact, level }: LogOptions,
  line: (level: string, text: string) => string,
): winston.Logger {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- winston's types describe the classes of its transports as instances
  const transport: winston.transport = new winston.transports.Stream({ stream, eol: '\n' })
  return winston.createLogger({
    levels: logLevels,
    level,
    format: winston.format.printf((info) => line(info.level, printable(redact(String(info.message))))),
    transports: [transport],
  })
}
