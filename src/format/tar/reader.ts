/**
 * Reads a tar stream member by member (docs/format.md §5.1), in pieces of any size and with one piece in memory.
 *
 * The end is the end of the source between two members, or the first block of zeros. Nothing behind that block is
 * looked at, since junk may follow, but the source is read to its end: only then does it vouch for what it gave.
 */
import { UserError } from '../../lib/errors.ts'
import { showName } from '../show-name.ts'
import { TAR_BLOCK, type TarEntry } from './header.ts'
import { hasValidChecksum, isZeroBlock, readHeader, sizeFieldOf, typeFlagOf } from './header-read.ts'
import { isExtension, PendingOverrides } from './overrides.ts'
import type { PaxRecords } from './pax.ts'

/** Longest extended header or long name. Paths have at most 4 KiB; an attacker's header gets no more memory than this. */
const MAX_EXTENSION = 1 << 20

/**
 * What may follow the end of an archive where the caller knows no better: the zeros of the largest blocking factor.
 * Whatever is compressed to nothing could go on for ever.
 */
const MOST_BEHIND_END = 1 << 20

const EMPTY: Buffer = Buffer.alloc(0)

/** Calls must not overlap. Throws ARCHIVE_INVALID, and whatever the source throws. */
export class TarReader {
  readonly #source: AsyncIterator<Uint8Array>
  #chunk = EMPTY
  #at = 0
  /** Bytes taken from the source before `#chunk`. */
  #before = 0
  #bodyLeft = 0
  #padding = 0
  #ended = false
  readonly #global: PaxRecords = new Map()
  readonly #overrides = new PendingOverrides(this.#global)
  #current: TarEntry | undefined
  readonly #mostBehindEnd: number

  /**
   * The source's pieces are handed on by `read` as they are: those of a source that fills their memory again are valid
   * until the next call. `behindEnd`: how many bytes may follow the end.
   */
  constructor(
    source: AsyncIterable<Uint8Array>,
    { behindEnd = MOST_BEHIND_END }: { behindEnd?: number } = {},
  ) {
    this.#source = source[Symbol.asyncIterator]()
    this.#mostBehindEnd = behindEnd
  }

