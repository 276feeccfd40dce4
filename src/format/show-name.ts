/** Names from archives and listings, made safe to show. */
import { type ByteString, fromText, isAscii, toText } from '../lib/bytestring.ts'

/** C0 and C1 controls, DEL, marks that turn the direction of writing, line separators, and the escape itself. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\\]/g

/** No path is longer. Of what is, the beginning is enough to know it by. */
const LONGEST = 4096
const SHOWN = 200

/**
 * Text for a name: UTF-8 where it is that, else ASCII with each other byte as `\xHH`. Whatever could move the cursor
 * or hide the rest of a message is escaped, so a hostile name can do no more than look odd.
 */
export function showName(name: ByteString): string {
  if (name.length > LONGEST) return `${showName(name.slice(0, SHOWN))}… (${name.length} bytes)`
  const text = isAscii(name) ? name : toText(name)
  if (text !== name && fromText(text) !== name) {
    return escapeUnsafe(name).replace(/[\x80-\xff]/g, escapeUnit)
  }
  return escapeUnsafe(text)
}

function escapeUnsafe(text: string): string {
  return text.replace(UNSAFE, (unit) => (unit === '\\' ? '\\\\' : escapeUnit(unit)))
}

function escapeUnit(unit: string): string {
  const code = unit.charCodeAt(0)
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`
}
