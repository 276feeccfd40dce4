/**
 * The symmetric ciphers that are done in this process, by OpenPGP number (RFC 4880 §9.2). Others go to gpg.
 */

/** AES only: key bytes by algorithm number. */
const keySizes: Readonly<Record<number, number>> = { 7: 16, 8: 24, 9: 32 }

/** AES with 256 bits: what we write. */
export const aes256 = 9

/** A symmetric key with its algorithm number. */
export interface SessionKey {
  readonly algorithm: number
  readonly key: Buffer
}

/** Bytes of a key; undefined for a cipher that is not AES. */
export function keySize(algorithm: number): number | undefined {
  return keySizes[algorithm]
}

/** The node:crypto name of an AES cipher. Throws RangeError for others: ask `keySize` first. */
export function cipherName(algorithm: number, mode: 'cfb' | 'ecb' | 'ocb'): string {
  const size = keySizes[algorithm]
  if (size === undefined) throw new RangeError(`cipher ${algorithm} is not AES`)
  return `aes-${size * 8}-${mode}`
}

/** The number of a cipher that openpgp.js calls by its name; 0 for one that is not AES. */
export function cipherNumber(name: string): number {
  return { aes128: 7, aes192: 8, aes256: 9 }[name] ?? 0
}
