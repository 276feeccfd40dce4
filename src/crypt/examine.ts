/** What an OpenPGP message says of itself: who can open it and who claims to have signed it. */
import { issuersOf } from './check-signer.ts'
import type { MessageFacts } from './crypt.ts'
import { decrypted, drain } from './decode.ts'
import { hiddenKeyId, recipientKeyId } from './message-head.ts'
import { NeedsGpg, readMessage, type SignatureTrace } from './message.ts'
import { readHead } from './open-native.ts'
import { tags } from './packet.ts'
import { findSessionKey, type SecretSources } from './session-key.ts'
import type { StoredFile } from './stored-file.ts'
import { keySize } from './cipher.ts'
import { fitsCfb } from './cfb-mdc.ts'
import { UserError } from '../lib/errors.ts'

/** Reads all of it. Throws Malformed; that nothing here opens it is told as `problem`. */
export async function examineMessage(file: StoredFile, sources: SecretSources): Promise<MessageFacts> {
  const { header, start } = await readHead(file)
  const recipients = header.keys.flatMap((each) =>
    each.tag === tags.publicSession ? [recipientKeyId(each) ?? hiddenKeyId] : [],
  )
  const passphrase = header.keys.some(({ tag }) => tag === tags.passwordSession)
  const facts = { recipients, passphrase }
  try {
    const fits = (key: { readonly algorithm: number; readonly key: Buffer }): boolean =>
      header.protection !== 'mdc' || keySize(key.algorithm) === undefined || fitsCfb(key, start.subarray(1))
    const session = await findSessionKey({ header, start, path: file.path, fits }, sources)
    if (session === 'gpg') return { ...facts, signers: undefined, problem: undefined }
    const traces: SignatureTrace[] = []
    await drain(readMessage(decrypted(file, session), traces))
    return { ...facts, signers: await issuersOf(traces), problem: undefined }
  } catch (error) {
    if (error instanceof NeedsGpg) return { ...facts, signers: undefined, problem: undefined }
    if (error instanceof UserError) return { ...facts, signers: undefined, problem: error }
    throw error
  }
}
