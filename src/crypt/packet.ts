/**
 * OpenPGP packet headers (RFC 4880 §4.2): what they say, and how they are written.
 */
import { Malformed } from './malformed.ts'

/** Packet tags used here (RFC 4880 §4.3; `aead` is GnuPG's, draft-koch-librepgp §5.16). */
export const tags = {
  publicSession: 1,
  signature: 2,
  passwordSession: 3,
  onePass: 4,
  compressed: 8,
  unprotected: 9,
  marker: 10,
  literal: 11,
  protected: 18,
  mdc: 19,
  aead: 20,
  padding: 21,
} as const

/**
 * Length of a body, or of its first part where more parts follow; `indeterminate`: to the end of the data; `continued`: the
 * length of the next part comes first.
 */
export type BodyLength =
  | { readonly kind: 'definite'; readonly bytes: number }
  | { readonly kind: 'partial'; readonly bytes: number }
  | { readonly kind: 'indeterminate' }
  | { readonly kind: 'continued' }

export interface PacketHeader {
  readonly tag: number
  readonly length: BodyLength
}

/** Bytes of a new-format length whose first octet is given: 1, 2 or 5. */
export function lengthSize(first: number): number {
  if (first < 192 || (first >= 224 && first < 255)) return 1
  return first === 255 ? 5 : 2
}

/** Reads a new-format length of `lengthSize` bytes. */
export function readLength(bytes: Buffer): BodyLength {
  const first = bytes.readUInt8(0)
  if (first < 192) return { kind: 'definite', bytes: first }
  if (first < 224) return { kind: 'definite', bytes: ((first - 192) << 8) + bytes.readUInt8(1) + 192 }
  if (first === 255) return { kind: 'definite', bytes: bytes.readUInt32BE(1) }
  return { kind: 'partial', bytes: 2 ** (first & 31) }
}

/** The new-format header of a packet with a body of known length. */
export function packetHeader(tag: number, bytes: number): Buffer {
  return Buffer.concat([Buffer.from([0xc0 | tag]), definiteLength(bytes)])
}

/** A new-format length that ends a body (RFC 4880 §4.2.2). */
export function definiteLength(bytes: number): Buffer {
  if (bytes < 192) return Buffer.from([bytes])
  if (bytes < 8384) return Buffer.from([((bytes - 192) >> 8) + 192, (bytes - 192) & 0xff])
  const long = Buffer.alloc(5, 0xff)
  long.writeUInt32BE(bytes, 1)
  return long
}

/** A whole packet. */
export function packet(tag: number, body: Uint8Array): Buffer {
  return Buffer.concat([packetHeader(tag, body.length), body])
}

/** Reads a header from whatever gives bytes; undefined at the end of the data. Throws Malformed. */
export async function readHeader(source: {
  byte(): Promise<number | undefined>
  take(bytes: number): Promise<Buffer>
}): Promise<PacketHeader | undefined> {
  const first = await source.byte()
  if (first === undefined) return undefined
  if ((first & 0x80) === 0) throw new Malformed('is not an OpenPGP packet where one must begin')
  if (first & 0x40) {
    const lead = await source.take(1)
    const rest = await source.take(lengthSize(lead.readUInt8(0)) - 1)
    return { tag: first & 0x3f, length: readLength(Buffer.concat([lead, rest])) }
  }
  const tag = (first >> 2) & 0x0f
  const type = first & 3
  if (type === 3) return { tag, length: { kind: 'indeterminate' } }
  const size = 2 ** type
  return { tag, length: { kind: 'definite', bytes: (await source.take(size)).readUIntBE(0, size) } }
}
