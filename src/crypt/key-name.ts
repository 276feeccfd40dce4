/**
 * The ways in which people name a key: fingerprint, key id or a part of a user id, as gpg takes them.
 */

export interface KeyName {
  /** As given, for messages and for gpg. */
  readonly text: string
  /** Upper-case digits of a fingerprint or key id. */
  readonly hex: string | undefined
  /** A whole fingerprint: nothing else can be meant. */
  readonly full: boolean
  /** Ends in `!`: this very subkey. */
  readonly exact: boolean
}

/** Reads a name. */
export function keyName(text: string): KeyName {
  const exact = text.endsWith('!')
  const bare = (exact ? text.slice(0, -1) : text).replace(/\s+/g, '')
  const digits = /^(?:0x)?([0-9A-Fa-f]+)$/.exec(bare)?.[1]?.toUpperCase()
  const hex = digits !== undefined && [8, 16, 40, 64].includes(digits.length) ? digits : undefined
  return { text, hex, full: hex !== undefined && hex.length >= 40, exact: exact && hex !== undefined }
}

/** Whether a fingerprint is named by digits: a whole one, or its last 8 or 16. */
export function matchesFingerprint(name: KeyName, fingerprint: string): boolean {
  return name.hex !== undefined && fingerprint.toUpperCase().endsWith(name.hex)
}

/** Whether a user id is named: `=whole`, `<mail>` or a part of it, case ignored. */
export function matchesUserId(name: KeyName, userId: string): boolean {
  if (name.text === '') return false
  if (name.text.startsWith('=')) return userId === name.text.slice(1)
  if (name.text.startsWith('<')) return userId.toLowerCase().includes(name.text.toLowerCase())
  return userId.toLowerCase().includes(name.text.replace(/^\*/, '').toLowerCase())
}
