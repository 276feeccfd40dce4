/** UTF-8 as tar headers need it: which bytes of a byte string make a character. */
import type { ByteString } from '../../lib/bytestring.ts'

/** Bytes of the well-formed character that begins at `at` (1–4), or 0 if none does. */
export function characterLength(text: ByteString, at: number): 0 | 1 | 2 | 3 | 4 {
  const lead = text.charCodeAt(at)
  if (lead < 0x80) return 1
  if (lead < 0xc2 || lead > 0xf4) return 0
  // Too long forms, surrogates and what lies beyond U+10FFFF show in the second byte.
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  const second = text.charCodeAt(at + 1)
  if (!(second >= lowest && second <= highest)) return 0
  if (lead < 0xe0) return 2
  if (!isContinuation(text, at + 2)) return 0
  if (lead < 0xf0) return 3
  return isContinuation(text, at + 3) ? 4 : 0
}

function isContinuation(text: ByteString, at: number): boolean {
  const byte = text.charCodeAt(at)
  return byte >= 0x80 && byte <= 0xbf
}

/** Whether the bytes are well-formed UTF-8. */
export function isUtf8(text: ByteString): boolean {
  for (let at = 0; at < text.length;) {
    const length = characterLength(text, at)
    if (length === 0) return false
    at += length
  }
  return true
}

/** The text in ASCII: each other character, and each byte that belongs to none, becomes `?`. */
export function asciiOnly(text: ByteString): string {
  let ascii = ''
  for (let at = 0; at < text.length;) {
    const length = characterLength(text, at)
    ascii += text.charCodeAt(at) < 0x80 ? text.charAt(at) : '?'
    at += length === 0 ? 1 : length
  }
  return ascii
}
