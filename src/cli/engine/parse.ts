/**
 * Splits a command line into options and positional arguments, in order, as duplicity 0.8.22 does: options anywhere,
 * unique prefixes, values that may look like options, clusters of short options. Command line facts §1.3.
 *
 * It yields one argument after the other, so that what an option asks for holds before a later one is found wrong.
 */
import { type ByteString, toText } from '../../lib/bytestring.ts'
import type { OptionRow } from './option-row.ts'
import { type OptionName, options } from './options.ts'
import { OptionError } from './usage-error.ts'

export interface ParsedOption {
  readonly kind: 'option'
  readonly row: OptionRow<OptionName>
  /** As messages name it: `--volsize` also where an abbreviation was typed, `-t` for the short form. */
  readonly spelling: string
  /** As many as the option takes. */
  readonly values: readonly ByteString[]
}

export type ParsedArgument = ParsedOption | { readonly kind: 'positional'; readonly value: ByteString }

/** Throws OptionError. */
export function* parseArguments(argv: readonly ByteString[]): Generator<ParsedArgument, void, undefined> {
  // The next one stands last: taking the first out of a long list moves all the others.
  const rest = argv.toReversed()
  for (let word = rest.pop(); word !== undefined; word = rest.pop()) {
    if (word === '--') break
    if (word.startsWith('--')) yield takeLong(word, rest)
    else if (word.startsWith('-') && word !== '-') yield* takeShort(word, rest)
    else yield { kind: 'positional', value: word }
  }
  for (const value of rest.reverse()) yield { kind: 'positional', value }
}

function takeLong(word: ByteString, rest: ByteString[]): ParsedOption {
  const equals = word.indexOf('=')
  const typed = equals < 0 ? word : word.slice(0, equals)
  const { row, spelling } = findLong(typed)
  if (row.kind === 'percent') {
    return { kind: 'option', row, spelling, values: equals >= 0 ? [word.slice(equals + 1)] : [] }
  }
  if (equals >= 0) rest.push(word.slice(equals + 1))
  if (valueCount(row) === 0 && equals >= 0) throw new OptionError(`${spelling} option does not take a value`)
  return { kind: 'option', row, spelling, values: takeValues(row, spelling, rest) }
}

function* takeShort(word: ByteString, rest: ByteString[]): Generator<ParsedOption, void, undefined> {
  for (let at = 1; at < word.length; at++) {
    const spelling = `-${word.charAt(at)}`
    const row = options.find(({ short }) => short === word.charAt(at))
    if (row === undefined) throw new OptionError(`no such option: ${toText(spelling)}`)
    const takesValue = valueCount(row) > 0
    if (takesValue && at + 1 < word.length) rest.push(word.slice(at + 1))
    yield { kind: 'option', row, spelling, values: takeValues(row, spelling, rest) }
    if (takesValue) return
  }
}

function takeValues(row: OptionRow, spelling: string, rest: ByteString[]): ByteString[] {
  const count = valueCount(row)
  if (rest.length < count) {
    throw new OptionError(`${spelling} option requires ${count} argument${count === 1 ? '' : 's'}`)
  }
  return count === 0 ? [] : rest.splice(-count).reverse()
}

function valueCount({ kind }: OptionRow): number {
  return kind === 'flag' || kind === 'percent' ? 0 : kind === 'pair' ? 2 : 1
}

interface Spelling {
  readonly spelling: string
  readonly row: OptionRow<OptionName>
  /** Whether 0.8.22 has it. */
  readonly old: boolean
}

const spellings: readonly Spelling[] = options
  .flatMap((row) => [
    ...[row.name, ...(row.spellings ?? [])].map((name) => ({ name, row, old: row.since === undefined })),
    ...(row.newer ?? []).map((name) => ({ name, row, old: false })),
  ])
  .map(({ name, row, old }) => ({ spelling: `--${name}`, row, old }))
  .sort((a, b) => (a.spelling < b.spelling ? -1 : 1))

/** A spelling in full, or what only one begins with; names that 0.8.22 does not have never make one ambiguous. */
function findLong(typed: ByteString): Spelling {
  const exact = spellings.find(({ spelling }) => spelling === typed)
  if (exact !== undefined) return exact
  const candidates = spellings.filter(({ spelling }) => spelling.startsWith(typed))
  const known = candidates.filter(({ old }) => old)
  const [first, ...others] = known.length > 0 ? known : candidates
  if (first === undefined) throw new OptionError(`no such option: ${toText(typed)}`)
  if (others.length === 0) return first
  const names = [first, ...others].map(({ spelling }) => spelling).join(', ')
  throw new OptionError(`ambiguous option: ${toText(typed)} (${names}?)`)
}
