/**
 * Names of repository files (docs/format.md §2): what a name says, and the name for what is to be said.
 *
 * A listing is data from outside: whatever is not surely ours is foreign, and nothing here throws.
 */
import { formatNameTime, formatOldTime, parseNameTime } from './name-time.ts'

/** How names are written; the prefixes and the separator also decide which names are recognised. */
export interface NameStyle {
  /** Before every name. */
  readonly prefix: string
  readonly prefixManifest: string
  /** Of volumes. */
  readonly prefixArchive: string
  readonly prefixSignature: string
  /** `short`: only short names are recognised; otherwise all are. `old`: long names with local times. */
  readonly form: 'long' | 'short' | 'old'
  /** What replaces `:` in old times. */
  readonly timeSeparator: string
}

export const defaultNames: NameStyle = {
  prefix: '',
  prefixManifest: '',
  prefixArchive: '',
  prefixSignature: '',
  form: 'long',
  timeSeparator: ':',
}

/** The form of a stored file, told by its name: raw, gzip, or an OpenPGP message. */
export type StoredForm = 'plain' | 'gz' | 'gpg'

/** What the name of a repository file says. */
export interface RepositoryName {
  readonly kind: 'volume' | 'manifest' | 'signatures'
  readonly type: 'full' | 'inc'
  /** Seconds since the epoch. */
  readonly start: number
  /** Equals `start` for a full. */
  readonly end: number
  /** From 1; 0 unless this is a volume. */
  readonly volume: number
  /** A file of a session that has not finished (`.part`); only in the archive directory. */
  readonly partial: boolean
  readonly form: StoredForm
}

type Kind = Pick<RepositoryName, 'kind' | 'type'>

/** One kind of name. Groups: start, end (incrementals), volume, partial. What follows the pattern must begin with a dot. */
interface Pattern extends Kind {
  readonly short: RegExp
  readonly long: RegExp
}

const PATTERNS: readonly Pattern[] = [
  {
    kind: 'volume',
    type: 'full',
    short: /^df\.(?<start>[0-9a-z]+)\.(?<volume>[0-9a-z]+)\.dt(?<partial>\.p)?(?:$|\.)/,
    long: /^duplicity-full\.(?<start>.+?)\.vol(?<volume>[0-9]+)\.difftar(?<partial>\.part)?(?:$|\.)/s,
  },
  {
    kind: 'manifest',
    type: 'full',
    short: /^df\.(?<start>[0-9a-z]+)\.m(?<partial>\.p)?(?:$|\.)/,
    long: /^duplicity-full\.(?<start>.+?)\.manifest(?<partial>\.part)?(?:$|\.)/s,
  },
  {
    kind: 'volume',
    type: 'inc',
    short: /^di\.(?<start>[0-9a-z]+)\.(?<end>[0-9a-z]+)\.(?<volume>[0-9a-z]+)\.dt(?:$|\.)/,
    long: /^duplicity-inc\.(?<start>.+?)\.to\.(?<end>.+?)\.vol(?<volume>[0-9]+)\.difftar(?:$|\.)/s,
  },
  {
    kind: 'manifest',
    type: 'inc',
    short: /^di\.(?<start>[0-9a-z]+)\.(?<end>[0-9a-z]+)\.m(?<partial>\.p)?(?:$|\.)/,
    long: /^duplicity-inc\.(?<start>.+?)\.to\.(?<end>.+?)\.manifest(?<partial>\.part)?(?:$|\.)/s,
  },
  {
    kind: 'signatures',
    type: 'full',
    short: /^dfs\.(?<start>[0-9a-z]+)\.st(?<partial>\.p)?(?:$|\.)/,
    long: /^duplicity-full-signatures\.(?<start>.+?)\.sigtar(?<partial>\.part)?(?:$|\.)/s,
  },
  {
    kind: 'signatures',
    type: 'inc',
    short: /^dns\.(?<start>[0-9a-z]+)\.(?<end>[0-9a-z]+)\.st(?<partial>\.p)?(?:$|\.)/,
    long: /^duplicity-new-signatures\.(?<start>.+?)\.to\.(?<end>.+?)\.sigtar(?<partial>\.part)?(?:$|\.)/s,
  },
]

/** Longer than any store allows; keeps the work on a hostile name small. */
const LONGEST = 4096

