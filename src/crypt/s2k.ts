/**
 * From passphrase to key: string-to-key specifiers (RFC 4880 §3.7).
 */
import { createHash, randomBytes } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { Malformed } from './malformed.ts'

/** Names in node:crypto of OpenPGP hash algorithms (RFC 4880 §9.4). */
export const hashNames: Readonly<Record<number, string>> = {
  1: 'md5',
  2: 'sha1',
  3: 'ripemd160',
  8: 'sha256',
  9: 'sha384',
  10: 'sha512',
  11: 'sha224',
}

export interface S2k {
  readonly hash: number
  readonly salt: Buffer
  /** Bytes to hash at least once over; 0 = salt and passphrase once. */
  readonly count: number
}

/** What gpg uses at its slowest: 65,011,712 bytes. */
const countOctet = 0xff
const stride = 1 << 20

/** A fresh iterated and salted SHA-256 specifier. */
export function newS2k(): S2k {
  return { hash: 8, salt: randomBytes(8), count: countOf(countOctet) }
}

/** The specifier as written into a packet; only for what `newS2k` made. */
export function writeS2k(s2k: S2k): Buffer {
  return Buffer.concat([Buffer.from([3, s2k.hash]), s2k.salt, Buffer.from([countOctet])])
}

/** Reads a specifier; `size` is its length. Undefined for a kind that is not known here. Throws Malformed. */
export function readS2k(bytes: Buffer): { s2k: S2k; size: number } | undefined {
  const type = bytes[0]
  const hash = bytes[1]
  const size = type === 0 ? 2 : type === 1 ? 10 : 11
  if (type !== 0 && type !== 1 && type !== 3) return undefined
  if (hash === undefined || bytes.length < size)
    throw new Malformed('has a passphrase packet that is cut off')
  const salt = Buffer.from(bytes.subarray(2, type === 0 ? 2 : 10))
  return { s2k: { hash, salt, count: type === 3 ? countOf(bytes.readUInt8(10)) : 0 }, size }
}

/** The key of so many bytes; undefined where the hash is not known here. Lets other work run in between. */
export async function deriveKey(s2k: S2k, passphrase: string, bytes: number): Promise<Buffer | undefined> {
  const name = hashNames[s2k.hash]
  if (name === undefined) return undefined
  const unit = Buffer.concat([s2k.salt, Buffer.from(passphrase, 'utf8')])
  const total = Math.max(s2k.count, unit.length)
  // A repeated run of whole units: to hash it again and again is to hash the endless repetition.
  const run = Buffer.concat(
    Array<Buffer>(
      Math.max(
        1,
        Math.min(Math.ceil(stride / Math.max(unit.length, 1)), Math.ceil(total / Math.max(unit.length, 1))),
      ),
    ).fill(unit),
  )
  const parts: Buffer[] = []
  for (let have = 0, zeros = 0; have < bytes; zeros++) {
    const hash = createHash(name).update(Buffer.alloc(zeros))
    for (let left = total; left > 0; left -= run.length) {
      hash.update(left < run.length ? run.subarray(0, left) : run)
      if (left > run.length) await setImmediate()
    }
    const digest = hash.digest()
    parts.push(digest)
    have += digest.length
  }
  return Buffer.concat(parts).subarray(0, bytes)
}

function countOf(octet: number): number {
  return (16 + (octet & 15)) << ((octet >> 4) + 6)
}
