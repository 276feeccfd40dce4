/**
 * Pulls bytes, packets and packet bodies out of a stream of blocks.
 */
import { BodyDecoder } from './body.ts'
import { Malformed } from './malformed.ts'
import { readHeader, type BodyLength, type PacketHeader } from './packet.ts'

/** Reads forward only. The blocks belong to the reader: it moves bytes in them. */
export class ByteReader {
  readonly #blocks: AsyncIterator<Buffer>
  #block: Buffer = Buffer.alloc(0)

  constructor(blocks: AsyncIterator<Buffer>) {
    this.#blocks = blocks
  }

  /** The next byte; undefined at the end. */
  async byte(): Promise<number | undefined> {
    const block = await this.#more()
    if (!block) return undefined
    this.#block = block.subarray(1)
    return block[0]
  }

  /** The next so many bytes, copied. Throws Malformed where there are fewer. */
  async take(bytes: number): Promise<Buffer> {
    const taken = Buffer.alloc(bytes)
    let have = 0
    while (have < bytes) {
      const block = await this.#more()
      if (!block) throw new Malformed('is cut off')
      const count = block.copy(taken, have, 0, Math.min(block.length, bytes - have))
      have += count
      this.#block = block.subarray(count)
    }
    return taken
  }

  /** The header of the next packet; undefined at the end. */
  header(): Promise<PacketHeader | undefined> {
    return readHeader(this)
  }

  /** The body of a packet whose header was read, in pieces. A piece is valid until the next is asked for. */
  async *body(length: BodyLength): AsyncGenerator<Buffer, void, undefined> {
    const decoder = new BodyDecoder(length)
    while (!decoder.done) {
      const block = await this.#more()
      if (!block) {
        decoder.end()
        return
      }
      const { body, used } = decoder.decode(block)
      this.#block = block.subarray(used)
      if (body.length > 0) yield body
    }
  }

  /** A whole small body. Throws Malformed above `limit` bytes. */
  async smallBody(length: BodyLength, limit = 65536): Promise<Buffer> {
    const pieces: Buffer[] = []
    let size = 0
    for await (const piece of this.body(length)) {
      size += piece.length
      if (size > limit) throw new Malformed('has a header packet that is far too long')
      pieces.push(Buffer.from(piece))
    }
    return Buffer.concat(pieces)
  }

  async #more(): Promise<Buffer | undefined> {
    while (this.#block.length === 0) {
      const next = await this.#blocks.next()
      if (next.done) return undefined
      this.#block = next.value
    }
    return this.#block
  }
}
