/** Takes one stored file from one destination to another: fetched, checked, decoded, encoded anew, uploaded. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Backend } from '../../backend/backend.ts'
import { hasCode } from '../../lib/errors.ts'
import type { RepositoryFile } from '../chain/sets.ts'
import { type Fetched, fetchFile } from '../fetch.ts'
import type { EngineContext } from '../request.ts'
import { hashMismatch } from '../restore/volume-file.ts'
import { SealedFile, type SealedResult } from '../volume/sealed-file.ts'
import { uploadFile } from '../volume/upload.ts'

/** A file on its way. */
export interface Freight {
  readonly file: RepositoryFile
  /** What the manifest records of its stored bytes, lower-case hex. */
  readonly sha1?: string | undefined
  /** Its name at the destination. */
  readonly name: string
  /** It is there under this name already, left by a replication that did not end. */
  readonly present: boolean
}

/** What the destination now holds under a name. */
export interface Arrived {
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Of the stored bytes, lower-case hex. */
  readonly sha1: string
  /** Whether it had to be uploaded. */
  readonly uploaded: boolean
}

/**
 * Brings one file over, unless the destination holds the same content already, signed by whom the settings name. It must have
 * the signature that they demand. Throws HASH_MISMATCH, what opening the file throws, and what an upload throws.
 */
export async function transfer(
  source: Backend,
  context: EngineContext,
  { file, sha1, name, present }: Freight,
): Promise<Arrived> {
  const { crypt, tempDir, signal } = context
  signal.throwIfAborted()
  const fetched = await fetchFile({ backend: source, tempDir, signal }, file.name, { sha1: true })
  try {
    if (sha1 !== undefined && fetched.sha1 !== sha1)
      throw hashMismatch(file.name, fetched.sha1, sha1, DAMAGED)
    const open = (): Promise<AsyncIterable<Buffer>> =>
      crypt.open(fetched.path, file.parsed.form, { checkSigner: true })
    if (present) {
      const kept = await sameContent(context, name, await digestOf(await open()))
      if (kept !== undefined) return { name, uploaded: false, ...kept }
    }
    const sealed = await encode(context, await open())
    await uploadFile(context, name, sealed.path, sealed.size)
    return { name, size: sealed.size, sha1: sealed.sha1, uploaded: true }
  } finally {
    await fetched.release()
  }
}

let serial = 0

/** Encodes plain bytes under the present settings, into a temporary file. */
export async function encode(
  { crypt, tempDir }: EngineContext,
  plain: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<SealedResult> {
  serial += 1
  const sealed = await SealedFile.create(join(tempDir, `replica-${serial}`), (sink) => crypt.seal(sink))
  try {
    // The next chunk may come in the same buffer, and the seal still holds this one.
    for await (const chunk of plain) await sealed.seal.write(Buffer.from(chunk))
    return await sealed.finish()
  } catch (error) {
    await sealed.discard()
    throw error
  }
}

async function digestOf(plain: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of plain) hash.update(chunk)
  return hash.digest('hex')
}

/** Size and hash of what the destination has under a name, if it opens and holds these plain bytes. */
async function sameContent(
  context: EngineContext,
  name: string,
  digest: string,
): Promise<Pick<Arrived, 'size' | 'sha1'> | undefined> {
  const size = await context.backend.size(name, context.signal)
  if (size === undefined) return undefined
  let fetched: Fetched | undefined
  try {
    fetched = await fetchFile(context, name, { sha1: true })
    const plain = await context.crypt.open(fetched.path, context.crypt.form, { checkSigner: true })
    return (await digestOf(plain)) === digest ? { size, sha1: fetched.sha1 } : undefined
  } catch (error) {
    // Cut short, written to other secrets or by somebody else: it is replaced.
    if (hasCode(error, ...REPLACED)) return undefined
    throw error
  } finally {
    await fetched?.release()
  }
}

const REPLACED = [
  'INTEGRITY',
  'ARCHIVE_INVALID',
  'DECRYPT_FAILED',
  'SECRET_MISMATCH',
  'WRONG_SIGNER',
  'BACKEND_NOT_FOUND',
] as const

const DAMAGED = 'The volume was damaged or replaced at the source; sets before it have been replicated.'
