/**
 * Glob patterns of `--include` and `--exclude`, compiled to regular expressions over path text (`lib/path-text.ts`).
 *
 * A pattern matches a path if it matches a leading part of it that ends at the end of the path or right before a
 * slash: so it covers everything below what it names. Command line facts §3.4.
 */
import type { ByteString } from '../../lib/bytestring.ts'
import { UserError } from '../../lib/errors.ts'
import { bracketSet, escapeLiteral } from './charset.ts'
import { type GlobToken, linearGlob } from './glob-linear.ts'
import { decodePath } from '../../lib/path-text.ts'

/** What a pattern says of one path: it matches, the path is on the way to a match, or neither. */
export type GlobAnswer = 'match' | 'scan' | undefined

/** A compiled pattern: text of a path (source included) and whether that is a directory. */
export type GlobTest = (text: string, isDirectory: boolean) => GlobAnswer

/** A pattern taken apart, before any regular expression is made. */
interface GlobParts {
  /** Body without the slash at the end and without `ignorecase:`. */
  readonly body: string
  readonly directoriesOnly: boolean
  readonly ignoreCase: boolean
}

const anything = /^\*\*$/

/**
 * The test of a glob pattern. Only an include answers `scan`. Throws PATTERN_INVALID for an empty pattern, an empty
 * component before the first `**`, and a range whose ends are the wrong way round.
 */
export function compileGlob(pattern: ByteString, action: 'include' | 'exclude'): GlobTest {
  const parts = takeApart(pattern)
  if (anything.test(parts.body) && !parts.directoriesOnly) return () => 'match'
  return testOf(pattern, parts, action, parts.ignoreCase ? 'sui' : 'su')
}

/**
 * Whether a pattern can match anything at or below the source: taken as an include, it matches or scans the source
 * itself. The lower-cased text of an `ignorecase:` pattern is compared with case, as duplicity does.
 */
export function reachesSource(pattern: ByteString, source: ByteString): boolean {
  const parts = takeApart(pattern)
  if (anything.test(parts.body) && !parts.directoriesOnly) return true
  return testOf(pattern, parts, 'include', 'su')(decodePath(source), true) !== undefined
}

function takeApart(pattern: ByteString): GlobParts {
  const text = decodePath(pattern)
  const ignoreCase = /^ignorecase:/i.test(text)
  const glob = ignoreCase ? text.slice('ignorecase:'.length).toLowerCase() : text
  if (glob === '') {
    throw new UserError('PATTERN_INVALID', 'A selection pattern is empty', {
      hint: 'Give a path or a pattern, or remove the option.',
    })
  }
  if (glob === '/') return { body: '/**', directoriesOnly: false, ignoreCase }
  const directoriesOnly = glob.endsWith('/')
  return { body: directoriesOnly ? glob.slice(0, -1) : glob, directoriesOnly, ignoreCase }
}

function testOf(
  pattern: ByteString,
  parts: GlobParts,
  action: 'include' | 'exclude',
  flags: string,
): GlobTest {
  const prefixes = scanPrefixes(pattern, parts.body).map((prefix) => tokensOf(pattern, prefix))
  const tokens = tokensOf(pattern, parts.body)
  const body = sourceOf(tokens)
  const matches = new RegExp(hurried(body), flags)
  // Made when they are asked for: there may be very many patterns.
  let greedy: RegExp | undefined
  let scan: RegExp | undefined
  const quick: GlobTest = (text, isDirectory) => {
    if (matches.test(text)) {
      if (!parts.directoriesOnly || isDirectory) return 'match'
      // Of several leading parts that fit, the one counts that greedy stars find first, and it must be a directory.
      greedy ??= new RegExp(`^${body}(?:(\\/)|\\n?$)`, flags)
      return greedy.exec(text)?.[1] === undefined ? undefined : 'match'
    }
    if (action === 'exclude') return undefined
    scan ??= new RegExp(`^(?:${prefixes.map(sourceOf).join('|')})$`, flags)
    return scan.test(text) ? 'scan' : undefined
  }
  const stars = tokens.filter(({ star }) => star).length
  if (stars < 2) return quick
  let steady: GlobTest | undefined
  return (text, isDirectory) => {
    if (text.length ** stars <= MOST_STEPS) return quick(text, isDirectory)
    steady ??= steadyTest(tokens, prefixes, { ...parts, action, flags })
    return steady(text, isDirectory)
  }
}

