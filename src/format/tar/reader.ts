/**
 * Reads a tar stream member by member (docs/format.md §5.1), in pieces of any size and with one piece in memory.
 *
 * The end is the end of the source between two members, or the first block of zeros. Nothing behind that block is
 * looked at, since junk may follow, but the source is read to its end: only then does it vouch for what it gave.
 */
import type { ByteString } from '../../lib/bytestring.ts'
import { UserError } from '../../lib/errors.ts'
import { showName } from '../show-name.ts'
import { TAR_BLOCK, type TarEntry } from './header.ts'
import {
  hasValidChecksum,
  isZeroBlock,
  type Overrides,
  readHeader,
  sizeFieldOf,
  typeFlagOf,
} from './header-read.ts'
import { parsePaxRecords, type PaxRecords } from './pax.ts'

/** Types of headers that describe the next one. */
const PAX = 0x78 // x
const PAX_GLOBAL = 0x67 // g
const GNU_NAME = 0x4c // L
const GNU_LINK = 0x4b // K

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
    const skip = this.#bodyLeft + this.#padding
    if (skip > 0) await this.#skip(skip)
    for (;;) {
      let block = this.#chunk
      let at = this.#at
      if (block.length - at >= TAR_BLOCK) this.#at += TAR_BLOCK
      else {
        const gathered = await this.#gatherHeader()
        if (gathered === undefined) return undefined
        block = gathered
        at = 0
      }
      if (block[at] === 0 && isZeroBlock(block, at)) {
        await this.#drain()
        return undefined
      }
      if (!hasValidChecksum(block, at)) {
        throw invalid(`The tar header at byte ${this.#position - TAR_BLOCK} has a wrong checksum.`)
      }
      const flag = typeFlagOf(block, at)
      if (flag === PAX || flag === PAX_GLOBAL || flag === GNU_NAME || flag === GNU_LINK) {
        await this.#takeExtension(flag, sizeFieldOf(block, at))
      } else {
        return this.#begin(readHeader(block, at, this.#overrides))
      }
    }
  }

  /** The next piece of the present body, undefined at its end. */
  async read(): Promise<Buffer | undefined> {
    if (this.#bodyLeft === 0) return undefined
    if (this.#at === this.#chunk.length && !(await this.#pull())) throw this.#truncated()
    const end = Math.min(this.#chunk.length, this.#at + this.#bodyLeft)
    const piece = this.#chunk.subarray(this.#at, end)
    this.#bodyLeft -= piece.length
    this.#at = end
    return piece
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

  /** A header that does not lie in one piece. Undefined at a proper end of the source. */
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

/** What extension headers said since the last member. */
class PendingOverrides implements Overrides {
  readonly #global: PaxRecords
  pax: PaxRecords
  longName: ByteString | undefined
  longLink: ByteString | undefined
  extra: PaxRecords | undefined
  pending = false

  constructor(global: PaxRecords) {
    this.#global = global
    this.pax = global
  }

  take(flag: number, body: Buffer): void {
    if (flag === PAX_GLOBAL) {
      // What describes one member is not taken for all.
      parsePaxRecords(body, this.#global)
      return
    }
    this.pending = true
    if (flag === PAX) {
      if (this.pax === this.#global) this.pax = new Map(this.#global)
      this.extra = parsePaxRecords(body, this.pax) ?? this.extra
      return
    }
    const nul = body.indexOf(0)
    const name = body.toString('latin1', 0, nul === -1 ? body.length : nul)
    if (flag === GNU_NAME) this.longName = name
    else this.longLink = name
  }

  clear(): void {
    if (!this.pending) return
    this.pax = this.#global
    this.longName = undefined
    this.longLink = undefined
    this.extra = undefined
    this.pending = false
  }
}

function invalid(message: string): UserError {
  return new UserError('ARCHIVE_INVALID', message, { hint: 'The archive is damaged or incomplete.' })
}
