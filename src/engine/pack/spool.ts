/**
 * Holds bytes that are produced before it is known how many there are: in memory up to a limit, then in a private
 * temporary file. Signatures of very large files go through here.
 */
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { inDirectory } from '../local-failure.ts'

const MEMORY_LIMIT = 16 << 20
/** What a part costs beside its bytes: a delta may come as millions of single bytes. */
const PART_COST = 128
const PIECE = 1 << 20
let serial = 0

export class Spool {
  readonly #tempDir: string
  #parts: Uint8Array[] = []
  #inMemory = 0
  #fd: number | undefined
  #size = 0

  constructor(tempDir: string) {
    this.#tempDir = tempDir
  }

  get size(): number {
    return this.#size
  }

  /** Adds bytes; they must not change afterwards. Throws TEMP_SPACE. */
  add(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    this.#parts.push(bytes)
    this.#inMemory += bytes.length + PART_COST
    this.#size += bytes.length
    if (this.#inMemory > MEMORY_LIMIT) {
      inDirectory('TEMP_SPACE', this.#tempDir, () => {
        this.#spill()
      })
    }
  }

  /** Everything in order, in pieces of at most 1 MiB once it is on disk. */
  *pieces(): Generator<Uint8Array> {
    if (this.#fd === undefined) {
      yield* this.#parts
      return
    }
    for (let offset = 0; offset < this.#size; offset += PIECE) {
      yield this.read(offset, Math.min(PIECE, this.#size - offset))
    }
  }

  /** A range of bytes as a fresh buffer. */
  read(offset: number, length: number): Buffer {
    if (this.#fd === undefined) {
      if (this.#parts.length > 1) this.#parts = [Buffer.concat(this.#parts)]
      const all = this.#parts[0] ?? new Uint8Array(0)
      return Buffer.from(all.subarray(offset, offset + length))
    }
    inDirectory('TEMP_SPACE', this.#tempDir, () => {
      this.#spill()
    })
    const result = Buffer.allocUnsafe(length)
    for (let done = 0; done < length;) {
      const count = readSync(this.#fd, result, done, length - done, offset + done)
      if (count === 0) return result.subarray(0, done)
      done += count
    }
    return result
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd)
    this.#fd = undefined
    this.#parts = []
  }

  #spill(): void {
    if (this.#fd === undefined) {
      serial += 1
      const path = join(this.#tempDir, `spool-${serial}`)
      this.#fd = openSync(path, 'wx+', 0o600)
      // Unlinked at once: nothing is left behind, whatever happens.
      rmSync(path)
    }
    for (const part of this.#parts)
      for (let done = 0; done < part.length;) done += writeSync(this.#fd, part, done)
    this.#parts = []
    this.#inMemory = 0
  }
}
