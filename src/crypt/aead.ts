/**
 * OCB encrypted data packets, which GnuPG writes since 2.3 for keys that ask for it (draft-koch-librepgp §5.16).
 */
import { createDecipheriv } from 'node:crypto'
import { cipherName, type SessionKey } from './cipher.ts'
import { Malformed } from './malformed.ts'
import { tags } from './packet.ts'

const nonceBytes = 15
const tagBytes = 16
/** Length of what comes before the first chunk. */
export const aeadHeaderBytes = 4 + nonceBytes

/** What a packet body begins with. */
export interface AeadHeader {
  readonly algorithm: number
  /** Whether it can be decrypted in this process: version 1, OCB. */
  readonly supported: boolean
  readonly chunkBytes: number
  readonly nonce: Buffer
  /** Version, algorithms and chunk size as they are authenticated. */
  readonly fields: Buffer
}

/** Reads the start of a packet body, `aeadHeaderBytes` long. */
export function readAeadHeader(bytes: Buffer): AeadHeader {
  return {
    algorithm: bytes.readUInt8(1),
    supported: bytes[0] === 1 && bytes[2] === 2 && bytes.readUInt8(3) <= 40,
    chunkBytes: 2 ** (bytes.readUInt8(3) + 6),
    nonce: bytes.subarray(4, aeadHeaderBytes),
    fields: bytes.subarray(0, 4),
  }
}

/**
 * Decrypts what follows the header and yields the message inside. Each chunk's tag is checked at its end, the total
 * length at the end of all: what was yielded must not be believed until the iteration has ended. Throws Malformed.
 */
export async function* decryptAead(
  body: AsyncIterable<Buffer>,
  session: SessionKey,
  header: AeadHeader,
): AsyncGenerator<Buffer, void, undefined> {
  const chunks = new Chunks(session, header)
  let held = Buffer.alloc(0)
  for await (const piece of body) {
    const data = Buffer.concat([held, piece])
    let from = 0
    // The last two tags are held back until it is known that they are not the end.
    const end = data.length - 2 * tagBytes
    while (from < end) {
      if (chunks.left > 0) {
        const count = Math.min(chunks.left, end - from)
        yield chunks.update(data.subarray(from, from + count))
        from += count
      } else {
        if (end - from < tagBytes) break
        yield chunks.endChunk(data.subarray(from, from + tagBytes))
        from += tagBytes
      }
    }
    held = Buffer.from(data.subarray(from))
  }
  if (held.length !== 2 * tagBytes) throw new Malformed('is cut off')
  yield chunks.endChunk(held.subarray(0, tagBytes))
  chunks.endAll(held.subarray(tagBytes))
}

class Chunks {
  readonly #session: SessionKey
  readonly #header: AeadHeader
  #index = 0n
  #total = 0n
  #decipher
  /** Bytes of the present chunk to come. */
  left: number

  constructor(session: SessionKey, header: AeadHeader) {
    this.#session = session
    this.#header = header
    this.left = header.chunkBytes
    this.#decipher = this.#begin(Buffer.alloc(0))
  }

  update(bytes: Buffer): Buffer {
    this.left -= bytes.length
    this.#total += BigInt(bytes.length)
    return this.#decipher.update(bytes)
  }

  endChunk(tag: Buffer): Buffer {
    const rest = this.#check(tag)
    this.#index++
    this.left = this.#header.chunkBytes
    this.#decipher = this.#begin(Buffer.alloc(0))
    return rest
  }

  endAll(tag: Buffer): void {
    const total = Buffer.alloc(8)
    total.writeBigUInt64BE(this.#total)
    this.#decipher = this.#begin(total)
    this.#check(tag)
  }

  #begin(total: Buffer) {
    const name = cipherName(this.#session.algorithm, 'ocb') as 'aes-256-ocb'
    const index = Buffer.alloc(8)
    index.writeBigUInt64BE(this.#index)
    const nonce = Buffer.from(this.#header.nonce)
    const low = nonceBytes - 8
    nonce.writeBigUInt64BE(nonce.readBigUInt64BE(low) ^ this.#index, low)
    const decipher = createDecipheriv(name, this.#session.key, nonce, { authTagLength: tagBytes })
    decipher.setAAD(Buffer.concat([Buffer.from([0xc0 | tags.aead]), this.#header.fields, index, total]))
    return decipher
  }

  #check(tag: Buffer): Buffer {
    this.#decipher.setAuthTag(tag)
    try {
      return this.#decipher.final()
    } catch {
      // node:crypto has one error for it: the tag does not fit.
      throw new Malformed('was altered: an authentication tag is wrong')
    }
  }
}
