/**
 * The key that signs what is written: in a key file, or in the GnuPG keyring.
 */
import type { PrivateKey } from 'openpgp'
import { messageOf, UserError } from '../lib/errors.ts'
import type { CryptSettings } from './crypt.ts'
import type { Gpg } from './gpg-process.ts'
import type { KeyFiles } from './key-files.ts'
import { keyName } from './key-name.ts'
import { listKeys } from './keyring.ts'
import { wholeConfig } from './openpgp.ts'
import { unlockKey } from './session-key.ts'

/** An unlocked key in this process, or what gpg knows it by. */
export type SigningKey = {
  /** Of the primary key, upper case. */
  readonly fingerprint: string
} & (
  { readonly kind: 'native'; readonly key: PrivateKey } | { readonly kind: 'gpg'; readonly localUser: string }
)

export interface SigningSources {
  readonly files: KeyFiles
  readonly gpg: Gpg
  readonly settings: Pick<CryptSettings, 'implementation'>
  /** The passphrase of the signing key. */
  readonly passphrase: string
}

/** The signing key that a name means, usable now. Throws KEY_UNUSABLE and SECRET_MISSING. */
export async function findSigningKey(text: string, sources: SigningSources): Promise<SigningKey> {
  const name = keyName(text)
  const inFiles = (await sources.files.find(name)).filter((key) => key.isPrivate())
  const [first] = inFiles
  if (inFiles.length > 1) throw unusable(text, 'is ambiguous in the key files', 'Name it by its fingerprint.')
  if (first && sources.settings.implementation === 'auto') {
    try {
      await first.getSigningKey(undefined, undefined, undefined, await wholeConfig())
    } catch (error) {
      throw unusable(
        text,
        `cannot sign: ${messageOf(error)}`,
        'Name a signing key that is neither expired nor revoked.',
      )
    }
    return {
      kind: 'native',
      fingerprint: first.getFingerprint().toUpperCase(),
      key: await unlockKey(first, sources.passphrase, 'SIGN_PASSPHRASE'),
    }
  }
  const listed = await listKeys(sources.gpg, name, true)
  const [key] = listed
  if (!key) {
    throw unusable(
      text,
      'has no secret key here',
      'Import the secret key (gpg --import), or name a file that holds it.',
    )
  }
  if (listed.length > 1)
    throw unusable(text, 'is ambiguous in the GnuPG keyring', 'Name it by its fingerprint.')
  const state = { r: 'is revoked', e: 'is expired' }[key.validity]
  if (state !== undefined || !key.capabilities.includes('S')) {
    throw unusable(text, state ?? 'cannot sign', 'Name a signing key that is neither expired nor revoked.')
  }
  const { fingerprint } = key
  return { kind: 'gpg', fingerprint, localUser: name.exact ? name.text : fingerprint }
}

function unusable(name: string, why: string, hint: string): UserError {
  return new UserError('KEY_UNUSABLE', `The signing key ${name} ${why}.`, { hint })
}
