/** A file that only grows, written in large pieces. Synchronous: its pieces are few and go to the page cache. */
import { createHash, type Hash } from 'node:crypto'
import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { inDirectory } from '../local-failure.ts'

const BUFFER_SIZE = 256 * 1024

/** What a file held at a moment. */
export interface FileDigest {
  readonly bytes: number
  /** Lower-case hex. */
  readonly sha256: string
}

/** The beginning of a file that is there already: so many bytes, which went through `hash`. */
export interface KeptBytes {
  readonly bytes: number
  readonly hash: Hash
}

export class Appender {
  readonly #fd: number
  readonly #directory: string
  readonly #buffer = Buffer.allocUnsafe(BUFFER_SIZE)
  readonly #hash: Hash
  #used = 0
  #size = 0
  #open = true

  /**
   * Creates the file in the archive directory, 0600; it must not exist. With `kept` it must: what stands behind the
   * kept bytes is cut off. Throws ARCHIVE_DIR, as all writing does.
   */
  constructor(path: string, kept?: KeptBytes) {
    this.#directory = dirname(path)
    this.#hash = kept?.hash.copy() ?? createHash('sha256')
    this.#size = kept?.bytes ?? 0
    this.#fd = inDirectory('ARCHIVE_DIR', this.#directory, () => {
      if (kept === undefined) return openSync(path, 'wx', 0o600)
      const fd = openSync(path, 'a')
      ftruncateSync(fd, kept.bytes)
      return fd
    })
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

  /** Hands everything to the system and tells what the file holds. */
  digest(): FileDigest {
    this.flush()
    return { bytes: this.#size, sha256: this.#hash.copy().digest('hex') }
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
    this.#hash.update(bytes)
    inDirectory('ARCHIVE_DIR', this.#directory, () => {
      for (let done = 0; done < bytes.length;) done += writeSync(this.#fd, bytes, done)
    })
  }
}
