/**
 * Selection rules: what the operator's options say about which entries are backed up, as data.
 *
 * The rules of a list are asked in order until one says include or exclude (`selector.ts`). Command line facts §3.
 */
import { isAscii, type ByteString } from '../../lib/bytestring.ts'
import { messageOf, UserError } from '../../lib/errors.ts'
import { parseFileList } from './file-list.ts'
import { compileGlob, reachesSource } from './glob.ts'
import { decodePath } from '../../lib/path-text.ts'
import { canonicalSource } from './source-path.ts'
import { compilePythonRegExp } from './python-regexp.ts'

/** One rule. Valid when it comes from `buildRules`. */
export type SelectionRule =
  | { readonly rule: 'glob'; readonly action: 'include' | 'exclude'; readonly pattern: ByteString }
  | { readonly rule: 'regexp'; readonly action: 'include' | 'exclude'; readonly pattern: ByteString }
  /** Excludes directories that hold an entry of this name. */
  | { readonly rule: 'if-present'; readonly name: ByteString }
  /** Excludes block and character devices. */
  | { readonly rule: 'device-files' }
  /** Excludes what is on another device than the source. */
  | { readonly rule: 'other-filesystems' }
  /** Excludes regular files modified before this moment (seconds since the epoch). */
  | { readonly rule: 'older-than'; readonly time: number }

/** A selection option as it stands on the command line; those of deprecated names are given by their present one. */
export type SelectionOption =
  | {
      readonly option: 'include' | 'exclude' | 'include-regexp' | 'exclude-regexp' | 'exclude-if-present'
      readonly value: ByteString
    }
  /** The value is the path of the list, as `SelectionReaders.readFile` takes it. */
  | { readonly option: 'include-filelist' | 'exclude-filelist'; readonly value: ByteString }
  | { readonly option: 'exclude-device-files' | 'exclude-other-filesystems' }
  /** Seconds since the epoch. */
  | { readonly option: 'exclude-older-than'; readonly value: number }

/** What `buildRules` needs from outside. */
export interface SelectionReaders {
  /** Bytes of a file list; whatever it throws becomes FILELIST_UNREADABLE. */
  readonly readFile: (path: ByteString) => Uint8Array
  /** `--null-separator`: NUL ends the lines of every list, wherever the option stands. */
  readonly nullSeparator: boolean
}

/** A pattern and the list it was read from, if any. */
interface Origin {
  readonly pattern: ByteString
  readonly list: ByteString | undefined
}

/**
 * The rules that options make for a source, in the order in which they are asked: command line order, lists in
 * place, but `--exclude-if-present` and `--exclude-device-files` in front, the latest first.
 *
 * Errors: FILELIST_UNREADABLE (before any other), PATTERN_INVALID, PATTERN_OUTSIDE (the pattern can match nothing at
 * or below the source), REDUNDANT_INCLUDE (the last rule is an include).
 */
export function buildRules(
  options: readonly SelectionOption[],
  source: ByteString,
  readers: SelectionReaders,
): SelectionRule[] {
  const base = canonicalSource(source)
  const front: SelectionRule[] = []
  const rules: SelectionRule[] = []
  for (const { option, content } of withContents(options, readers)) {
    switch (option.option) {
      case 'include':
      case 'exclude':
        rules.push(globRule({ pattern: option.value, list: undefined }, option.option, base))
        break
      case 'include-regexp':
      case 'exclude-regexp':
        compilePythonRegExp(decodePath(option.value))
        rules.push({
          rule: 'regexp',
          action: option.option === 'include-regexp' ? 'include' : 'exclude',
          pattern: option.value,
        })
        break
      case 'include-filelist':
      case 'exclude-filelist': {
        const action = option.option === 'include-filelist' ? 'include' : 'exclude'
        for (const line of parseFileList(content, action, readers.nullSeparator)) {
          rules.push(globRule({ pattern: line.pattern, list: option.value }, line.action, base))
        }
        break
      }
      case 'exclude-if-present':
        front.unshift({ rule: 'if-present', name: option.value })
        break
      case 'exclude-device-files':
        front.unshift({ rule: 'device-files' })
        break
      case 'exclude-other-filesystems':
        rules.push({ rule: 'other-filesystems' })
        break
      case 'exclude-older-than':
        rules.push({ rule: 'older-than', time: option.value })
        break
    }
  }
  refuseRedundantInclude(rules.at(-1))
  return [...front, ...rules]
}

/** Reads every list before any pattern is looked at: a list that is missing is the first thing to tell. */
function withContents(
  options: readonly SelectionOption[],
  readers: SelectionReaders,
): { option: SelectionOption; content: Uint8Array }[] {
  return options.map((option) => {
    if (option.option !== 'include-filelist' && option.option !== 'exclude-filelist') {
      return { option, content: new Uint8Array() }
    }
    try {
      return { option, content: readers.readFile(option.value) }
    } catch (cause) {
      throw new UserError('FILELIST_UNREADABLE', `Error opening file ${decodePath(option.value)}`, {
        hint: messageOf(cause),
        cause,
      })
    }
  })
}

function globRule(origin: Origin, action: 'include' | 'exclude', base: ByteString): SelectionRule {
  const { pattern } = origin
  compileGlob(pattern, action)
  if (!reachesSource(pattern, base)) {
    const from = origin.list === undefined ? '' : ` (in the list ${decodePath(origin.list)})`
    throw new UserError(
      'PATTERN_OUTSIDE',
      `The pattern ${decodePath(pattern)}${from} cannot match anything at or below the source ${decodePath(base)}`,
      { hint: `Begin the pattern with ${decodePath(base)} or with '**'.${caseHint(pattern, base)}` },
    )
  }
  return { rule: 'glob', action, pattern }
}

function caseHint(pattern: ByteString, base: ByteString): string {
  const caseTrap = /^ignorecase:/i.test(pattern) && (!isAscii(base) || base !== base.toLowerCase())
  return caseTrap ? " After 'ignorecase:' the source itself is compared in lower case: begin with '**'." : ''
}

function refuseRedundantInclude(last: SelectionRule | undefined): void {
  if (last === undefined || !('action' in last) || last.action !== 'include') return
  const kind = last.rule === 'glob' ? 'Command-line include glob' : 'Regular expression'
  throw new UserError(
    'REDUNDANT_INCLUDE',
    `Last selection expression:\n    ${kind}: ${decodePath(last.pattern)}\n` +
      'is an include. What no rule excludes is backed up anyway, so it changes nothing.',
    { hint: "Add --exclude '**' after it to back up only what is included, or drop it." },
  )
}
