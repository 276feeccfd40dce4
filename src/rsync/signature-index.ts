/** A signature to look blocks up in, from memory or from any place that can be read at an offset. */
import { UserError } from '../lib/errors.ts'
import { HEADER_LENGTH, parseSignatureHeader } from './signature-header.ts'
import type { SignatureHeader } from './signature-header.ts'

/** A signature that is not in memory. `read` gives exactly the bytes asked for, which lie within `size`. */
export interface SignatureSource {
  readonly size: number
  read(offset: number, length: number): Uint8Array
}

/** Blocks whose entries are in memory at a time: 80 MB with their table where a strong sum has 8 bytes. */
const WINDOW_BLOCKS = 3 * 1024 * 1024
/** Bytes of entries that a window has at most; longer strong sums make it shorter. */
const WINDOW_BYTES = 48 * 1024 * 1024
/** Blocks are numbered in 31 bits; those beyond are not looked at (a file of 1 TB in blocks of 512 bytes). */
const MOST_BLOCKS = 0x7fffffff

/** The signature of the old file (the basis). One index may serve any number of deltas. */
export class SignatureIndex {
  readonly header: SignatureHeader
  /** Number of blocks of the basis; the last may be short. */
  readonly blockCount: number
  /** Bytes of an entry: weak sum and strong sum. */
  readonly entrySize: number
  /** How many entries a delta loads at a time. */
  readonly windowBlocks: number
  readonly #source: SignatureSource

  /**
   * Reads the header; the entries are read when a delta needs them. `windowBlocks` bounds the memory of a delta.
   * Throws DELTA_INVALID where the signature is malformed or cut short.
   */
  constructor(signature: Uint8Array | SignatureSource, windowBlocks = WINDOW_BLOCKS) {
    this.#source = signature instanceof Uint8Array ? sourceOf(signature) : signature
    const { size } = this.#source
    this.header = parseSignatureHeader(this.#read(0, Math.min(HEADER_LENGTH, size)))
    this.entrySize = 4 + this.header.strongLength
    const blocks = (size - HEADER_LENGTH) / this.entrySize
    if (!Number.isInteger(blocks)) {
      throw new UserError('DELTA_INVALID', `The signature of ${size} bytes ends inside the sums of a block.`)
    }
    this.blockCount = Math.min(blocks, MOST_BLOCKS)
    const most = Math.min(windowBlocks, Math.floor(WINDOW_BYTES / this.entrySize))
    this.windowBlocks = Math.min(this.blockCount, Math.max(1, most))
  }

  /** The entries of `count` blocks from block `first` on, as they are in the signature. */
  readEntries(first: number, count: number): Uint8Array {
    return this.#read(HEADER_LENGTH + first * this.entrySize, count * this.entrySize)
  }

  #read(offset: number, length: number): Uint8Array {
    const bytes = this.#source.read(offset, length)
    if (bytes.length !== length) {
      throw new UserError(
        'DELTA_INVALID',
        `The signature ends at byte ${offset + bytes.length} of ${this.#source.size}.`,
      )
    }
    return bytes
  }
}

function sourceOf(bytes: Uint8Array): SignatureSource {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) }
}
