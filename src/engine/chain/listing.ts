/**
 * A listing, name by name: which are backup files, which of two names for one place stands, and what all the others are
 * (archive format §2.6). Every name gets exactly one answer, and none depends on the order of the listing.
 */
import { formatName, isWholeName, type NameStyle, parseName } from '../../format/filename.ts'
import type { RepositoryFile } from './sets.ts'

/** A name of a listing; its size in bytes where that is known. */
export interface ListedName {
  readonly name: string
  readonly size?: number | undefined
}

/** Why a name is no file of a backup set or signature chain. */
export type Aside =
  /** No name of ours. */
  | 'foreign'
  /** Begins as a backup file and ends otherwise: `….gz.tmp`, `….gpg.par2`. */
  | 'irregular'
  /** Of a session that runs or was interrupted: `….part`. */
  | 'partial'
  /** Zero bytes where that cannot be. */
  | 'empty'
  /** Another name stands for the same file. */
  | 'duplicate'
  /** A volume in the archive directory. */
  | 'misplaced'

/** One side, sorted into what is used and what is not. */
export interface SortedListing {
  /** At most one for each place, sorted by name. */
  readonly files: readonly RepositoryFile[]
  /** Sorted by name. */
  readonly aside: readonly { readonly name: string; readonly why: Aside; readonly kept?: RepositoryFile }[]
  /** Partial files, sorted by name. They stand in `aside` too. */
  readonly partial: readonly RepositoryFile[]
  /** The newest moment that a name of ours carries, partial files included; -1 where there is none. */
  readonly newest: number
}

/**
 * Sorts one side's listing. `replaced` says of a name whether another copy of its content is at hand, so that an empty
 * file may keep its place: the remote manifest that the archive directory holds too.
 */
export function sortListing(
  names: Iterable<ListedName>,
  style: NameStyle,
  where: 'local' | 'remote',
  replaced: (file: RepositoryFile) => boolean = () => false,
): SortedListing {
  const aside: { name: string; why: Aside; kept?: RepositoryFile }[] = []
  const places = new Map<string, RepositoryFile[]>()
  const partial: RepositoryFile[] = []
  let newest = -1
  for (const { name, size } of distinct(names)) {
    const parsed = parseName(name, style)
    if (parsed === undefined) {
      aside.push({ name, why: 'foreign' })
      continue
    }
    const file = { name, parsed }
    if (isWholeName(name)) newest = Math.max(newest, parsed.end)
    const why = asideBecause(file, size, where)
    if (why !== undefined && !(why === 'empty' && replaced(file))) {
      aside.push({ name, why })
      if (why === 'partial') partial.push(file)
      continue
    }
    const place = `${parsed.kind} ${parsed.type} ${parsed.start} ${parsed.end} ${parsed.volume}`
    places.set(place, [...(places.get(place) ?? []), file])
  }
  const files: RepositoryFile[] = []
  const disputed: RepositoryFile[][] = []
  for (const claims of places.values()) {
    const [only] = claims
    if (claims.length > 1) disputed.push(claims)
    else if (only !== undefined) files.push(only)
  }
  const usual = usualForms(files, where)
  for (const claims of disputed) {
    const [kept, ...others] = claims
      .map((file) => ({ name: rank(file, style, usual), file }))
      .sort(byName)
      .map(({ file }) => file)
    if (kept === undefined) continue
    files.push(kept)
    for (const { name } of others) aside.push({ name, why: 'duplicate', kept })
  }
  return { files: files.sort(byName), aside: aside.sort(byName), partial: partial.sort(byName), newest }
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1
}

/** Each name once, with the largest size told of it. */
function distinct(names: Iterable<ListedName>): Iterable<ListedName> {
  const found = new Map<string, ListedName>()
  for (const entry of names) {
    const { name, size } = entry
    const before = found.get(name)?.size
    found.set(name, { name, size: before === undefined ? size : Math.max(before, size ?? 0) })
  }
  return found.values()
}

function asideBecause(
  { name, parsed }: RepositoryFile,
  size: number | undefined,
  where: 'local' | 'remote',
): Aside | undefined {
  if (!isWholeName(name)) return 'irregular'
  if (parsed.partial) return 'partial'
  if (where === 'local' && parsed.kind === 'volume') return 'misplaced'
  // An uncompressed volume without members is a tar archive of zero bytes; nothing else can be empty.
  if (size === 0 && !(parsed.kind === 'volume' && parsed.form === 'plain')) return 'empty'
  return undefined
}

type UsualForm = (file: RepositoryFile) => number

/** How unusual a file's form is on this side, from 0: other than most undisputed files are, encrypted or not and of its kind. */
function usualForms(undisputed: readonly RepositoryFile[], where: 'local' | 'remote'): UsualForm {
  const counts = new Map<string, number>()
  const countOf = (key: string): number => counts.get(key) ?? 0
  for (const { parsed } of undisputed) {
    for (const key of [parsed.form, parsed.kind, `${parsed.kind} ${parsed.form}`])
      counts.set(key, countOf(key) + 1)
  }
  const encrypted = where === 'remote' && countOf('gpg') >= undisputed.length - countOf('gpg')
  return ({ parsed: { kind, form } }) => {
    const common = countOf(`${kind} ${form}`) > countOf(kind) / 2
    const usual = form === (encrypted ? 'gpg' : kind === 'manifest' ? 'plain' : 'gz')
    return ((form === 'gpg') === encrypted ? 0 : 4) + (common ? 0 : 2) + (usual ? 0 : 1)
  }
}

/**
 * Of two files that claim one place the one whose name is exactly as we would write it wins, then one that is so in
 * another style of names, then one of the form that the undisputed files of this side have (encrypted where there are as
 * many of either), then the first in byte order.
 */
function rank({ name, parsed }: RepositoryFile, style: NameStyle, usual: UsualForm): string {
  const styles = [style.form, 'long', 'short', 'old'] as const
  const canonical = styles.findIndex((form) => formatName(parsed, { ...style, form }) === name)
  return `${canonical === -1 ? 9 : canonical}${usual({ name, parsed })}${name}`
}
