/**
 * Byte strings: JavaScript strings in which every UTF-16 unit is one byte (0–255).
 *
 * File names are bytes, not text. As byte strings they compare, split and sort with plain string operators exactly
 * as their bytes do, V8 keeps them in one byte a character, and no name is ever lost to a decoder. Every path and
 * every name inside the engine, the formats and the selection is a byte string; text is made only to be shown.
 */

/** A string whose units are bytes. The alias marks intent; `toBytes(fromBytes(b))` equals `b`. */
export type ByteString = string

/** The byte string of a buffer's bytes. */
export function fromBytes(bytes: Uint8Array): ByteString {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

/** The bytes of a byte string. */
export function toBytes(text: ByteString): Buffer {
  return Buffer.from(text, 'latin1')
}

/** The same byte string, cut loose: a part of a long string keeps all of it in memory. */
export function ownString(text: ByteString): ByteString {
  return fromBytes(toBytes(text))
}

/** The byte string of text, encoded as UTF-8. */
export function fromText(text: string): ByteString {
  return isAscii(text) ? text : Buffer.from(text, 'utf8').toString('latin1')
}

/** The text of a byte string read as UTF-8; bytes that are not UTF-8 become U+FFFD. For showing only. */
export function toText(bytes: ByteString): string {
  return isAscii(bytes) ? bytes : Buffer.from(bytes, 'latin1').toString('utf8')
}

/** What to hand to `node:fs` for a byte string: the string itself where it is ASCII (fast), else its bytes. */
export function fsPath(path: ByteString): string | Buffer {
  return isAscii(path) ? path : toBytes(path)
}

/** Whether every unit is below 0x80. */
export function isAscii(text: string): boolean {
  return /^[\x00-\x7f]*$/.test(text)
}
