/**
 * All files of a repository, in both places, by the set they belong to. Beside the collection, which has one file for each
 * place in a chain, it knows doubled, empty and unfinished ones: whoever deletes a set deletes them too.
 */
import type { NameStyle } from '../../format/filename.ts'
import { type Collection, readCollection } from '../chain/collection.ts'
import type { ListedName } from '../chain/listing.ts'
import { type BackupSet, parseListing, type RepositoryFile } from '../chain/sets.ts'

export interface Inventory {
  readonly collection: Collection
  readonly remote: readonly RepositoryFile[]
  readonly local: readonly RepositoryFile[]
  /** Remote names that are none of ours under the prefixes in force. */
  readonly foreign: readonly string[]
  /** The listing of the archive directory as it came. */
  readonly localListing: readonly ListedName[]
  readonly style: NameStyle
}

/** Classifies two listings. Never throws. */
export function takeInventory(
  remoteListing: readonly ListedName[],
  localListing: readonly ListedName[],
  style: NameStyle,
): Inventory {
  const names = remoteListing.map(({ name }) => name)
  const remote = parseListing(names, style)
  const known = new Set(remote.map(({ name }) => name))
  return {
    collection: readCollection(remoteListing, localListing, style),
    remote,
    local: parseListing(
      localListing.map(({ name }) => name),
      style,
    ),
    foreign: names.filter((name) => !known.has(name)),
    localListing,
    style,
  }
}

type Times = Pick<BackupSet, 'type' | 'start' | 'end'>

/** Identity of a set. Two sets may end in the same second: only the type and both times tell them apart. */
export function setKey({ type, start, end }: Times): string {
  return `${type} ${start} ${end}`
}

/**
 * The remote files of a set in the order of deletion: the manifest first, because without it nobody takes the set for
 * complete, then the volumes from the highest number down. Two names for one volume both count.
 */
export function filesOfSet({ remote }: Inventory, set: Times): string[] {
  const key = setKey(set)
  return remote
    .filter(({ parsed }) => !parsed.partial && parsed.kind !== 'signatures' && setKey(parsed) === key)
    .sort((a, b) => rank(b) - rank(a) || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name)
}

function rank({ parsed }: RepositoryFile): number {
  return parsed.kind === 'manifest' ? Number.MAX_SAFE_INTEGER : parsed.volume
}

/** The names under which a place holds the signatures of a set. */
export function signaturesOf(inventory: Inventory, where: 'local' | 'remote', set: Times): string[] {
  const key = setKey(set)
  return inventory[where]
    .filter(({ parsed }) => parsed.kind === 'signatures' && !parsed.partial && setKey(parsed) === key)
    .map(({ name }) => name)
}

/**
 * The signature archives of a place by their names, one for each place of a name: empty ones too, which nobody reads and
 * behind which the chain goes on all the same, as for duplicity.
 */
export function signatureArchives(
  { collection, style }: Inventory,
  where: 'local' | 'remote',
): RepositoryFile[] {
  const isArchive = ({ parsed }: RepositoryFile): boolean => parsed.kind === 'signatures' && !parsed.partial
  const empty = collection.classes.filter((file) => file.where === where && file.class === 'empty')
  const byPlace = new Map<string, RepositoryFile>()
  const named = parseListing(
    empty.map(({ name }) => name),
    style,
  )
  for (const file of [...collection[where], ...named].filter(isArchive)) {
    const key = setKey(file.parsed)
    if (!byPlace.has(key)) byPlace.set(key, file)
  }
  return [...byPlace.values()]
}

/** Names in the archive directory of a set's manifest, also where a session left it unfinished. */
export function cachedManifestsOf({ local }: Inventory, set: Times): string[] {
  const key = setKey(set)
  return local
    .filter(({ parsed }) => parsed.kind === 'manifest' && setKey(parsed) === key)
    .map(({ name }) => name)
}
