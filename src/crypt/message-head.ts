/**
 * The head of a stored OpenPGP message: for whom it is, and where the protected data begins.
 */
import type { ByteReader } from './byte-reader.ts'
import { Malformed } from './malformed.ts'
import { tags, type BodyLength } from './packet.ts'

/** A session key packet, as it came. */
export interface KeyPacket {
  readonly tag: number
  readonly body: Buffer
}

/** How the data behind the head is protected. */
export type Protection = 'mdc' | 'aead'

export interface MessageHeader {
  readonly keys: readonly KeyPacket[]
  readonly protection: Protection
  /** Of the protected packet, whose body comes next in the reader. */
  readonly length: BodyLength
}

const mostKeys = 1000

/** Each costs up to a third of a second of hashing before it is known to be a wrong one; gpg writes one. */
const mostPassphrases = 16

/** Reads the head. Throws Malformed for what is no encrypted message or one without integrity protection. */
export async function readMessageHeader(reader: ByteReader): Promise<MessageHeader> {
  const keys: KeyPacket[] = []
  let passphrases = 0
  for (;;) {
    const header = await reader.header()
    if (!header) throw new Malformed(keys.length > 0 ? 'is cut off' : 'is empty, not an OpenPGP message')
    const { tag, length } = header
    switch (tag) {
      case tags.publicSession:
      case tags.passwordSession:
        if (keys.length >= mostKeys) throw new Malformed('has too many session keys')
        if (tag === tags.passwordSession && passphrases++ >= mostPassphrases)
          throw new Malformed('has too many passphrase packets')
        keys.push({ tag, body: await reader.smallBody(length) })
        break
      case tags.marker:
      case tags.padding:
        await reader.smallBody(length)
        break
      case tags.protected:
        return { keys, protection: 'mdc', length }
      case tags.aead:
        return { keys, protection: 'aead', length }
      case tags.unprotected:
        throw new Malformed('is encrypted without protection against alteration, and is refused')
      default:
        throw new Malformed(`is not encrypted: it begins with an OpenPGP packet of type ${tag}`)
    }
  }
}

/** Reads on behind the protected packet. Throws Malformed where anything follows. */
export async function expectEnd(reader: ByteReader): Promise<void> {
  if ((await reader.byte()) !== undefined) throw new Malformed('has more data behind the encrypted message')
}

/** The key id in a public key session packet, upper-case hex; zeros for a hidden recipient; undefined if unknown. */
export function recipientKeyId({ tag, body }: KeyPacket): string | undefined {
  if (tag !== tags.publicSession || body.length < 10) return undefined
  if (body[0] === 3) return body.subarray(1, 9).toString('hex').toUpperCase()
  if (body[0] !== 6) return undefined
  // Version 6: length, version and fingerprint of the key; its id is the beginning or (version 4) the end of it.
  const fingerprint = body.subarray(3, 2 + body.readUInt8(1))
  const id = body[2] === 4 ? fingerprint.subarray(-8) : fingerprint.subarray(0, 8)
  return id.length === 8 ? id.toString('hex').toUpperCase() : hiddenKeyId
}

/** The key id of hidden recipients. */
export const hiddenKeyId = '0'.repeat(16)
