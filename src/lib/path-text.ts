/**
 * Paths as text that loses nothing.
 *
 * Names are bytes, but people write them, and patterns for them, in characters: `?` takes one `é`. A path is therefore
 * read as UTF-8, and every byte that is not UTF-8 becomes one character of its own, U+DC00 + byte (a lone surrogate,
 * which real text never holds): `encodePath(decodePath(p))` equals `p`. Command line facts §3.3. The engine selects by
 * such text; in `duba`, every path is such text.
 */
import { fromText, isAscii, toBytes, type ByteString } from './bytestring.ts'

/** Text of a path or pattern; bytes that are not UTF-8 are U+DC80 to U+DCFF. */
export function decodePath(path: ByteString): string {
  if (isAscii(path)) return path
  const bytes = toBytes(path)
  const text = bytes.toString('utf8')
  return text.includes('\ufffd') ? decodeBroken(bytes) : text
}

/** The byte string that `decodePath` read. */
export function encodePath(text: string): ByteString {
  if (isAscii(text)) return text
  return text
    .split(/([\udc80-\udcff])/u)
    .map((part, index) =>
      index % 2 === 1 ? String.fromCharCode(part.charCodeAt(0) - 0xdc00) : fromText(part),
    )
    .join('')
}

/** The text of bytes of which some are not UTF-8. */
function decodeBroken(bytes: Buffer): string {
  let text = ''
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes, at)
    text +=
      length === 0
        ? String.fromCharCode(0xdc00 + bytes.readUInt8(at))
        : bytes.toString('utf8', at, at + length)
    at += Math.max(length, 1)
  }
  return text
}

/** Length in bytes of the valid UTF-8 sequence at a place; 0 if there is none (Unicode standard, table 3-7). */
function sequenceLength(bytes: Buffer, at: number): number {
  const lead = bytes.readUInt8(at)
  if (lead < 0x80) return 1
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0
  if (length === 0 || at + length > bytes.length) return 0
  const second = bytes.readUInt8(at + 1)
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  if (second < low || second > high) return 0
  for (let next = at + 2; next < at + length; next++) {
    if ((bytes.readUInt8(next) & 0xc0) !== 0x80) return 0
  }
  return length
}
