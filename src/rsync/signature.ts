/** Making signatures: rolling sums and MD4 (docs/format/librsync.md §1). */
import type { Kernels } from './kernels.ts'
import { formatSignatureHeader, HEADER_LENGTH } from './signature-header.ts'

/** Blocks are never longer, so that the work on one needs little memory. */
export const MAX_BLOCK_LENGTH = 16 * 1024 * 1024

/** MD4 works on so many blocks at once, up to the block length at which they no longer stay in the cache. */
const LANES = 4
const LANES_UP_TO = 64 * 1024
/** Bytes handed to the kernel at a time. */
const STEP = 256 * 1024

const NOTHING = Buffer.alloc(0)

/**
 * The block length that is written for a file of `fileSize` bytes: 512 below 1,024,000, then 512 more for each
 * 1,024,000 up to `maxBlockSize` (a whole number, at least 1; 2048 unless configured).
 */
export function signatureBlockLength(fileSize: number, maxBlockSize: number): number {
  if (fileSize < 1024000) return 512
  return Math.min(Math.floor(fileSize / 1024000) * 512, maxBlockSize, MAX_BLOCK_LENGTH)
}

/** The signature of content that arrives in chunks of any size. `blockLength` ≤ MAX_BLOCK_LENGTH, `strongLength` 1–16. */
export class SignatureBuilder {
  readonly #kernels: Kernels
  readonly #blockLength: number
  readonly #strongLength: number
  /** Blocks are signed in groups of that many bytes. */
  readonly #group: number
  #started = false
  #ended = false
  /** Content that is too short to be signed yet. */
  #pending = NOTHING
  #pendingLength = 0

  constructor(kernels: Kernels, blockLength: number, strongLength = 8) {
    checkLengths(blockLength, strongLength)
    this.#kernels = kernels
    this.#blockLength = blockLength
    this.#strongLength = strongLength
    this.#group = blockLength <= LANES_UP_TO ? LANES * blockLength : blockLength
  }

  /** Takes the next bytes; returns the signature bytes that they complete, the header first. */
  update(chunk: Uint8Array): Buffer {
    if (this.#ended) throw new Error('The signature has ended.')
    const total = this.#pendingLength + chunk.length
    const ready = total - (total % this.#group)
    if (ready === 0) {
      this.#keep(chunk)
      return this.#open(0)
    }
    const fromChunk = ready - this.#pendingLength
    const result = this.#sign(chunk.subarray(0, fromChunk))
    this.#keep(chunk.subarray(fromChunk))
    return result
  }

  /** The rest of the signature. */
  end(): Buffer {
    if (this.#ended) throw new Error('The signature has ended.')
    this.#ended = true
    return this.#sign(NOTHING)
  }

  #keep(rest: Uint8Array): void {
    if (rest.length === 0) return
    if (this.#pending.length === 0) this.#pending = Buffer.allocUnsafe(this.#group)
    this.#pending.set(rest, this.#pendingLength)
    this.#pendingLength += rest.length
  }

  /** Signs what is pending and `content`. */
  #sign(content: Uint8Array): Buffer {
    const head = this.#pending.subarray(0, this.#pendingLength)
    const blocks = Math.ceil((head.length + content.length) / this.#blockLength)
    const result = this.#open(blocks * (4 + this.#strongLength))
    let at = result.length - blocks * (4 + this.#strongLength)
    let from = 0
    for (let first = head; first.length > 0 || from < content.length; first = NOTHING) {
      const step = Math.max(this.#group, STEP - (STEP % this.#group)) - first.length
      const entries = this.#kernels.sign(
        first,
        content.subarray(from, from + step),
        this.#blockLength,
        this.#strongLength,
      )
      result.set(entries, at)
      at += entries.length
      from += step
    }
    this.#pendingLength = 0
    return result
  }

  /** A buffer for `length` bytes of entries, with the header in front of the first. */
  #open(length: number): Buffer {
    if (this.#started) return length === 0 ? NOTHING : Buffer.allocUnsafe(length)
    this.#started = true
    const header = formatSignatureHeader(this.#blockLength, this.#strongLength)
    return length === 0 ? header : Buffer.concat([header], HEADER_LENGTH + length)
  }
}

/** The whole signature of content in memory: the fast way for small files. Lengths as for SignatureBuilder. */
export function signatureOf(
  kernels: Kernels,
  content: Uint8Array,
  blockLength: number,
  strongLength = 8,
): Buffer {
  if (content.length > STEP) {
    const builder = new SignatureBuilder(kernels, blockLength, strongLength)
    return Buffer.concat([builder.update(content), builder.end()])
  }
  checkLengths(blockLength, strongLength)
  const entries = kernels.sign(content, NOTHING, blockLength, strongLength)
  const result = Buffer.allocUnsafe(HEADER_LENGTH + entries.length)
  result.writeUInt32BE(0x72730136, 0)
  result.writeUInt32BE(blockLength, 4)
  result.writeUInt32BE(strongLength, 8)
  result.set(entries, HEADER_LENGTH)
  return result
}

function checkLengths(blockLength: number, strongLength: number): void {
  if (!Number.isInteger(blockLength) || blockLength < 1 || blockLength > MAX_BLOCK_LENGTH) {
    throw new RangeError(`A block length is 1 to ${MAX_BLOCK_LENGTH}, not ${blockLength}.`)
  }
  if (!Number.isInteger(strongLength) || strongLength < 1 || strongLength > 16) {
    throw new RangeError(`A strong sum of MD4 has 1 to 16 bytes, not ${strongLength}.`)
  }
}
