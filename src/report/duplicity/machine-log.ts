/**
 * The machine log of `--log-fd` and `--log-file`. Command line facts §5.2 (grammar) and §5.3 (names); vectors in
 * `test/fixtures/vectors/format-vectors.json`.
 */
import { type ByteString, fromText, toText } from '../../lib/bytestring.ts'
import { decodePath } from '../../lib/path-text.ts'
import { levelName, type Message } from './message.ts'

/**
 * The record of a message. Bytes of its text that are not UTF-8 become U+FFFD, so that a record is never lost; the
 * name in `extra` says exactly what they were.
 */
export function formatRecord({ level, code, extra, text }: Message): ByteString {
  const head = `${levelName(level)} ${code}${extra === undefined || extra === '' ? '' : ` ${extra}`}\n`
  const marked = text === '' ? [] : text.split('\n').map((line) => `. ${line}\n`)
  return fromText(toText(`${head}${marked.join('')}\n`))
}

const named: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  "'": '\\x27',
}

/** What most names are made of: nothing to escape. */
const PLAIN = /^[ -&(-[\]-~]*$/

/** A name as one word of `extra`: in apostrophes, printable ASCII; all else is escaped, bytes that are not UTF-8 as `\udcNN`. */
export function quoteName(name: ByteString): string {
  if (PLAIN.test(name)) return `'${name}'`
  return `'${Array.from(decodePath(name), escaped).join('')}'`
}

function escaped(character: string): string {
  const known = named[character]
  if (known !== undefined) return known
  const code = character.codePointAt(0) ?? 0
  if (code >= 0x20 && code < 0x7f) return character
  const hex = (digits: number): string => code.toString(16).padStart(digits, '0')
  if (code < 0x100) return `\\x${hex(2)}`
  return code < 0x10000 ? `\\u${hex(4)}` : `\\U${hex(8)}`
}
