/**
 * The head of a message that is written here: a fresh session key, wrapped for its readers.
 */
import { randomBytes } from 'node:crypto'
import { aes256, type SessionKey } from './cipher.ts'
import { loadOpenpgp, openpgpConfig } from './openpgp.ts'
import { packet, tags } from './packet.ts'
import { deriveKey, newS2k, writeS2k } from './s2k.ts'
import type { Recipient } from './recipients.ts'

export interface MessageHead {
  readonly session: SessionKey
  /** The session key packets. */
  readonly packets: Buffer
}

/** A session key for recipients (RFC 4880 §5.1). Hidden ones get the key id 0. */
export async function headForKeys(recipients: readonly Recipient[]): Promise<MessageHead> {
  const { encryptSessionKey } = await loadOpenpgp()
  const data = randomBytes(32)
  const packets: Buffer[] = []
  for (const { key, subkey, hidden, name } of recipients) {
    if (!key) throw new TypeError(`openpgp.js cannot read the key ${name.text}`)
    const bytes = await encryptSessionKey({
      data,
      algorithm: 'aes256',
      encryptionKeys: key.toPublic(),
      ...(subkey && { encryptionKeyIDs: subkey }),
      wildcard: hidden,
      format: 'binary',
      config: openpgpConfig,
    })
    packets.push(Buffer.from(bytes))
  }
  return { session: { algorithm: aes256, key: data }, packets: Buffer.concat(packets) }
}

/** A session key made from a passphrase (RFC 4880 §5.3, without an encrypted key), with a salt of its own. */
export async function headForPassphrase(passphrase: string): Promise<MessageHead> {
  const s2k = newS2k()
  const key = await deriveKey(s2k, passphrase, 32)
  if (!key) throw new RangeError('unknown hash in a fresh specifier')
  const body = Buffer.concat([Buffer.from([4, aes256]), writeS2k(s2k)])
  return { session: { algorithm: aes256, key }, packets: packet(tags.passwordSession, body) }
}
