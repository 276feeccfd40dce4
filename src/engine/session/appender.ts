/** A file that only grows, written in large pieces. Synchronous: its pieces are few and go to the page cache. */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { inDirectory } from '../local-failure.ts'

const BUFFER_SIZE = 256 * 1024

export class Appender {
  readonly #fd: number
  readonly #directory: string
  readonly #buffer = Buffer.allocUnsafe(BUFFER_SIZE)
  #used = 0
  #size = 0
  #open = true

  /** Creates the file in the archive directory, 0600; it must not exist. Throws ARCHIVE_DIR, as all writing does. */
  constructor(path: string) {
    this.#directory = dirname(path)
    this.#fd = inDirectory('ARCHIVE_DIR', this.#directory, () => openSync(path, 'wx', 0o600))
  }

  /** Bytes appended so far. */
  get size(): number {
    return this.#size
  }

  append(bytes: Uint8Array): void {
    this.#size += bytes.length
    if (this.#used + bytes.length > BUFFER_SIZE) this.flush()
    if (bytes.length >= BUFFER_SIZE) {
      this.#write(bytes)
      return
    }
    this.#buffer.set(bytes, this.#used)
    this.#used += bytes.length
  }

  /** Hands everything to the system. */
  flush(): void {
    const { buffer } = this.#buffer
    this.#write(new Uint8Array(buffer, this.#buffer.byteOffset, this.#used))
    this.#used = 0
  }

  /** Makes everything durable. */
  sync(): void {
    this.flush()
    inDirectory('ARCHIVE_DIR', this.#directory, () => {
      fsyncSync(this.#fd)
    })
  }

  close(): void {
    if (!this.#open) return
    this.#open = false
    try {
      this.flush()
    } finally {
      closeSync(this.#fd)
    }
  }

  #write(bytes: Uint8Array): void {
    inDirectory('ARCHIVE_DIR', this.#directory, () => {
      for (let done = 0; done < bytes.length;) done += writeSync(this.#fd, bytes, done)
    })
  }
}
