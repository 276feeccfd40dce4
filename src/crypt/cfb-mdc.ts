/**
 * Symmetrically encrypted, integrity protected data, version 1 (RFC 4880 §5.13): AES-CFB over a random prefix, the
 * message and its SHA-1 (the modification detection code).
 */
import { createCipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { CfbDecipher } from './cfb-decipher.ts'
import { cipherName, type SessionKey } from './cipher.ts'
import { Malformed } from './malformed.ts'

const blockBytes = 16
const prefixBytes = blockBytes + 2
/** One block, and all of the next but its last byte. */
const mostBefore = 2 * blockBytes - 1
const mdcHeader = Buffer.from([0xd3, 0x14])
/** The modification detection code with its header. */
export const mdcBytes = mdcHeader.length + 20

/** Bytes that the protection adds to a message. */
export const cfbOverhead = 1 + prefixBytes + mdcBytes

/** Encrypts one message. */
export class CfbMdcWriter {
  readonly #cipher
  readonly #sum = createHash('sha1')
  #bytes = 0
  #last: Buffer = Buffer.alloc(0)

  constructor(session: SessionKey) {
    this.#cipher = createCipheriv(cipherName(session.algorithm, 'cfb'), session.key, Buffer.alloc(blockBytes))
  }

  /** The first bytes of the packet body. */
  begin(): Buffer {
    const random = randomBytes(blockBytes)
    const prefix = Buffer.concat([random, random.subarray(blockBytes - 2)])
    return Buffer.concat([Buffer.from([1]), this.update(prefix)])
  }

  update(plain: Uint8Array): Buffer {
    this.#sum.update(plain)
    const stored = this.#cipher.update(plain)
    this.#bytes += stored.length
    const last = stored.length < mostBefore ? Buffer.concat([this.#last, stored]) : stored
    this.#last = last.subarray(-mostBefore)
    return stored
  }

  /** What a decipher needs of the bytes so far to go on from here: the last whole block and what follows it. */
  before(): Buffer {
    return Buffer.from(this.#last.subarray(-blockBytes - (this.#bytes % blockBytes)))
  }

  /** The last bytes of the packet body. */
  end(): Buffer {
    this.#sum.update(mdcHeader)
    return this.#cipher.update(Buffer.concat([mdcHeader, this.#sum.digest()]))
  }
}

/** Whether a key fits: the last two bytes of the random prefix come twice. `start` is what follows the version. */
export function fitsCfb(session: SessionKey, start: Buffer): boolean {
  if (start.length < prefixBytes) return false
  const decipher = new CfbDecipher(session)
  const prefix = decipher.update(start.subarray(0, prefixBytes))
  return prefix.readUInt16BE(blockBytes - 2) === prefix.readUInt16BE(blockBytes)
}

/**
 * Decrypts a packet body (what follows the version octet) and yields the message inside. The modification detection
 * code is checked at the end: what was yielded before must not be believed until the iteration has ended. Throws
 * Malformed.
 */
export async function* decryptCfbMdc(
  body: AsyncIterable<Buffer>,
  session: SessionKey,
): AsyncGenerator<Buffer, void, undefined> {
  const decipher = new CfbDecipher(session)
  const sum = createHash('sha1')
  let skip = prefixBytes
  let tail = Buffer.alloc(0)
  for await (const piece of body) {
    const plain = decipher.update(piece)
    // The last bytes may be the code: they are held back until more comes.
    const all = tail.length > 0 && plain.length < mdcBytes ? Buffer.concat([tail, plain]) : plain
    if (all === plain && tail.length > 0) {
      sum.update(tail)
      if (tail.length > skip) yield tail.subarray(skip)
      skip = Math.max(0, skip - tail.length)
    }
    const keep = Math.max(0, all.length - mdcBytes)
    sum.update(all.subarray(0, keep))
    tail = Buffer.from(all.subarray(keep))
    if (keep > skip) yield all.subarray(skip, keep)
    skip = Math.max(0, skip - keep)
  }
  if (tail.length < mdcBytes || skip > 0) throw new Malformed('is cut off')
  sum.update(tail.subarray(0, mdcHeader.length))
  const same = timingSafeEqual(sum.digest(), tail.subarray(mdcHeader.length))
  if (!same || !tail.subarray(0, mdcHeader.length).equals(mdcHeader)) {
    throw new Malformed('was altered: its modification detection code is wrong')
  }
}
