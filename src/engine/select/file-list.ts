/** File lists of `--include-filelist` and `--exclude-filelist`. Command line facts §3.6. */
import { fromBytes, type ByteString } from '../../lib/bytestring.ts'
import { decodePath, encodePath } from '../../lib/path-text.ts'

/** One line of a list that makes a rule. */
export interface ListedPattern {
  readonly action: 'include' | 'exclude'
  /** Glob pattern, `ignorecase:` still in front. */
  readonly pattern: ByteString
}

/** White space as Python's `str.strip` sees it: more than JavaScript's `trim`, less the byte order mark. */
const blank = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/

/**
 * The patterns of a list, in order. `action` is what lines without `+ ` or `- ` do. Lines end with a newline, CR LF
 * or CR; with `nullSeparator` only a NUL ends them. Empty lines and those that begin with `#` make no rule.
 */
export function parseFileList(
  content: Uint8Array,
  action: 'include' | 'exclude',
  nullSeparator: boolean,
): ListedPattern[] {
  const text = decodePath(fromBytes(content)).replace(/\r\n?/g, '\n')
  const patterns: ListedPattern[] = []
  for (const raw of text.split(nullSeparator ? '\0' : '\n')) {
    const line = withoutBlanks(raw)
    if (line === '' || line.startsWith('#')) continue
    const signed = line.startsWith('+ ') || line.startsWith('- ')
    const pattern = withoutQuotes(signed ? line.slice(2) : line)
    if (pattern === '') continue
    const own = line.startsWith('+') ? 'include' : 'exclude'
    patterns.push({ action: signed ? own : action, pattern: encodePath(pattern) })
  }
  return patterns
}

/** Without blanks at both ends; a loop, since an expression for the end is tried at each blank in the middle too. */
function withoutBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && blank.test(text.charAt(start))) start++
  while (end > start && blank.test(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

function withoutQuotes(text: string): string {
  const quote = text.charAt(0)
  return (quote === '"' || quote === "'") && text.endsWith(quote) ? text.slice(1, -1) : text
}
