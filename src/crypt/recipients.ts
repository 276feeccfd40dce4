/**
 * From the names in the settings to usable public keys: key files first, then the GnuPG keyring.
 */
import type { Key, KeyID } from 'openpgp'
import { hasCode, messageOf, UserError } from '../lib/errors.ts'
import type { CryptSettings } from './crypt.ts'
import type { Gpg } from './gpg-process.ts'
import type { KeyFiles } from './key-files.ts'
import { keyName, matchesFingerprint, type KeyName } from './key-name.ts'
import { exportKey, listKeys, type KeyringKey } from './keyring.ts'
import { findTogether, type ListedKey } from './keys-together.ts'
import { wholeConfig } from './openpgp.ts'

/** Where keys are looked up. */
export interface KeySources {
  readonly files: KeyFiles
  readonly gpg: Gpg
  readonly settings: Pick<CryptSettings, 'recipients' | 'hiddenRecipients' | 'gpgOptions'>
}

/** A key found by its name. */
export interface FoundKey {
  readonly name: KeyName
  /** Of the primary key, upper case. */
  readonly fingerprint: string
  /** Undefined where only gpg can read it. */
  readonly key: Key | undefined
  /** From the keyring; undefined: from a key file. */
  readonly listed: KeyringKey | undefined
}

/** A key that messages can be encrypted to. */
export interface Recipient extends FoundKey {
  readonly hidden: boolean
  /** The subkey that was asked for with `!`. */
  readonly subkey: KeyID | undefined
  /** Whether openpgp.js can encrypt to it. */
  readonly native: boolean
}

/** The keys that the settings name, usable or not. */
export interface NamedKeys {
  readonly visible: readonly FoundKey[]
  readonly hidden: readonly FoundKey[]
}

/** Finds the keys that the settings name. Throws KEY_UNUSABLE where a name means none or more than one. */
export async function findRecipients(sources: KeySources): Promise<NamedKeys> {
  const { recipients, hiddenRecipients } = sources.settings
  const inKeyring: KeyName[] = []
  for (const name of [...recipients, ...hiddenRecipients].map(keyName)) {
    if ((await sources.files.find(name)).length === 0) inKeyring.push(name)
  }
  const together = await findTogether(sources.gpg, inKeyring).catch((error: unknown) => {
    // What is wrong with gpg is told of the first key that needs it.
    if (!hasCode(error, 'GPG_FAILED')) throw error
    return new Map<string, ListedKey>()
  })
  const find = async (names: readonly string[]): Promise<FoundKey[]> => {
    const keys: FoundKey[] = []
    for (const text of names) {
      const known = together.get(text)
      const found = known && { name: keyName(text), fingerprint: known.listed.fingerprint, ...known }
      keys.push(found ?? (await findKey(sources, text)))
    }
    return keys
  }
  return { visible: await find(recipients), hidden: await find(hiddenRecipients) }
}

/** The same keys as recipients, every one usable. Throws KEY_UNUSABLE. */
export async function usableRecipients(
  sources: KeySources,
  { visible, hidden }: NamedKeys,
): Promise<Recipient[]> {
  const recipients: Recipient[] = []
  for (const found of visible) recipients.push(await usable(sources, found, false))
  for (const found of hidden) recipients.push(await usable(sources, found, true))
  return recipients
}

/** The one key that a name means, usable or not. Throws KEY_UNUSABLE where there is none or more than one. */
export async function findKey(sources: KeySources, text: string): Promise<FoundKey> {
  const name = keyName(text)
  const inFiles = await sources.files.find(name)
  const [first] = inFiles
  if (first && inFiles.length === 1) {
    return { name, fingerprint: first.getFingerprint().toUpperCase(), key: first, listed: undefined }
  }
  if (first)
    throw ambiguous(
      name,
      inFiles.map((key) => key.getFingerprint().toUpperCase()),
    )
  const listed = await inKeyring(sources.gpg, name)
  return {
    name,
    fingerprint: listed.fingerprint,
    key: await exportKey(sources.gpg, listed.fingerprint),
    listed,
  }
}

