/**
 * Finds the session key of a stored message: secret keys in key files, the passphrase, then gpg and its agent.
 */
import type { PrivateKey } from 'openpgp'
import { hasCode, messageOf, keptOf, UserError } from '../lib/errors.ts'
import { cipherNumber, type SessionKey } from './cipher.ts'
import type { CryptSettings } from './crypt.ts'
import { framedLog, hasStatus, type Gpg } from './gpg-process.ts'
import type { KeyFiles } from './key-files.ts'
import { hiddenKeyId, recipientKeyId, type KeyPacket, type MessageHeader } from './message-head.ts'
import { notForUs } from './not-for-us.ts'
import { loadOpenpgp, openpgpConfig } from './openpgp.ts'
import { packet, tags } from './packet.ts'
import { passwordSessionKey } from './password-key.ts'

/** Where secrets come from. */
export interface SecretSources {
  readonly files: KeyFiles
  readonly gpg: Gpg
  readonly settings: Pick<CryptSettings, 'passphrase' | 'useAgent'>
}

export interface LockedMessage {
  readonly header: MessageHeader
  /** The first bytes of the protected packet's body, at most 1 KiB. */
  readonly start: Buffer
  /** For messages. */
  readonly path: string
  /** Whether a key can be the right one, as far as the start of the data tells. */
  readonly fits: (key: SessionKey) => boolean
}

/**
 * The session key; `gpg` where only gpg can tell. Throws DECRYPT_FAILED, KEY_MISSING, SECRET_MISSING, KEY_UNUSABLE and
 * GPG_FAILED.
 */
export async function findSessionKey(
  message: LockedMessage,
  sources: SecretSources,
): Promise<SessionKey | 'gpg'> {
  const forKeys = message.header.keys.filter(({ tag }) => tag === tags.publicSession)
  const forPassphrase = message.header.keys.filter(({ tag }) => tag === tags.passwordSession)
  const fromFiles = await findInKeyFiles(message, sources)
  if (fromFiles) return fromFiles
  const { passphrase, useAgent } = sources.settings
  let unsupported = false
  if (passphrase !== undefined && passphrase !== '') {
    for (const each of forPassphrase) {
      const key = await passwordSessionKey(each, passphrase)
      if (key === 'unsupported') unsupported = true
      else if (key && message.fits(key)) return key
    }
  }
  if (unsupported || (forPassphrase.length > 0 && useAgent)) return 'gpg'
  if (forKeys.length > 0) return byGpg(message, sources)
  if (forPassphrase.length === 0) {
    throw new UserError('DECRYPT_FAILED', `${message.path} is encrypted to nobody.`, {
      hint: 'The file is no backup written by duba or duplicity.',
    })
  }
  if (passphrase === undefined || passphrase === '') {
    throw new UserError(
      'SECRET_MISSING',
      `${message.path} is encrypted with a passphrase, and none was given.`,
      {
        hint: 'Set PASSPHRASE.',
      },
    )
  }
  throw new UserError(
    'DECRYPT_FAILED',
    `${message.path} cannot be decrypted: the passphrase is not the right one.`,
    {
      hint: 'Give the passphrase with which this backup was made.',
    },
  )
}

/** The session key by a secret key of the key files; undefined where none fits. */
export async function findInKeyFiles(
  message: LockedMessage,
  { files, settings }: SecretSources,
): Promise<SessionKey | undefined> {
  const secrets = (await files.all()).filter((key) => key.isPrivate())
  for (const each of message.header.keys) {
    if (each.tag !== tags.publicSession) continue
    const id = recipientKeyId(each)
    for (const key of secrets) {
      const meant = id === hiddenKeyId || key.getKeyIDs().some((own) => own.toHex().toUpperCase() === id)
      // The agent may know what nobody told us.
      if (!meant || (settings.useAgent && !key.isDecrypted())) continue
      const session = await unwrap(each, key, settings.passphrase)
      if (session && message.fits(session)) return session
    }
  }
  return undefined
}

/** Undefined where the key does not open the packet. Throws KEY_UNUSABLE where its passphrase is missing or wrong. */
async function unwrap(each: KeyPacket, key: PrivateKey, passphrase = ''): Promise<SessionKey | undefined> {
  const { decryptSessionKeys, readMessage } = await loadOpenpgp()
  const unlocked = await unlockKey(key, passphrase, 'PASSPHRASE')
  try {
    const message = await readMessage({ binaryMessage: packet(each.tag, each.body), config: openpgpConfig })
    const keys = await decryptSessionKeys({ message, decryptionKeys: unlocked, config: openpgpConfig })
    const [first] = keys
    if (!first) return undefined
    return { algorithm: cipherNumber(first.algorithm ?? ''), key: Buffer.from(first.data) }
  } catch {
    // openpgp.js has one error for "not for this key": other keys and gpg are tried.
    return undefined
  }
}

/** A secret key made usable. Throws KEY_UNUSABLE naming the variable with its passphrase. */
export async function unlockKey(key: PrivateKey, passphrase: string, variable: string): Promise<PrivateKey> {
  if (key.isDecrypted()) return key
  const fingerprint = key.getFingerprint().toUpperCase()
  if (passphrase === '') {
    throw new UserError(
      'SECRET_MISSING',
      `The secret key ${fingerprint} is protected, and no passphrase was given.`,
      {
        hint: `Set ${variable}.`,
      },
    )
  }
  const { decryptKey } = await loadOpenpgp()
  try {
    return await decryptKey({ privateKey: key, passphrase, config: openpgpConfig })
  } catch (error) {
    const wrong = /passphrase/i.test(messageOf(error))
    const why = wrong ? 'the passphrase is not the right one' : messageOf(error)
    throw new UserError('KEY_UNUSABLE', `The secret key ${fingerprint} cannot be used: ${why}.`, {
      hint: `Check ${variable}.`,
    })
  }
}

/** Lets gpg unwrap the key out of the head of the file alone, so that the bulk stays here. */
async function byGpg(message: LockedMessage, { gpg, settings }: SecretSources): Promise<SessionKey | 'gpg'> {
  const { header, start } = message
  const tag = header.protection === 'mdc' ? tags.protected : tags.aead
  const head = [...header.keys.map((each) => packet(each.tag, each.body)), packet(tag, start)]
  const ids = header.keys.flatMap((each) => recipientKeyId(each) ?? [])
  const call = { args: ['--show-session-key', '--decrypt'], input: Buffer.concat(head) }
  const result = await gpg
    .run({ ...call, passphrase: settings.passphrase ?? '' })
    .catch((error: unknown): never => {
      if (!hasCode(error, 'GPG_FAILED')) throw error
      const text = `${message.path} is encrypted to the keys ${ids.join(', ')}, and none in the key files opens it.`
      throw new UserError('GPG_FAILED', `${text} ${error.message}`, { ...keptOf(error), cause: error })
    })
  for (const line of result.status) {
    const found = /^SESSION_KEY (\d+):([0-9A-Fa-f]+)$/.exec(line)
    if (found) return { algorithm: Number(found[1]), key: Buffer.from(found[2] ?? '', 'hex') }
  }
  if (!hasStatus(result, 'NO_SECKEY') && !result.log.some((line) => /passphrase/i.test(line))) return 'gpg'
  throw notForUs(message.path, ids, framedLog(result))
}
