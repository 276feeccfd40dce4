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
    if (this.#inMemory > MEMORY_LIMIT) this.#spillInside()
  }

  /** As `add`, for bytes that will change: they are copied, or written at once. Throws TEMP_SPACE. */
  addPassing(bytes: Uint8Array): void {
    if (this.#fd === undefined) {
      this.add(Buffer.from(bytes))
      return
    }
    this.#parts.push(bytes)
    this.#size += bytes.length
    this.#spillInside()
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
    return this.#fd === undefined
      ? Buffer.from(this.#inMemoryAt(offset, length))
      : this.#onDiskAt(this.#fd, offset, Buffer.allocUnsafe(length))
  }

  /** A range of bytes that are valid until the next call; `room` holds them where they have to be read, and bounds them. */
  view(offset: number, length: number, room: Buffer): Buffer {
    return this.#fd === undefined
      ? this.#inMemoryAt(offset, Math.min(length, room.length))
      : this.#onDiskAt(this.#fd, offset, room.subarray(0, length))
  }

  #inMemoryAt(offset: number, length: number): Buffer {
    if (this.#parts.length > 1) this.#parts = [Buffer.concat(this.#parts)]
    const { buffer, byteOffset, byteLength } = this.#parts[0] ?? new Uint8Array(0)
    return Buffer.from(buffer, byteOffset, byteLength).subarray(offset, offset + length)
  }

  #onDiskAt(fd: number, offset: number, room: Buffer): Buffer {
    this.#spillInside()
    for (let done = 0; done < room.length;) {
      const count = readSync(fd, room, done, room.length - done, offset + done)
      if (count === 0) return room.subarray(0, done)
      done += count
    }
    return room
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd)
    this.#fd = undefined
    this.#parts = []
  }

  #spillInside(): void {
    inDirectory('TEMP_SPACE', this.#tempDir, () => {
      this.#spill()
    })
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