async function inKeyring(gpg: Gpg, name: KeyName): Promise<KeyringKey> {
  let keys: KeyringKey[]
  try {
    keys = await listKeys(gpg, name)
  } catch (error) {
    if (!hasCode(error, 'GPG_FAILED')) throw error
    throw new UserError(
      'KEY_UNUSABLE',
      `The key ${name.text} is in no key file, and gpg cannot be asked: ${error.message}`,
      {
        hint: 'Name a file that holds the public key, or install GnuPG.',
        cause: error,
      },
    )
  }
  const alive = keys.filter((key) => !/[rei]/.test(key.validity) && !key.capabilities.includes('D'))
  const chosen = alive.length > 0 ? alive : keys
  const [first] = chosen
  if (!first) {
    throw new UserError(
      'KEY_UNUSABLE',
      `The key ${name.text} was not found in the key files nor in the GnuPG keyring.`,
      {
        hint: 'Import the public key (gpg --import), or name a file that holds it.',
      },
    )
  }
  if (chosen.length > 1)
    throw ambiguous(
      name,
      chosen.map((key) => key.fingerprint),
    )
  return first
}

async function usable(sources: KeySources, found: FoundKey, hidden: boolean): Promise<Recipient> {
  const { listed, key, name } = found
  if (listed) checkListed(sources, found, listed)
  const subkey = name.exact ? exactPart(found) : undefined
  try {
    if (!key) throw new Error('openpgp.js cannot read it')
    const config = await wholeConfig()
    await key.verifyPrimaryKey(undefined, undefined, config)
    await key.getEncryptionKey(subkey, undefined, undefined, config)
    return { ...found, hidden, subkey, native: true }
  } catch (error) {
    // gpg vouches for a key of the keyring: what openpgp.js cannot use, gpg will.
    if (listed) return { ...found, hidden, subkey, native: false }
    throw await unusable(found, messageOf(error))
  }
}

function checkListed(sources: KeySources, found: FoundKey, listed: KeyringKey): void {
  const refuse = (why: string, hint: string): never => {
    throw new UserError('KEY_UNUSABLE', `The key ${describe(found)} ${why}.`, { hint })
  }
  const { validity, capabilities, expires } = listed
  if (validity === 'r') refuse('is revoked', 'Name another key.')
  if (validity === 'e') {
    const hint = `Prolong it where its secret is ("gpg --quick-set-expire ${found.fingerprint} 2y"), and import the new public key here ("gpg --import").`
    refuse(`expired${on(expires)}`, hint)
  }
  if (capabilities.includes('D')) refuse('is disabled in the GnuPG keyring', 'Enable it with gpg --edit-key.')
  if (!capabilities.includes('E'))
    refuse('cannot encrypt', 'Name a key with an encryption key that has not expired.')
  if (!found.name.full && !/[fu]/.test(validity) && !trustsAlways(sources.settings.gpgOptions)) {
    const hint = `Name it by its fingerprint ${listed.fingerprint}, or set its trust in the keyring.`
    refuse('is not known to belong to its owner: the GnuPG keyring does not call it valid', hint)
  }
}

async function unusable(found: FoundKey, detail: string): Promise<UserError> {
  if (/revoked/i.test(detail)) {
    return new UserError('KEY_UNUSABLE', `The key ${describe(found)} is revoked.`, {
      hint: 'Name another key.',
    })
  }
  if (/expired/i.test(detail)) {
    const time = await found.key?.getExpirationTime().catch(() => null)
    const when = time instanceof Date ? on(time.getTime() / 1000) : ''
    const hint = `Prolong it where its secret is ("gpg --quick-set-expire ${found.fingerprint} 2y"), and put the new public key into the key file.`
    return new UserError(
      'KEY_UNUSABLE',
      `The key ${describe(found)}, or its encryption key, expired${when}.`,
      { hint },
    )
  }
  return new UserError('KEY_UNUSABLE', `The key ${describe(found)} cannot encrypt: ${detail}`, {
    hint: 'Name a key with an encryption key.',
  })
}

function exactPart(found: FoundKey): KeyID | undefined {
  return found.key
    ?.getKeys()
    .find((part) => matchesFingerprint(found.name, part.getFingerprint()))
    ?.getKeyID()
}

/** For messages: the fingerprint, and the name by which it was found. */
export function describe(found: FoundKey): string {
  return found.name.full ? found.fingerprint : `${found.name.text} (${found.fingerprint})`
}

function ambiguous(name: KeyName, fingerprints: readonly string[]): UserError {
  return new UserError(
    'KEY_UNUSABLE',
    `The key name ${name.text} is ambiguous: it fits ${fingerprints.join(' and ')}.`,
    {
      hint: `Name the key by its fingerprint: gpg --list-keys --fingerprint ${name.text} shows whose each is.`,
    },
  )
}

function trustsAlways(gpgOptions: readonly string[]): boolean {
  return /--always-trust|--trust-model[= ]always/.test(gpgOptions.join(' '))
}

function on(seconds: number | undefined): string {
  return seconds === undefined ? '' : ` on ${new Date(seconds * 1000).toISOString().slice(0, 10)}`
}
