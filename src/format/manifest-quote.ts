/** Paths as manifests write them (docs/format.md §4). */
import type { ByteString } from '../lib/bytestring.ts'

/** ASCII white space, backslash and both quotes; nothing else is special, not even other control bytes. */
const SPECIAL = /[ \t\n\v\f\r\\"']/
const EACH_SPECIAL = /[ \t\n\v\f\r\\"']/g

/** The bytes as one word: raw, or in double quotes with special bytes as `\xHH`. */
export function quote(text: ByteString): ByteString {
  if (!SPECIAL.test(text)) return text
  const hex = (unit: string): string => `\\x${unit.charCodeAt(0).toString(16).padStart(2, '0')}`
  return `"${text.replace(EACH_SPECIAL, hex)}"`
}

/** What `quote` was given; undefined if an opening quote has no end. */
export function unquote(text: ByteString): ByteString | undefined {
  if (!text.startsWith('"')) return text
  if (text.length < 2 || !text.endsWith('"')) return undefined
  return text
    .slice(1, -1)
    .replace(/\\x([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** A path as one word; the root is `.`. */
export function quotePath(path: ByteString): ByteString {
  return path === '' ? '.' : quote(path)
}

/** The path of a word; '' is the root. */
export function unquotePath(text: ByteString): ByteString | undefined {
  const path = unquote(text)
  return path === '.' ? '' : path
}