/** What a regular expression may cost for one path, in steps, before the other way is taken. */
const MOST_STEPS = 1_000_000

/** Answers as the regular expressions do, in time that no path can blow up. */
function steadyTest(
  tokens: readonly GlobToken[],
  prefixes: readonly (readonly GlobToken[])[],
  how: { readonly directoriesOnly: boolean; readonly action: 'include' | 'exclude'; readonly flags: string },
): GlobTest {
  const find = linearGlob(tokens, how.flags)
  const scans = prefixes.map((prefix) => linearGlob(prefix, how.flags))
  return (text, isDirectory) => {
    const end = find(text, endsLeadingPart)
    if (end !== undefined) {
      if (!how.directoriesOnly || isDirectory) return 'match'
      return Array.from(text)[end] === '/' ? 'match' : undefined
    }
    const scanned = how.action === 'include' && scans.some((scan) => scan(text, isTextEnd) !== undefined)
    return scanned ? 'scan' : undefined
  }
}

const isTextEnd = (characters: readonly string[], place: number): boolean => place === characters.length

/** Right before a slash, at the end, or before a newline there. */
function endsLeadingPart(characters: readonly string[], place: number): boolean {
  const character = characters[place]
  return (
    character === undefined || character === '/' || (character === '\n' && place + 1 === characters.length)
  )
}

/** How `sourceOf` writes a leading `**` + `/*`. */
const upToSlash = '.*\\u{2f}[^\\/]*'
const trailingStars = /(?:\.\*|\[\^\\\/\]\*)$/

/**
 * The expression that finds a body as a leading part of a path, written so that it is found fast: a leading `**`
 * needs no anchor, a leading `**` + `/*` takes any text with a slash, and after trailing stars the end is in reach.
 */
function hurried(body: string): string {
  const start = body.startsWith(upToSlash)
    ? '^[^\\/]*\\/.*?' + body.slice(upToSlash.length)
    : body.startsWith('.*')
      ? body.slice(2)
      : '^' + body
  return trailingStars.test(start) ? start.replace(trailingStars, '') : start + '(?:\\/|\\n?$)'
}

/** The pattern up to its first `**`, cut at each slash: what must be entered on the way to a match. */
function scanPrefixes(pattern: ByteString, body: string): string[] {
  const stars = body.indexOf('**')
  const components = (stars === -1 ? body : body.slice(0, stars + 2)).split('/')
  if (components.slice(1, -1).includes('')) {
    throw new UserError(
      'PATTERN_INVALID',
      `Consecutive '/'s found in globbing string ${decodePath(pattern)}`,
      {
        hint: 'Write one slash between two names.',
      },
    )
  }
  return components.map((_, index) => components.slice(0, index + 1).join('/') || '/')
}

/** Source of a regular expression (flags s and u) that matches what tokens match, without anchors. */
function sourceOf(tokens: readonly GlobToken[]): string {
  return tokens.map(({ source, star }) => (star ? `${source}*` : source)).join('')
}

/** The elements of a glob body. */
function tokensOf(pattern: ByteString, body: string): GlobToken[] {
  const characters = Array.from(body)
  const tokens: GlobToken[] = []
  for (let at = 0; at < characters.length;) {
    const character = characters[at] ?? ''
    if (character === '*') {
      const from = at
      while (characters[at] === '*') at++
      tokens.push({ source: at - from > 1 ? '.' : '[^\\/]', star: true })
    } else if (character === '[') {
      const set = bracketSet(characters, at)
      if (set === 'bad range') {
        throw new UserError('PATTERN_INVALID', `Bad range in the pattern ${decodePath(pattern)}`, {
          hint: 'In [x-y], x must not come after y.',
        })
      }
      tokens.push({ source: set?.source ?? escapeLiteral(character), star: false })
      at = set?.end ?? at + 1
    } else {
      tokens.push({ source: character === '?' ? '[^\\/]' : escapeLiteral(character), star: false })
      at++
    }
  }
  return tokens
}
