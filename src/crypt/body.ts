/**
 * Reads the body of one packet out of blocks of data: removes the partial lengths in place.
 */
import { Malformed } from './malformed.ts'
import { lengthSize, readLength, type BodyLength } from './packet.ts'

/** Feed it block after block until `done`. */
export class BodyDecoder {
  /** Body bytes to come before the next length; Infinity for an indeterminate body. */
  #remaining: number
  #more: boolean
  #length = Buffer.alloc(0)

  constructor(length: BodyLength) {
    this.#remaining = 'bytes' in length ? length.bytes : length.kind === 'indeterminate' ? Infinity : 0
    this.#more = length.kind === 'partial' || length.kind === 'continued'
    if (length.kind === 'partial' && length.bytes < 512)
      throw new Malformed('has a first part that is too short')
  }

  /** Whether the whole body was given. */
  get done(): boolean {
    return this.#remaining === 0 && !this.#more
  }

  /** Takes a block (and moves its bytes): the body bytes in it, and how many bytes of it belonged to the packet. */
  decode(block: Buffer): { body: Buffer; used: number } {
    let from = 0
    let to = 0
    while (from < block.length && !this.done) {
      if (this.#remaining === 0) {
        from += this.#readLength(block.subarray(from))
        continue
      }
      const count = Math.min(this.#remaining, block.length - from)
      if (from !== to) block.copyWithin(to, from, from + count)
      from += count
      to += count
      this.#remaining -= count
    }
    return { body: block.subarray(0, to), used: from }
  }

  /** The data ended. Throws Malformed where the body did not. */
  end(): void {
    if (this.#remaining === Infinity) this.#remaining = 0
    if (!this.done) throw new Malformed('is cut off')
  }

  #readLength(block: Buffer): number {
    const lead = this.#length[0] ?? block.readUInt8(0)
    const used = Math.min(lengthSize(lead) - this.#length.length, block.length)
    this.#length = Buffer.concat([this.#length, block.subarray(0, used)])
    if (this.#length.length < lengthSize(lead)) return used
    const length = readLength(this.#length)
    this.#length = Buffer.alloc(0)
    if ('bytes' in length) this.#remaining = length.bytes
    this.#more = length.kind === 'partial'
    return used
  }
}
