/**
 * From stored bytes to plain ones, once the session key is known. Nothing here needs a key or a setting, so that it can
 * run in a thread of its own (`reading-service.ts`).
 */
import { createHash } from 'node:crypto'
import { aeadHeaderBytes, decryptAead, readAeadHeader } from './aead.ts'
import { ByteReader } from './byte-reader.ts'
import { decryptCfbMdc } from './cfb-mdc.ts'
import type { SessionKey } from './cipher.ts'
import { decodeFrom } from './access.ts'
import type { AccessPlace, StoredForm } from './crypt.ts'
import { HashMismatch } from './hash-mismatch.ts'
import { inflate } from './inflate.ts'
import { expectEnd, readMessageHeader } from './message-head.ts'
import { readMessage } from './message.ts'
import { owned, type StoredFile } from './stored-file.ts'

export type Blocks = AsyncGenerator<Buffer, void, undefined>

export interface DecodeRequest {
  readonly form: StoredForm
  /** For `gpg`. */
  readonly session: SessionKey | undefined
  /** Whether the whole file was checked already: by a hash that is believed, or by a pass over its protection. */
  readonly proven: boolean
  /** Begins there: only where `proven`. */
  readonly from?: AccessPlace | undefined
}

/** Throws HashMismatch unless the stored bytes have this SHA-1 (lower-case hex). */
export async function checkHash(file: StoredFile, sha1: string): Promise<void> {
  const hash = createHash('sha1')
  for await (const block of file.blocks()) hash.update(block)
  const actual = hash.digest('hex')
  if (actual !== sha1) throw new HashMismatch(actual)
}

/**
 * The plain bytes, in buffers that are the receiver's. Where the file is not proven, resolves only after a first pass
 * over its integrity protection; where it is, that protection is still checked when the iteration comes to the end.
 * Throws Malformed and NeedsGpg.
 */
export async function decode(
  file: StoredFile,
  { form, session, proven, from }: DecodeRequest,
): Promise<Blocks> {
  if (from && proven) return begun(decodeFrom(file, { form, session, from }))
  if (form === 'plain') return owned(file.blocks())
  if (form === 'gz') return inflate(owned(file.blocks()), 'gzip')
  if (!session) throw new TypeError('an encrypted file cannot be decoded without its session key')
  if (!proven) await drain(decrypted(file, session))
  return begun(readMessage(decrypted(file, session)))
}

/** One pass over the file: the message inside, and at the end the verdict on all of it. */
export async function* decrypted(file: StoredFile, session: SessionKey): Blocks {
  const reader = new ByteReader(file.blocks())
  const { protection, length } = await readMessageHeader(reader)
  const body = reader.body(length)
  if (protection === 'mdc') {
    const { rest } = await split(body, 1)
    yield* decryptCfbMdc(rest, session)
  } else {
    const { first, rest } = await split(body, aeadHeaderBytes)
    yield* decryptAead(rest, session, readAeadHeader(first))
  }
  await expectEnd(reader)
}

/** The first bytes of a body (fewer where it is shorter), and what follows them. */
export async function split(body: Blocks, bytes: number): Promise<{ first: Buffer; rest: Blocks }> {
  let first = Buffer.alloc(0)
  while (first.length < bytes) {
    const next = await body.next()
    if (next.done) break
    first = Buffer.concat([first, next.value])
  }
  const over = first.subarray(bytes)
  return { first: first.subarray(0, bytes), rest: continued(over, body) }
}

async function* continued(first: Buffer, rest: Blocks): Blocks {
  if (first.length > 0) yield first
  yield* rest
}

/** Reads to the end: only the verdict there is wanted. */
export async function drain(blocks: Blocks): Promise<void> {
  for (let next = await blocks.next(); !next.done; next = await blocks.next());
}

/** Reads up to the first data, so that what only gpg can read is known before anything is promised. */
async function begun(blocks: Blocks): Promise<Blocks> {
  const first = await blocks.next()
  return first.done ? blocks : resumed(first.value, blocks)
}

async function* resumed(first: Buffer, rest: Blocks): Blocks {
  try {
    yield first
    yield* rest
  } finally {
    await rest.return()
  }
}
