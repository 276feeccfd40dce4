/**
 * Where messages go: the terminal (errors to stderr, all else to stdout) and any number of machine logs, each
 * filtered by the verbosity. Command line facts §1.4, §5.1, §5.4.
 */
import { type ByteString, toBytes } from '../../lib/bytestring.ts'
import { formatRecord } from './machine-log.ts'
import { type Level, levelName, levels, type Message } from './message.ts'

/** Takes bytes for a stream or a file. Must not throw because nobody reads any more. */
export type Sink = (bytes: Uint8Array) => void

export interface ReportOptions {
  readonly stdout: Sink
  readonly stderr: Sink
  /** Seconds since the epoch, for `--log-timestamp`. */
  readonly now: () => number
}

/** Bytes of many small messages that are written together. */
const BULK = 32 * 1024

export class Report {
  /** Messages up to this level are told. */
  verbosity: Level = levels.notice
  /** `--log-timestamp`: time and level in front of each message on the terminal. */
  timestamps = false
  readonly #options: ReportOptions
  readonly #logs: Sink[] = []
  #waiting: ByteString = ''

  constructor(options: ReportOptions) {
    this.#options = options
  }

  /** Adds a machine log. */
  addLog(log: Sink): void {
    this.#logs.push(log)
  }

  /** Tells a message, if the verbosity or the message itself says so. */
  say(message: Message): void {
    if (message.level > this.verbosity && message.forced !== true) return
    this.#print(message)
    if (this.#logs.length === 0) return
    const record = toBytes(formatRecord(message))
    for (const log of this.#logs) log(record)
  }

  /** Writes text to the terminal as it is: help, and errors that have no place in logs. */
  print(text: ByteString, stream: 'stdout' | 'stderr'): void {
    this.flush()
    this.#options[stream](toBytes(text))
  }

  /** Writes what waits. Must be called at the end. */
  flush(): void {
    if (this.#waiting === '') return
    const bytes = toBytes(this.#waiting)
    this.#waiting = ''
    this.#options.stdout(bytes)
  }

  #print(message: Message): void {
    if (message.text === '') return
    const line = `${this.timestamps ? this.#prefix(message.level) : ''}${message.text}\n`
    if (message.level <= 1) {
      this.print(line, 'stderr')
      return
    }
    this.#waiting += line
    if (message.bulk !== true || this.#waiting.length >= BULK) this.flush()
  }

  /** `2026-11-23 14:03:11,992 NOTICE `, local time. */
  #prefix(level: Level): string {
    const milliseconds = Math.floor(this.#options.now() * 1000)
    const date = new Date(milliseconds)
    const two = (value: number): string => String(value).padStart(2, '0')
    const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
    const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
    return `${day} ${time},${String(milliseconds % 1000).padStart(3, '0')} ${levelName(level)} `
  }
}
