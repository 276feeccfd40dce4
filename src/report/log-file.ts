/** Log files, which may be renamed under our hands: they are opened again when asked. */
import { constants, createWriteStream, openSync, type WriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Writable } from 'node:stream'
import { isErrno, messageOf, UserError } from '../lib/errors.ts'
import { type Log, type LogOptions, streamLog } from './log.ts'
import { fileLine, jsonLine } from './log-line.ts'

export interface LogFile extends Log {
  /** Goes on in a new file of the same name, as after a rename by logrotate(8). */
  reopen(): void
}

export interface LogFileOptions extends Omit<LogOptions, 'line'> {
  readonly format: 'text' | 'json'
  /** Hears, once, when writing fails later: who logs goes on without. */
  readonly onFailure: (text: string) => void
}

const elsewhere = 'Make room there, or set "logdir" to a directory that this user can write.'

/** Appends, and makes the file where there is none; what lies behind a link is not touched (open(2): ELOOP). */
const appending = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW

/** Opens a log file for appending, 0640. Throws STATE_UNWRITABLE, also where the name is a link. */
export async function openLogFile(path: string, options: LogFileOptions): Promise<LogFile> {
  try {
    const handle = await open(path, appending, 0o640)
    await handle.close()
  } catch (error) {
    throw new UserError('STATE_UNWRITABLE', `The log file ${path} cannot be written: ${messageOf(error)}`, {
      hint: elsewhere,
      cause: error,
    })
  }
  const file = new ReopenedFile(path, (error) => {
    options.onFailure(`The log file ${path} cannot be written any more: ${error.message}. ${elsewhere}`)
  })
  const log = streamLog(file, { ...options, line: options.format === 'json' ? jsonLine : fileLine })
  return {
    write: (level, text, fields) => {
      log.write(level, text, fields)
    },
    reopen: () => {
      file.reopen()
    },
    async close() {
      await log.close()
      await file.finish()
    },
  }
}

/** Passes everything on to the file that has the name now. Never fails itself: after a failure it takes and drops. */
class ReopenedFile extends Writable {
  readonly #path: string
  readonly #onFailure: (error: Error) => void
  #file: WriteStream | undefined
  #failed = false
  readonly #closing: Promise<void>[] = []

  constructor(path: string, onFailure: (error: Error) => void) {
    super()
    this.#path = path
    this.#onFailure = onFailure
    this.#open()
  }

  reopen(): void {
    if (this.#failed) return
    this.#file?.end()
    this.#open()
  }

  /** Resolves when everything is in the file and it is closed. */
  async finish(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.end(() => {
        resolve()
      })
    })
    this.#file?.end()
    await Promise.all(this.#closing)
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (this.#failed || this.#file === undefined) done()
    // An error is told by the stream itself.
    else if (this.#file.write(chunk)) done()
    else {
      const file = this.#file
      const go = (): void => {
        file.off('drain', go).off('close', go)
        done()
      }
      file.on('drain', go).on('close', go)
    }
  }

  #open(): void {
    this.#file = undefined
    let fd: number
    try {
      fd = openSync(this.#path, appending, 0o640)
    } catch (error) {
      if (!isErrno(error)) throw error
      this.#fail(error)
      return
    }
    const file = createWriteStream(this.#path, { fd })
    this.#file = file
    this.#closing.push(
      new Promise((resolve) => {
        file.once('close', resolve)
        file.once('error', (error) => {
          this.#fail(error)
          resolve()
        })
      }),
    )
  }

  #fail(error: Error): void {
    if (!this.#failed) this.#onFailure(error)
    this.#failed = true
  }
}
