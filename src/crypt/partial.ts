/**
 * Writes the body of one packet whose length is not known beforehand: partial lengths (RFC 4880 §4.2.2.4).
 */
import { definiteLength } from './packet.ts'

/** Bytes before the body in a frame: the tag (first frame only) and one length octet. */
const headroom = 2

/** The first part of a body must have at least so many bytes. */
const firstMinimum = 512

/** Gathers a body into parts of `size` bytes. Frames given back are new buffers, never touched again. */
export class PartialWriter {
  readonly #tag: number
  readonly #size: number
  #frame: Buffer
  #held = 0
  #begun = false

  /** `size` is a power of two, at least 512. */
  constructor(tag: number, size: number) {
    this.#tag = tag
    this.#size = size
    this.#frame = Buffer.allocUnsafe(headroom + 1024)
  }

  /** Body bytes taken and not yet given back. */
  get held(): number {
    return this.#held
  }

  /** Takes body bytes; gives back the frames that became full. */
  push(bytes: Uint8Array): Buffer[] {
    const frames: Buffer[] = []
    let from = 0
    while (from < bytes.length) {
      const count = Math.min(bytes.length - from, this.#size - this.#held)
      this.#reserve(this.#held + count)
      this.#frame.set(bytes.subarray(from, from + count), headroom + this.#held)
      this.#held += count
      from += count
      if (this.#held === this.#size) frames.push(this.#full())
    }
    return frames
  }

  /** Gives back what is held, cut into powers of two; fewer than 512 bytes at the very beginning stay. */
  flush(): Buffer[] {
    if (this.#held === 0 || (!this.#begun && this.#held < firstMinimum)) return []
    const frames: Buffer[] = []
    let from = headroom
    const end = headroom + this.#held
    while (from < end) {
      const power = 31 - Math.clz32(end - from)
      frames.push(...this.#tagOnce(), Buffer.from([0xe0 | power]))
      frames.push(this.#frame.subarray(from, from + 2 ** power))
      from += 2 ** power
    }
    this.#renew()
    return frames
  }

  /** Ends the body. */
  end(): Buffer[] {
    const last = this.#frame.subarray(headroom, headroom + this.#held)
    const frames = [...this.#tagOnce(), definiteLength(last.length), last]
    this.#renew()
    return frames
  }

  #full(): Buffer {
    const frame = this.#frame
    frame[1] = 0xe0 | (31 - Math.clz32(this.#size))
    const [tag] = this.#tagOnce()
    if (tag) frame.set(tag, 0)
    this.#renew()
    return frame.subarray(tag ? 0 : 1, headroom + this.#size)
  }

  #tagOnce(): Buffer[] {
    if (this.#begun) return []
    this.#begun = true
    return [Buffer.from([0xc0 | this.#tag])]
  }

  /** Small files must not cost a large buffer: it grows to its full size at once when the small one is full. */
  #reserve(bytes: number): void {
    if (headroom + bytes <= this.#frame.length) return
    const larger = Buffer.allocUnsafeSlow(headroom + this.#size)
    larger.set(this.#frame.subarray(0, headroom + this.#held))
    this.#frame = larger
  }

  #renew(): void {
    this.#frame = Buffer.allocUnsafe(headroom + 1024)
    this.#held = 0
  }
}
