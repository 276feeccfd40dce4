/**
 * Session keys from a passphrase: symmetric-key encrypted session key packets (RFC 4880 §5.3; version 5:
 * draft-koch-librepgp §5.3.2).
 */
import { createDecipheriv } from 'node:crypto'
import { cipherName, keySize, type SessionKey } from './cipher.ts'
import { tags } from './packet.ts'
import type { KeyPacket } from './message-head.ts'
import { deriveKey, readS2k } from './s2k.ts'

const ocb = 2
const ocbNonce = 15
const ocbTag = 16

/**
 * The session key that a passphrase gives; it may be a wrong one where the packet has no check of its own.
 * `unsupported`: gpg must try. Undefined: the passphrase is not the one. Throws Malformed.
 */
export async function passwordSessionKey(
  { body }: KeyPacket,
  passphrase: string,
): Promise<SessionKey | 'unsupported' | undefined> {
  const version = body[0]
  const algorithm = body[1] ?? 0
  const size = keySize(algorithm)
  if ((version !== 4 && version !== 5) || size === undefined) return 'unsupported'
  if (version === 5 && body[2] !== ocb) return 'unsupported'
  const start = version === 5 ? 3 : 2
  const specifier = readS2k(body.subarray(start))
  if (!specifier) return 'unsupported'
  const key = await deriveKey(specifier.s2k, passphrase, size)
  if (!key) return 'unsupported'
  const rest = body.subarray(start + specifier.size)
  if (version === 5) return unwrapOcb(algorithm, key, rest)
  return rest.length === 0 ? { algorithm, key } : unwrapCfb(algorithm, key, rest)
}

function unwrapCfb(algorithm: number, key: Buffer, wrapped: Buffer): SessionKey | 'unsupported' | undefined {
  const decipher = createDecipheriv(cipherName(algorithm, 'cfb'), key, Buffer.alloc(16))
  const plain = decipher.update(wrapped)
  const inner = plain.readUInt8(0)
  if (keySize(inner) === plain.length - 1) return { algorithm: inner, key: Buffer.from(plain.subarray(1)) }
  // 1 IDEA … 13 Camellia: perhaps a cipher that only gpg has; else the passphrase was wrong.
  return inner >= 1 && inner <= 13 && keySize(inner) === undefined ? 'unsupported' : undefined
}

function unwrapOcb(algorithm: number, key: Buffer, rest: Buffer): SessionKey | undefined {
  if (rest.length < ocbNonce + ocbTag + 1) return undefined
  const nonce = rest.subarray(0, ocbNonce)
  const decipher = createDecipheriv(cipherName(algorithm, 'ocb') as 'aes-256-ocb', key, nonce, {
    authTagLength: ocbTag,
  })
  decipher.setAAD(Buffer.from([0xc0 | tags.passwordSession, 5, algorithm, ocb]))
  decipher.setAuthTag(rest.subarray(-ocbTag))
  const plain = decipher.update(rest.subarray(ocbNonce, -ocbTag))
  try {
    decipher.final()
  } catch {
    // The tag does not fit: another passphrase.
    return undefined
  }
  return { algorithm, key: plain }
}