  /** The next member, or undefined at the end. What was not read of the present body is skipped. */
  async next(): Promise<TarEntry | undefined> {
    if (this.#ended) return undefined
    for (;;) {
      const atHand = this.nextAtHand()
      if (atHand !== undefined) return atHand
      const skip = this.#bodyLeft + this.#padding
      if (skip > 0) await this.#skip(skip)
      const block = await this.#gatherHeader()
      if (block === undefined) return undefined
      if (block[0] === 0 && isZeroBlock(block, 0)) {
        await this.#drain()
        return undefined
      }
      if (!hasValidChecksum(block, 0)) {
        throw invalid(`The tar header at byte ${this.#position - TAR_BLOCK} has a wrong checksum.`)
      }
      const flag = typeFlagOf(block, 0)
      if (!isExtension(flag)) return this.#begin(readHeader(block, 0, this.#overrides))
      await this.#takeExtension(flag, sizeFieldOf(block, 0))
    }
  }

  /**
   * The next member where no waiting is needed: its headers lie in the piece at hand, and so does what was not read of
   * the present body. Undefined tells nothing: ask `next`.
   */
  nextAtHand(): TarEntry | undefined {
    const skip = this.#bodyLeft + this.#padding
    if (this.#ended || skip > this.#chunk.length - this.#at) return undefined
    this.#passBody(skip)
    for (;;) {
      const block = this.#chunk
      const at = this.#at
      if (block.length - at < TAR_BLOCK || block[at] === 0) return undefined
      if (!hasValidChecksum(block, at)) return undefined
      const flag = typeFlagOf(block, at)
      if (!isExtension(flag)) {
        this.#at += TAR_BLOCK
        return this.#begin(readHeader(block, at, this.#overrides))
      }
      const size = sizeFieldOf(block, at)
      const body = at + TAR_BLOCK
      const end = body + size + (-size & (TAR_BLOCK - 1))
      if (!(size >= 0 && size <= MAX_EXTENSION && end <= block.length)) return undefined
      this.#at = end
      this.#overrides.take(flag, block.subarray(body, body + size))
    }
  }

  /** The next piece of the present body where no waiting is needed, else undefined. */
  readAtHand(): Buffer | undefined {
    const count = Math.min(this.#chunk.length - this.#at, this.#bodyLeft)
    if (count === 0) return undefined
    this.#at += count
    this.#bodyLeft -= count
    return this.#chunk.subarray(this.#at - count, this.#at)
  }

  /** Whether nothing of the present body is left. */
  get bodyRead(): boolean {
    return this.#bodyLeft === 0
  }

  /** The next piece of the present body, undefined at its end. */
  async read(): Promise<Buffer | undefined> {
    if (this.#bodyLeft === 0) return undefined
    if (this.#at === this.#chunk.length && !(await this.#pull())) throw this.#truncated()
    return this.readAtHand()
  }

  /** The whole present body, which must not be longer than `limit` bytes. Only where the source's pieces last. */
  async readAll(limit: number): Promise<Buffer> {
    if (this.#bodyLeft > limit) {
      const name = showName(this.#current?.name ?? '')
      throw invalid(`Archive member "${name}" has ${this.#bodyLeft} bytes; at most ${limit} can be right.`)
    }
    const pieces: Buffer[] = []
    for (let piece = await this.read(); piece !== undefined; piece = await this.read()) pieces.push(piece)
    return pieces.length === 1 ? (pieces[0] ?? EMPTY) : Buffer.concat(pieces)
  }

  /** Bytes of the archive up to the end of the present member, body and padding included, whether read or not. */
  get memberEnd(): number {
    return this.#position + this.#bodyLeft + this.#padding
  }

  /** Lets go of the source, at any place; what it still had is not looked at. */
  async close(): Promise<void> {
    const wasEnded = this.#ended
    this.#ended = true
    this.#bodyLeft = 0
    this.#chunk = EMPTY
    this.#at = 0
    if (!wasEnded) await this.#source.return?.()
  }

  #begin(entry: TarEntry): TarEntry {
    this.#overrides.clear()
    this.#current = entry
    this.#bodyLeft = entry.size
    this.#padding = -entry.size & (TAR_BLOCK - 1)
    return entry
  }

  async #takeExtension(flag: number, size: number): Promise<void> {
    if (!(size >= 0 && size <= MAX_EXTENSION)) {
      throw invalid(`The tar header at byte ${this.#position - TAR_BLOCK} announces an impossible extension.`)
    }
    this.#overrides.take(flag, await this.#readExactly(size))
    await this.#skip(-size & (TAR_BLOCK - 1))
  }

  get #position(): number {
    return this.#before + this.#at
  }

  /** A header, be it in one piece or not. Undefined at a proper end of the source. */
  async #gatherHeader(): Promise<Buffer | undefined> {
    if (this.#at === this.#chunk.length && !(await this.#pull())) {
      if (this.#overrides.pending) throw this.#truncated()
      this.#ended = true
      return undefined
    }
    return this.#readExactly(TAR_BLOCK)
  }

  async #readExactly(size: number): Promise<Buffer> {
    if (this.#chunk.length - this.#at >= size) {
      this.#at += size
      return this.#chunk.subarray(this.#at - size, this.#at)
    }
    const bytes = Buffer.allocUnsafe(size)
    for (let filled = 0; filled < size;) {
      if (this.#at === this.#chunk.length && !(await this.#pull())) throw this.#truncated()
      const copied = this.#chunk.copy(bytes, filled, this.#at, this.#at + size - filled)
      filled += copied
      this.#at += copied
    }
    return bytes
  }

  async #skip(size: number): Promise<void> {
    let left = size
    while (left > this.#chunk.length - this.#at) {
      left -= this.#chunk.length - this.#at
      if (!(await this.#pull())) throw this.#truncated()
    }
    this.#passBody(left)
  }

  #passBody(left: number): void {
    this.#at += left
    this.#bodyLeft = 0
    this.#padding = 0
  }

  /** Gets the next piece of at least one byte; the one before must be used up. False at the end of the source. */
  async #pull(): Promise<boolean> {
    for (;;) {
      this.#before += this.#chunk.length
      this.#chunk = EMPTY
      this.#at = 0
      const step: IteratorResult<Uint8Array, unknown> = await this.#source.next()
      if (step.done === true) return false
      const { value } = step
      if (value.length === 0) continue
      this.#chunk = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
      return true
    }
  }

  async #drain(): Promise<void> {
    if (this.#overrides.pending) throw this.#truncated()
    const end = this.#position
    while (await this.#pull()) {
      if (this.#before + this.#chunk.length - end <= this.#mostBehindEnd) continue
      throw invalid(
        `More than ${this.#mostBehindEnd} bytes follow behind the end of the archive at byte ${end}.`,
      )
    }
    this.#ended = true
  }

  #truncated(): UserError {
    const name =
      this.#current === undefined ? '' : ` The last member begun is "${showName(this.#current.name)}".`
    return invalid(`The archive ends after ${this.#position} bytes, in the middle of a member.${name}`)
  }
}

function invalid(message: string): UserError {
  return new UserError('ARCHIVE_INVALID', message, { hint: 'The archive is damaged or incomplete.' })
}
