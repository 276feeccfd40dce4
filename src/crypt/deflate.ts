/**
 * Raw deflate (RFC 1951) on several cores: chunks are deflated apart in the thread pool, each primed with the 32 KiB
 * before it and ended at a byte border, so that their concatenation is one stream. Hopeless chunks are stored.
 */
import { promisify } from 'node:util'
import { constants, deflateRaw } from 'node:zlib'
import { isIncompressible } from './entropy.ts'
import { OrderedJobs } from './ordered-jobs.ts'

const deflateChunk = promisify<Uint8Array, Parameters<typeof deflateRaw>[1], Buffer>(deflateRaw)

/** Plain bytes of a chunk; a longer buffer that arrives at a chunk border is taken as it is. */
export const chunkBytes = 1 << 18
const window = 1 << 15
/** zlib's most: larger tables, hence fewer of them; a tenth faster for 0.4 % more bytes. */
const memLevel = 9
const maxStored = 0xffff
/** An empty last block. */
const emptyEnd = Buffer.from([0x03, 0x00])

/**
 * Chunks under way for each thread. Reading alternates between many small files, where the reader is slow, and large
 * ones, where deflating is: what is ahead keeps both busy.
 */
const chunksAhead = 8

/** How well to compress where nobody chose: measured in docs/format/crypt.md. */
export const defaultLevel = 4

export class Deflater {
  readonly #level: number
  readonly #jobs: OrderedJobs<Buffer>
  #gathered: Buffer[] = []
  #held = 0
  #before: Buffer | undefined

  /** `deliver` gets the compressed bytes in order, one call at a time. */
  constructor(level: number, threads: number, deliver: (bytes: Buffer) => Promise<void> | void) {
    this.#level = level
    this.#jobs = new OrderedJobs(threads * chunksAhead, deliver)
  }

  /** Upper bound of the compressed bytes of what was taken and not delivered. */
  get pending(): number {
    const plain = this.#jobs.pending + this.#held
    return plain === 0 ? 0 : plain + (plain >> 8) + 64 * (this.#jobs.waiting + 1)
  }

  /** Takes plain bytes, which must not change afterwards. Waits where enough is under way. */
  write(plain: Buffer): Promise<void> | undefined {
    this.#jobs.check()
    let from = 0
    if (this.#held > 0) {
      from = Math.min(plain.length, chunkBytes - this.#held)
      this.#gather(plain.subarray(0, from))
    }
    while (plain.length - from >= chunkBytes) {
      const whole = plain.length - from < 2 * chunkBytes ? plain.length : from + chunkBytes
      this.#begin(plain.subarray(from, whole), constants.Z_SYNC_FLUSH)
      from = whole
    }
    if (from < plain.length) this.#gather(plain.subarray(from))
    return this.#jobs.room()
  }

  /**
   * Makes what comes next independent of what was taken so far, and calls back when all of that was delivered and nothing
   * more: the stream can be inflated from there.
   */
  restart(reached: () => Promise<void> | void): void {
    if (this.#held > 0) this.#begin(this.#take(), constants.Z_SYNC_FLUSH)
    this.#before = undefined
    this.#jobs.between(reached)
  }

  /** Waits until everything taken so far was delivered. */
  async settle(): Promise<void> {
    if (this.#held > 0) this.#begin(this.#take(), constants.Z_SYNC_FLUSH)
    await this.#jobs.drain()
  }

  /** Ends the stream; everything was delivered when it resolves. */
  async end(): Promise<void> {
    if (this.#held > 0) this.#begin(this.#take(), constants.Z_FINISH)
    else this.#jobs.add(Promise.resolve(emptyEnd), 0)
    await this.#jobs.drain()
  }

  /** Nothing is delivered any more. */
  abort(): void {
    this.#jobs.abort()
    this.#gathered = []
    this.#held = 0
  }

  #gather(plain: Buffer): void {
    if (plain.length === 0) return
    this.#gathered.push(plain)
    this.#held += plain.length
    if (this.#held === chunkBytes) this.#begin(this.#take(), constants.Z_SYNC_FLUSH)
  }

  #take(): Buffer {
    const [only] = this.#gathered
    const chunk = this.#gathered.length === 1 && only ? only : Buffer.concat(this.#gathered, this.#held)
    this.#gathered = []
    this.#held = 0
    return chunk
  }

  #begin(chunk: Buffer, finishFlush: number): void {
    const dictionary = this.#before
    const last = finishFlush === constants.Z_FINISH
    this.#before = last ? undefined : primer(dictionary, chunk)
    if (isIncompressible(chunk)) {
      this.#jobs.add(Promise.resolve(stored(chunk, last)), chunk.length)
      return
    }
    const chunkSize = Math.max(1024, chunk.length >> 1)
    const options = {
      level: this.#level,
      memLevel,
      finishFlush,
      chunkSize,
      ...(dictionary && { dictionary }),
    }
    this.#jobs.add(deflateChunk(chunk, options), chunk.length)
  }
}

/** The up to 32 KiB before the next chunk. */
function primer(before: Buffer | undefined, chunk: Buffer): Buffer {
  if (chunk.length >= window || !before) return chunk.subarray(-window)
  return Buffer.concat([before, chunk]).subarray(-window)
}

/** A chunk in stored blocks (RFC 1951 §3.2.4), beginning and ending at a byte border. */
function stored(chunk: Buffer, last: boolean): Buffer {
  const parts: Buffer[] = []
  for (let from = 0; from < chunk.length; from += maxStored) {
    const data = chunk.subarray(from, from + maxStored)
    const header = Buffer.alloc(5)
    header.writeUInt16LE(data.length, 1)
    header.writeUInt16LE(~data.length & 0xffff, 3)
    parts.push(header, data)
  }
  if (last) parts.push(emptyEnd)
  return Buffer.concat(parts)
}
