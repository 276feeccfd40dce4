/**
 * Decodes a stored file from a place in the middle (docs/decisions/0010). The protection of the whole is not looked at:
 * only for files that are proven by a hash.
 */
import { ByteReader } from './byte-reader.ts'
import { mdcBytes } from './cfb-mdc.ts'
import { CfbDecipher } from './cfb-decipher.ts'
import type { SessionKey } from './cipher.ts'
import type { AccessPlace, StoredForm } from './crypt.ts'
import { inflate } from './inflate.ts'
import { Malformed } from './malformed.ts'
import { owned, type StoredFile } from './stored-file.ts'

const gzipTrailerBytes = 8
const blockBytes = 16

/** The plain bytes from the place on. Throws Malformed. */
export function decodeFrom(
  file: StoredFile,
  { form, session, from }: { form: StoredForm; session: SessionKey | undefined; from: AccessPlace },
): AsyncGenerator<Buffer, void, undefined> {
  const stored = file.blocks(from.offset)
  if (form === 'plain') return owned(stored)
  if (form === 'gz') return inflate(allButLast(stored, gzipTrailerBytes), 'deflate')
  if (!session) throw new TypeError('an encrypted file cannot be decoded without its session key')
  return literalFrom(stored, session, Buffer.from(from.before, 'base64url'))
}

/** At a place there is a border between two parts of the protected packet, and one between two of the literal. */
async function* literalFrom(
  stored: AsyncGenerator<Buffer, void, undefined>,
  session: SessionKey,
  before: Buffer,
): AsyncGenerator<Buffer, void, undefined> {
  if (before.length < blockBytes || before.length >= 2 * blockBytes)
    throw new Malformed('cannot be entered there: what the cipher needs is missing')
  const decipher = new CfbDecipher(session, before)
  const body = allButLast(new ByteReader(stored).body({ kind: 'continued' }), mdcBytes)
  const compressed = deciphered(body, decipher)
  const plain = inflate(compressed, 'deflate')
  try {
    yield* new ByteReader(plain).body({ kind: 'continued' })
  } finally {
    await plain.return()
  }
}

async function* deciphered(
  blocks: AsyncIterable<Buffer>,
  decipher: CfbDecipher,
): AsyncGenerator<Buffer, void, undefined> {
  for await (const block of blocks) yield decipher.update(block)
}

/** Everything but the end, in buffers that are the receiver's. Throws Malformed where there is less than that. */
async function* allButLast(
  blocks: AsyncIterable<Buffer>,
  bytes: number,
): AsyncGenerator<Buffer, void, undefined> {
  let held: Buffer = Buffer.alloc(0)
  for await (const block of blocks) {
    const all = Buffer.concat([held, block])
    const keep = Math.max(0, all.length - bytes)
    held = all.subarray(keep)
    if (keep > 0) yield all.subarray(0, keep)
  }
  if (held.length < bytes) throw new Malformed('is cut off')
}