/** What a name says, or undefined if it is foreign. */
export function parseName(name: string, style: NameStyle): RepositoryName | undefined {
  if (name.length > LONGEST) return undefined
  for (const pattern of PATTERNS) {
    const prefix = prefixOf(pattern.kind, style)
    if (!name.startsWith(prefix)) continue
    const rest = name.slice(prefix.length)
    const short = pattern.short.exec(rest)
    const match = short ?? (style.form === 'short' ? null : pattern.long.exec(rest))
    if (match === null) continue
    const { start: first, end: last, volume: number, partial } = match.groups ?? {}
    const time = (text: string): number | undefined =>
      short === null ? parseNameTime(text, style.timeSeparator) : parseShort(text)
    const start = time(first ?? '')
    const end = last === undefined ? start : time(last)
    const volume = number === undefined ? 0 : short === null ? parseCount(number) : parseShort(number)
    if (start === undefined || end === undefined || volume === undefined) continue
    const { kind, type } = pattern
    return { kind, type, start, end, volume, partial: partial !== undefined, form: formOf(name, style) }
  }
  return undefined
}

/** The name for a file in the given style; `parseName` reads it back. */
export function formatName(file: RepositoryName, style: NameStyle): string {
  const prefix = prefixOf(file.kind, style)
  return prefix + (style.form === 'short' ? formatShortName(file) : formatLongName(file, style))
}

/** What may follow a file's kind: the mark of a partial file and the suffix of its form. */
const WHOLE =
  /\.(?:(?:difftar|manifest|sigtar)(?:\.part)?(?:\.gz|\.gpg|\.p7m)?|(?:dt|m|st)(?:\.p)?(?:\.z|\.g)?)$/

/**
 * Whether a recognised name ends as a writer ends it. duplicity takes anything after a dot for the same file
 * (`….difftar.gz.tmp`, `….difftar.gpg.par2`); it is what another program left there, never a backup file.
 */
export function isWholeName(name: string): boolean {
  return WHOLE.test(name)
}

/** A metadata file's name without one final `.g`, `.gpg`, `.z`, `.gz` or `.part`: what both copies of it share. */
export function baseName(name: string): string {
  return name.replace(/\.(?:g|gpg|z|gz|part)$/, '')
}

function formatLongName(file: RepositoryName, style: NameStyle): string {
  const time = (seconds: number): string =>
    style.form === 'old' ? formatOldTime(seconds, style.timeSeparator) : formatNameTime(seconds)
  const times = file.type === 'full' ? time(file.start) : `${time(file.start)}.to.${time(file.end)}`
  const suffix = (file.partial ? '.part' : '') + { plain: '', gz: '.gz', gpg: '.gpg' }[file.form]
  if (file.kind === 'signatures') {
    return `duplicity-${file.type === 'full' ? 'full' : 'new'}-signatures.${times}.sigtar${suffix}`
  }
  const what = file.kind === 'volume' ? `vol${file.volume}.difftar` : 'manifest'
  return `duplicity-${file.type}.${times}.${what}${suffix}`
}

function formatShortName(file: RepositoryName): string {
  const full = file.type === 'full'
  const times = full ? file.start.toString(36) : `${file.start.toString(36)}.${file.end.toString(36)}`
  const suffix = (file.partial ? '.p' : '') + { plain: '', gz: '.z', gpg: '.g' }[file.form]
  if (file.kind === 'signatures') return `${full ? 'dfs' : 'dns'}.${times}.st${suffix}`
  const what = file.kind === 'volume' ? `${file.volume.toString(36)}.dt` : 'm'
  return `${full ? 'df' : 'di'}.${times}.${what}${suffix}`
}

function prefixOf(kind: RepositoryName['kind'], style: NameStyle): string {
  switch (kind) {
    case 'volume':
      return style.prefix + style.prefixArchive
    case 'manifest':
      return style.prefix + style.prefixManifest
    case 'signatures':
      return style.prefix + style.prefixSignature
  }
}

function formOf(name: string, style: NameStyle): StoredForm {
  const long = style.form !== 'short'
  if (name.endsWith('.g') || (long && (name.endsWith('.gpg') || name.endsWith('.p7m')))) return 'gpg'
  return name.endsWith('.z') || (long && name.endsWith('gz')) ? 'gz' : 'plain'
}

/** A positive number in base 36. */
function parseShort(text: string): number | undefined {
  const value = Number.parseInt(text, 36)
  return value > 0 && value <= LARGEST ? value : undefined
}

function parseCount(text: string): number | undefined {
  const value = Number(text)
  return value > 0 && value <= LARGEST ? value : undefined
}

/** The last second of the year 9999. */
const LARGEST = 253_402_300_799
