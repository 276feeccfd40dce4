/** The first twelve bytes of a signature (docs/format/librsync.md §1). */
import { UserError } from '../lib/errors.ts'
import { strongLengths } from './kernels.ts'
import type { StrongKind, WeakKind } from './kernels.ts'

/** Bytes of the header: magic, block length and strong length, each a big-endian 32-bit number. */
export const HEADER_LENGTH = 12

/** What a signature says of itself. Lengths are bytes. */
export interface SignatureHeader {
  readonly weak: WeakKind
  readonly strong: StrongKind
  readonly blockLength: number
  readonly strongLength: number
}

const magics: ReadonlyMap<number, Pick<SignatureHeader, 'weak' | 'strong'>> = new Map([
  [0x72730136, { weak: 'rollsum', strong: 'md4' }],
  [0x72730137, { weak: 'rollsum', strong: 'blake2b' }],
  [0x72730146, { weak: 'rabinkarp', strong: 'md4' }],
  [0x72730147, { weak: 'rabinkarp', strong: 'blake2b' }],
])

/** Reads the header at the start of `bytes`. Throws DELTA_INVALID where it is short, unknown or senseless. */
export function parseSignatureHeader(bytes: Uint8Array): SignatureHeader {
  if (bytes.length < HEADER_LENGTH) {
    throw new UserError('DELTA_INVALID', `The signature ends after ${bytes.length} bytes, inside its header.`)
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_LENGTH)
  const magic = view.getUint32(0)
  const kinds = magics.get(magic)
  if (kinds === undefined) {
    throw new UserError('DELTA_INVALID', `This is not a librsync signature: it begins with ${hex(magic)}.`)
  }
  const blockLength = view.getUint32(4)
  const strongLength = view.getUint32(8)
  if (blockLength === 0 || blockLength > 0x7fffffff) {
    throw new UserError('DELTA_INVALID', `The signature has the impossible block length ${blockLength}.`)
  }
  if (strongLength === 0 || strongLength > strongLengths[kinds.strong]) {
    throw new UserError(
      'DELTA_INVALID',
      `The signature has the impossible strong sum length ${strongLength}.`,
    )
  }
  return { ...kinds, blockLength, strongLength }
}

/** The sizes that content can have whose signature has this header and this many bytes: at least, at most. */
export function contentSizes(
  { blockLength, strongLength }: SignatureHeader,
  signatureSize: number,
): { readonly least: number; readonly most: number } {
  const blocks = Math.floor((signatureSize - HEADER_LENGTH) / (4 + strongLength))
  return { least: blocks === 0 ? 0 : (blocks - 1) * blockLength + 1, most: blocks * blockLength }
}

/** The header of a signature of rolling sums and MD4, the only kind that is written. */
export function formatSignatureHeader(blockLength: number, strongLength: number): Buffer {
  const header = Buffer.allocUnsafe(HEADER_LENGTH)
  header.writeUInt32BE(0x72730136, 0)
  header.writeUInt32BE(blockLength, 4)
  header.writeUInt32BE(strongLength, 8)
  return header
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`
}
