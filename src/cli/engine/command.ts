/** Commands and their arguments. Command line facts §1.1, §1.2; §12 for what differs on purpose. */
import { isUrl } from '../../backend/url.ts'
import type { Age } from '../../engine/removal/plan-chains.ts'
import { type ByteString, toText } from '../../lib/bytestring.ts'
import { UserError } from '../../lib/errors.ts'
import { commandLineError, quoted } from './usage-error.ts'

/** What one command line asks for. Local paths are byte strings, URLs text. */
export type Command =
  | {
      readonly command: 'backup'
      readonly kind: 'full' | 'incremental' | 'auto'
      readonly source: ByteString
      readonly url: string
    }
  | { readonly command: 'restore'; readonly url: string; readonly target: ByteString }
  | { readonly command: 'verify'; readonly url: string; readonly directory: ByteString }
  | {
      readonly command: (typeof simple)[number]
      readonly url: string
    }
  | {
      readonly command: 'remove'
      readonly url: string
      /** Which chains are old; a time in seconds since the epoch. */
      readonly age: Age
      readonly incrementsOnly: boolean
    }
  /** No destination: the keys of the options are looked at. */
  | { readonly command: 'keys' }
  | { readonly command: 'replicate'; readonly from: string; readonly url: string }

/** Commands that take a URL and nothing else. */
const simple = ['collection-status', 'list-current-files', 'cleanup', 'check', 'versions', 'compare'] as const

export type CommandName = Command['command']

/** A command that works on a destination. */
export type RepositoryCommand = Exclude<Command, { command: 'keys' }>

/** Command words of 0.8.22, any of which may be cut short to what only one begins with. */
const words = [
  'cleanup',
  'collection-status',
  'full',
  'incremental',
  'list-current-files',
  'remove-older-than',
  'remove-all-but-n-full',
  'remove-all-inc-of-but-n-full',
  'restore',
  'verify',
  'replicate',
] as const

type Word = (typeof words)[number]

/** Words that 0.8.22 does not have. */
type OwnWord = 'backup' | 'check' | 'keys' | 'versions' | 'compare'

/** Command words of 3.x and of our own, never cut short. */
const newer: Readonly<Record<string, Word | OwnWord>> = {
  backup: 'backup',
  check: 'check',
  keys: 'keys',
  versions: 'versions',
  compare: 'compare',
  bu: 'backup',
  fb: 'full',
  ib: 'incremental',
  rb: 'restore',
  vb: 'verify',
  ls: 'list-current-files',
  st: 'collection-status',
  ro: 'remove-older-than',
  ra: 'remove-all-but-n-full',
  ri: 'remove-all-inc-of-but-n-full',
}

export interface CommandOptions {
  /** Puts values for `~` and `$NAME` into a local path. */
  readonly expand: (path: ByteString) => ByteString
  /** The moment of a time argument, in seconds since the epoch. Throws USAGE if the text is no time. */
  readonly readTime: (text: string) => number
}

/** The command of the positional arguments. Throws USAGE, and URL_EXPECTED where a command takes one URL only. */
export function resolveCommand(positionals: readonly ByteString[], options: CommandOptions): Command {
  const word = findWord(positionals)
  const rest = positionals.slice(word === undefined ? 0 : 1)
  const age = isRemoval(word) ? readAge(word, rest.shift(), options) : undefined
  const expected = argumentCount(word)
  if (rest.length !== expected) throw commandLineError(`Expected ${expected} args, got ${rest.length}`)
  if (word === 'keys') return { command: word }
  const [first = '', second = ''] = rest.map((argument) =>
    argument.includes('://') ? argument : options.expand(argument),
  )
  if (word === 'replicate') {
    if (!isUrl(toText(first)) || !isUrl(toText(second)))
      throw commandLineError('Two URLs expected for replicate.')
    return { command: 'replicate', from: toText(first), url: toText(second) }
  }
  if (expected === 2) return withDirection(word, first, second)
  const url = onlyUrl(first)
  if (age !== undefined)
    return { command: 'remove', url, age, incrementsOnly: word === 'remove-all-inc-of-but-n-full' }
  return { command: simple.find((each) => each === word) ?? 'collection-status', url }
}

