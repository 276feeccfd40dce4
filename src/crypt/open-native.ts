/**
 * Finds out how an OpenPGP message is to be opened: its session key, who signed it, and whether gpg has to do it.
 */
import { aeadHeaderBytes, readAeadHeader } from './aead.ts'
import { ByteReader } from './byte-reader.ts'
import { fitsCfb } from './cfb-mdc.ts'
import { checkSigner } from './check-signer.ts'
import { keySize, type SessionKey } from './cipher.ts'
import { decrypted, drain, split } from './decode.ts'
import { Malformed } from './malformed.ts'
import { expectEnd, readMessageHeader, type MessageHeader } from './message-head.ts'
import { NeedsGpg, readMessage, type SignatureTrace } from './message.ts'
import { findInKeyFiles, findSessionKey, type SecretSources } from './session-key.ts'
import type { StoredFile } from './stored-file.ts'
import type { Key } from 'openpgp'

const startBytes = 1024

/** Why gpg has to do it, with the session key where it is known. */
export interface ForGpg {
  readonly forGpg: true
  readonly session: SessionKey | undefined
}

/** How a message can be decoded in this process. */
export interface ForUs {
  readonly session: SessionKey
  /** Whether the whole file was checked on the way here. */
  readonly checked: boolean
}

/**
 * Finds the session key, and checks the signature where one is expected; or word that gpg must do it. Throws Malformed
 * and the errors of `findSessionKey` and `checkSigner`.
 */
export async function prepareNative(
  file: StoredFile,
  sources: SecretSources,
  signer: Key | undefined,
): Promise<ForUs | ForGpg> {
  const head = await readHead(file)
  const session = await findSessionKey({ ...head, path: file.path, fits: (key) => fits(head, key) }, sources)
  if (session === 'gpg' || keySize(session.algorithm) !== session.key.length || !supported(head)) {
    await checkOutside(file)
    return { forGpg: true, session: session === 'gpg' ? undefined : session }
  }
  if (!signer) return { session, checked: false }
  const traces: SignatureTrace[] = []
  try {
    await drain(readMessage(decrypted(file, session), traces))
  } catch (error) {
    if (error instanceof NeedsGpg) return { forGpg: true, session }
    throw error
  }
  await checkSigner(traces, signer)
  return { session, checked: true }
}

/** The same checks of the outside where gpg is to do the rest; looks for the key in key files alone. */
export async function prepareForGpg(file: StoredFile, sources: SecretSources): Promise<ForGpg> {
  const head = await readHead(file)
  await checkOutside(file)
  const message = { ...head, path: file.path, fits: (key: SessionKey) => fits(head, key) }
  return { forGpg: true, session: await findInKeyFiles(message, sources) }
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

function fits({ header, start }: Head, key: SessionKey): boolean {
  if (keySize(key.algorithm) === undefined) return true
  if (header.protection === 'mdc') return fitsCfb(key, start.subarray(1))
  return readAeadHeader(start).algorithm === key.algorithm
}

function supported({ header, start }: Head): boolean {
  return header.protection === 'mdc' || readAeadHeader(start).supported
}
