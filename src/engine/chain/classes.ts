/** What every single file of both listings is: the stable classification that removal and check work from. */
import { type BackupSet, identityKey, type RepositoryFile } from './sets.ts'
import type { BuiltChains, BuiltSignatureChains } from './chains.ts'
import type { Aside, SortedListing } from './listing.ts'

/** What a file is. Every file of a listing is exactly one of these. */
export type FileClass =
  /** Manifest or volume of a set that is in a chain; in the archive directory: the cached manifest of any set. */
  | 'chain'
  /** Volume of a set without manifest. */
  | 'incomplete-set'
  /** Manifest or volume of an incremental that fits no chain. */
  | 'orphaned-set'
  /** Manifest or volume of an incremental that a longer one with the same start has displaced. */
  | 'displaced-set'
  /** Signature archive of a signature chain, and a set of the same times is there. */
  | 'signatures'
  /** Signature archive of a signature chain, but no manifest or volume of the same times is on the remote. */
  | 'setless-signatures'
  /** New signatures that fit no signature chain. */
  | 'orphaned-signatures'
  | Aside

export interface ClassifiedFile {
  readonly where: 'local' | 'remote'
  readonly name: string
  readonly class: FileClass
  /** The backup set that a manifest or volume on the remote belongs to. */
  readonly set?: BackupSet
  /** Of a duplicate: the name that stands. */
  readonly kept?: string
}

/** All files of both sides, remote first, each side sorted by name. */
export function classify(
  remote: SortedListing,
  local: SortedListing,
  built: BuiltChains,
  signatures: { readonly remote: BuiltSignatureChains; readonly local: BuiltSignatureChains },
): ClassifiedFile[] {
  const sets = classifySets(built)
  const times = new Set([...sets.values()].map(({ set }) => identityKey(set)))
  const side = (where: 'local' | 'remote', listing: SortedListing): ClassifiedFile[] => {
    const orphaned = new Set(signatures[where].orphaned)
    const used = listing.files.map((file): ClassifiedFile => {
      const { name, parsed } = file
      const belongs = sets.get(file)
      if (belongs !== undefined) return { where, name, ...belongs }
      if (parsed.kind !== 'signatures') return { where, name, class: 'chain' }
      if (orphaned.has(file)) return { where, name, class: 'orphaned-signatures' }
      return { where, name, class: times.has(identityKey(parsed)) ? 'signatures' : 'setless-signatures' }
    })
    const unused = listing.aside.map(({ name, why, kept }): ClassifiedFile => ({
      where,
      name,
      class: why,
      ...(kept !== undefined && { kept: kept.name }),
    }))
    return [...used, ...unused].sort((a, b) => (a.name < b.name ? -1 : 1))
  }
  return [...side('remote', remote), ...side('local', local)]
}

function classifySets(
  built: BuiltChains,
): Map<RepositoryFile, { readonly class: FileClass; readonly set: BackupSet }> {
  const classes = new Map<RepositoryFile, { class: FileClass; set: BackupSet }>()
  const add = (sets: readonly BackupSet[], kind: FileClass): void => {
    for (const set of sets) {
      const files = [...set.volumes.values(), ...(set.manifest === undefined ? [] : [set.manifest])]
      for (const file of files) classes.set(file, { class: kind, set })
    }
  }
  for (const { sets } of built.chains) add(sets, 'chain')
  add(built.incomplete, 'incomplete-set')
  add(built.orphaned, 'orphaned-set')
  add(built.displaced, 'displaced-set')
  return classes
}