/** The command word, if the first argument is one. */
function findWord([first, ...rest]: readonly ByteString[]): Word | OwnWord | undefined {
  if (first === undefined) return undefined
  const known = Object.hasOwn(newer, first) ? newer[first] : undefined
  // A directory may have such a name in a command line of 0.8.22: then there is an argument less.
  if (known !== undefined && rest.length === argumentCount(known) + (isRemoval(known) ? 1 : 0)) return known
  const candidates = words.filter((each) => each.startsWith(first))
  if (candidates.length > 1) {
    const list = candidates.map((each) => quoted(each)).join(', ')
    throw commandLineError(`command ${quoted(first)} not unique, could be [${list}]`)
  }
  return candidates[0]
}

/** Arguments after the command word and after the time or count of a remove command. */
function argumentCount(word: Word | OwnWord | undefined): 0 | 1 | 2 {
  switch (word) {
    case 'keys':
      return 0
    case undefined:
    case 'backup':
    case 'full':
    case 'incremental':
    case 'restore':
    case 'verify':
    case 'replicate':
      return 2
    case 'check':
    case 'versions':
    case 'compare':
    case 'cleanup':
    case 'collection-status':
    case 'list-current-files':
    case 'remove-older-than':
    case 'remove-all-but-n-full':
    case 'remove-all-inc-of-but-n-full':
      return 1
  }
}

type Removal = 'remove-older-than' | 'remove-all-but-n-full' | 'remove-all-inc-of-but-n-full'

function isRemoval(word: Word | OwnWord | undefined): word is Removal {
  return word?.startsWith('remove-') === true
}

function readAge(word: Removal, amount: ByteString | undefined, { readTime }: CommandOptions): Age {
  if (word === 'remove-older-than') {
    if (amount === undefined) throw commandLineError(`Missing time string for ${word}`)
    return { kind: 'older-than', time: readTime(toText(amount)) }
  }
  if (amount === undefined) throw commandLineError(`Missing count for ${word}`)
  const count = Number(amount)
  if (!/^\s*\+?[0-9]+\s*$/.test(amount) || count <= 0) {
    throw commandLineError(`${word} count must be > 0`)
  }
  return { kind: 'but-n-full', count }
}

function onlyUrl(argument: ByteString): string {
  const url = toText(argument)
  if (isUrl(url)) return url
  throw new UserError('URL_EXPECTED', `Bad URL '${url}'.`, {
    hint: 'Give the destination as a URL, for example file:///srv/backup or sftp://user@host/backup.',
  })
}

/** Which of the two is the URL decides between backing up and restoring; the command must agree. */
function withDirection(word: Word | OwnWord | undefined, first: ByteString, second: ByteString): Command {
  const firstIsUrl = isUrl(toText(first))
  if (firstIsUrl && isUrl(toText(second))) {
    throw commandLineError('Two URLs specified.  One argument should be a path.')
  }
  if (!firstIsUrl && !isUrl(toText(second))) {
    throw commandLineError(
      'One of the arguments must be an URL.  For example sftp://user@host.net:1234/path or file:///usr/local.',
    )
  }
  if (firstIsUrl) {
    if (word === 'full' || word === 'incremental' || word === 'backup') {
      throw commandLineError(`${word} option cannot be used when restoring or verifying`)
    }
    const url = toText(first)
    return word === 'verify'
      ? { command: 'verify', url, directory: second }
      : { command: 'restore', url, target: second }
  }
  if (word === 'verify' || word === 'restore') {
    throw commandLineError(`${word} option cannot be used when backing up`)
  }
  const kind = word === 'full' || word === 'incremental' ? word : 'auto'
  return { command: 'backup', kind, source: first, url: toText(second) }
}
