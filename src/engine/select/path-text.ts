/**
 * Paths as the text that selection patterns see.
 *
 * Names are bytes, but people write patterns in characters: `?` takes one `é`. A path is therefore read as UTF-8, and
 * every byte that is not UTF-8 becomes one character of its own, U+DC00 + byte (a lone surrogate, which real text
 * never holds). Nothing is lost: `encodePath(decodePath(p))` equals `p`. Command line facts §3.3.
 */
import { fromText, isAscii, toBytes, type ByteString } from '../../lib/bytestring.ts'

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

/**
 * A source path in the form that patterns, the manifest and messages use: empty and `.` components dropped, `..`
 * kept, nothing resolved; `./src/` gives `src`, `.` and the empty path give `.`. Command line facts §1.2.
 */
export function canonicalSource(path: ByteString): ByteString {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  if (path.startsWith('/')) return '/' + parts.join('/')
  return parts.length === 0 ? '.' : parts.join('/')
}

/** Full path of an entry: canonical source text, slash, relative path; the source itself for ''. */
export function underSource(source: ByteString, path: ByteString): ByteString {
  if (path === '') return source
  return source === '/' ? '/' + path : source + '/' + path
}
