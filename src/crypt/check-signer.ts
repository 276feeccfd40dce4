/**
 * Whether a message was signed by the key it must be signed by (RFC 4880 §5.2.4).
 */
import type { Key, SignaturePacket } from 'openpgp'
import { UserError } from '../lib/errors.ts'
import type { SignatureTrace } from './message.ts'
import { loadOpenpgp, wholeConfig } from './openpgp.ts'
import { packet, tags } from './packet.ts'

/** Throws WRONG_SIGNER unless one of the signatures is a good one by the key or one of its signing subkeys. */
export async function checkSigner(traces: readonly SignatureTrace[], signer: Key): Promise<void> {
  const seen: string[] = []
  for (const trace of traces) {
    const found = await verify(trace, signer)
    if (found === true) return
    seen.push(found)
  }
  const by = seen.length === 0 ? 'not signed' : `signed by key ${seen.join(', ')}`
  throw wrongSigner(by, signer.getFingerprint().toUpperCase())
}

/** The error of duplicity's words. `by`: "signed by key X", or "not signed". */
export function wrongSigner(by: string, expected: string): UserError {
  const said = by === 'not signed' ? 'Volume was signed by key None' : `Volume was ${by}`
  return new UserError('WRONG_SIGNER', `${said}, not ${expected}`, {
    hint: 'The file was not written by the holder of that key: do not trust it before you know why.',
  })
}

/** WRONG_SIGNER for a file that is not encrypted and so has no signature. `expected`: the key as it was named. */
export function unsigned(path: string, expected: string): UserError {
  const text = `${path} is not encrypted and so not signed by ${expected}`
  return new UserError('WRONG_SIGNER', text, {
    hint: 'Whoever can write to the destination can have put it there. --no-encryption reads it nevertheless.',
  })
}

/** Who claims to have made the signatures: fingerprints or key ids. Nothing is checked. */
export async function issuersOf(traces: readonly SignatureTrace[]): Promise<string[]> {
  const { readSignature } = await loadOpenpgp()
  const config = await wholeConfig()
  const issuers: string[] = []
  for (const { signature } of traces) {
    try {
      const list = await readSignature({ binarySignature: packet(tags.signature, signature), config })
      const [parsed] = list.packets
      if (parsed) issuers.push(issuerOf(parsed))
    } catch {
      issuers.push('(a signature that cannot be read)')
    }
  }
  return [...new Set(issuers)]
}

/** True for a good signature by the key; else who made it, in words. */
async function verify(
  { signature, hash, hashAlgorithm }: SignatureTrace,
  signer: Key,
): Promise<true | string> {
  const { enums, readSignature } = await loadOpenpgp()
  const config = await wholeConfig()
  let parsed: SignaturePacket | undefined
  try {
    const list = await readSignature({
      binarySignature: packet(tags.signature, signature),
      config,
    })
    parsed = list.packets[0]
  } catch {
    // A signature of a version that openpgp.js does not know is nobody's.
  }
  if (!parsed) return '(a signature that cannot be read)'
  const issuer = issuerOf(parsed)
  try {
    const part = await signer.getSigningKey(parsed.issuerKeyID, parsed.created, undefined, config)
    if (issuer.length > 16 && part.getFingerprint().toUpperCase() !== issuer) return issuer
    const ofData = parsed.version === 4 && Number(parsed.signatureType) === 0
    if (!hash || !ofData || Number(parsed.hashAlgorithm) !== hashAlgorithm || !parsed.signatureData) {
      return `${issuer} (not a signature over binary data)`
    }
    hash.update(parsed.signatureData).update(trailer(parsed.version, parsed.signatureData.length))
    // openpgp.js takes the finished hash of a one-pass signature from this field.
    Object.assign(parsed, { hashed: Promise.resolve(new Uint8Array(hash.digest())) })
    await parsed.verify(
      part.keyPacket,
      enums.signature.binary,
      {},
      parsed.created ?? undefined,
      false,
      config,
    )
    return true
  } catch (error) {
    // Another key, a key that could not sign then, or a signature that does not fit the data.
    return signer.getKeys().some((part) => part.getKeyID().equals(parsed.issuerKeyID))
      ? `${issuer} (a bad signature: ${String(error)})`
      : issuer
  }
}

function issuerOf(signature: SignaturePacket): string {
  const { issuerFingerprint, issuerKeyID } = signature
  return (
    issuerFingerprint ? Buffer.from(issuerFingerprint).toString('hex') : issuerKeyID.toHex()
  ).toUpperCase()
}

/** What follows the hashed fields of a version 4 signature. */
function trailer(version: number, length: number): Buffer {
  const bytes = Buffer.from([version, 0xff, 0, 0, 0, 0])
  bytes.writeUInt32BE(length, 2)
  return bytes
}
