/**
 * Opens OpenPGP messages in this process: once over the whole file to check its integrity protection (and its
 * signature), and only then again for the data.
 */
import { aeadHeaderBytes, decryptAead, readAeadHeader } from './aead.ts'
import { ByteReader } from './byte-reader.ts'
import { decryptCfbMdc, fitsCfb } from './cfb-mdc.ts'
import { checkSigner } from './check-signer.ts'
import { keySize, type SessionKey } from './cipher.ts'
import { Malformed } from './malformed.ts'
import { expectEnd, readMessageHeader, type MessageHeader } from './message-head.ts'
import { NeedsGpg, readMessage, type SignatureTrace } from './message.ts'
import { findInKeyFiles, findSessionKey, type SecretSources } from './session-key.ts'
import type { StoredFile } from './stored-file.ts'
import type { Key } from 'openpgp'

type Blocks = AsyncGenerator<Buffer, void, undefined>

const startBytes = 1024

/** Why gpg has to do it, with the session key where it is known. */
export interface ForGpg {
  readonly session: SessionKey | undefined
}

/**
 * The literal data of the message, after the checks; or word that gpg must do it. Throws Malformed and the errors of
 * `findSessionKey` and `checkSigner`.
 */
export async function openNative(
  file: StoredFile,
  sources: SecretSources,
  signer: Key | undefined,
): Promise<Blocks | ForGpg> {
  const head = await readHead(file)
  const session = await findSessionKey({ ...head, path: file.path, fits: (key) => fits(head, key) }, sources)
  if (session === 'gpg' || keySize(session.algorithm) !== session.key.length || !supported(head)) {
    await checkOutside(file)
    return { session: session === 'gpg' ? undefined : session }
  }
  try {
    if (signer) {
      const traces: SignatureTrace[] = []
      await drain(readMessage(decrypted(file, session), traces))
      await checkSigner(traces, signer)
    } else {
      await drain(decrypted(file, session))
    }
    return await begun(readMessage(decrypted(file, session)))
  } catch (error) {
    if (error instanceof NeedsGpg) return { session }
    throw error
  }
}

/** The same checks of the outside where gpg is to do the rest; looks for the key in key files alone. */
export async function prepareForGpg(file: StoredFile, sources: SecretSources): Promise<ForGpg> {
  const head = await readHead(file)
  await checkOutside(file)
  const message = { ...head, path: file.path, fits: (key: SessionKey) => fits(head, key) }
  return { session: await findInKeyFiles(message, sources) }
}

/** Reads the packet frames to the end. Throws Malformed where they are cut off or anything follows. */
export async function checkOutside(file: StoredFile): Promise<void> {
  const reader = new ByteReader(file.blocks())
  const { length } = await readMessageHeader(reader)
  await drain(reader.body(length))
  await expectEnd(reader)
}

interface Head {
  readonly header: MessageHeader
  readonly start: Buffer
}

/** The head of a stored message and the first bytes of its protected data. Throws Malformed. */
export async function readHead(file: StoredFile): Promise<Head> {
  const reader = new ByteReader(file.blocks())
  const header = await readMessageHeader(reader)
  const { first } = await split(reader.body(header.length), startBytes)
  const version = first[0]
  if (header.protection === 'mdc' && version !== 1)
    throw new Malformed(`has protected data of version ${version ?? '?'}`)
  if (header.protection === 'aead' && first.length < aeadHeaderBytes) throw new Malformed('is cut off')
  return { header, start: first }
}

/** One pass over the file: the message inside, and at the end the verdict on all of it. */
async function* decrypted(file: StoredFile, session: SessionKey): Blocks {
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

function fits({ header, start }: Head, key: SessionKey): boolean {
  if (keySize(key.algorithm) === undefined) return true
  if (header.protection === 'mdc') return fitsCfb(key, start.subarray(1))
  return readAeadHeader(start).algorithm === key.algorithm
}

function supported({ header, start }: Head): boolean {
  return header.protection === 'mdc' || readAeadHeader(start).supported
}

/** The first bytes of a body (fewer where it is shorter), and what follows them. */
async function split(body: Blocks, bytes: number): Promise<{ first: Buffer; rest: Blocks }> {
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

async function drain(blocks: Blocks): Promise<void> {
  // Only the verdict at the end is wanted.
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
