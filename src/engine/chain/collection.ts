/**
 * The state of a repository, from two listings: backup chains, signature chains, which of them match, and what
 * belongs to nothing (archive format §9).
 */
import { baseName, type NameStyle } from '../../format/filename.ts'
import type { CollectionSummary, CollectionWarning } from '../events.ts'
import {
  type BackupChain,
  type BuiltChains,
  buildChains,
  buildSignatureChains,
  type SignatureChain,
} from './chains.ts'
import { type ClassifiedFile, classify } from './classes.ts'
import { type Aside, type ListedName, type SortedListing, sortListing } from './listing.ts'
import {
  type BackupSet,
  filesOf,
  groupSets,
  identityKey,
  missingVolumes,
  type RepositoryFile,
  summarize,
} from './sets.ts'

export interface Collection {
  /** The remote's listing as it came. */
  readonly listing: readonly ListedName[]
  /** The files of sets and signature chains, one for each place; sorted by name. */
  readonly remote: readonly RepositoryFile[]
  /** The same of the archive directory, and the partial files of an interrupted session. */
  readonly local: readonly RepositoryFile[]
  /** Sorted by end time. */
  readonly chains: readonly BackupChain[]
  /** Sorted by end time, for equal ends remote before local. */
  readonly signatureChains: readonly SignatureChain[]
  /** The newest backup chain with the signatures that end where it ends. */
  readonly primary: { readonly chain: BackupChain; readonly signatures: SignatureChain } | undefined
  readonly orphanedSets: readonly BackupSet[]
  readonly incompleteSets: readonly BackupSet[]
  /** Incrementals that a longer one with the same start has displaced; duplicity counts them nowhere. */
  readonly displacedSets: readonly BackupSet[]
  /** Every file of both listings with what it is. */
  readonly classes: readonly ClassifiedFile[]
  /** The newest moment that any file name of ours carries; -1 where there is none. */
  readonly newest: number
  readonly warnings: readonly CollectionWarning[]
}

/**
 * Reads two listings: names, with sizes where they are known. Never throws: whatever the names are, they are classified,
 * and their order does not matter.
 */
export function readCollection(
  remoteNames: Iterable<string | ListedName>,
  localNames: Iterable<string | ListedName>,
  style: NameStyle,
): Collection {
  const warnings: CollectionWarning[] = []
  const listing = withSizes(remoteNames)
  const local = sortListing(withSizes(localNames), style, 'local')
  const cached = new Set(local.files.map(({ name }) => baseName(name)))
  const remote = sortListing(listing, style, 'remote', ({ name }) => cached.has(baseName(name)))
  const built = buildChains(groupSets(remote.files.filter(({ parsed }) => parsed.kind !== 'signatures')))
  const interrupted = new Set(local.partial.map(({ parsed }) => identityKey(parsed)))
  const unfinished = unfinishedSets(built, interrupted)
  const signaturesOf = ({ files }: SortedListing): RepositoryFile[] =>
    files.filter(({ parsed }) => parsed.kind === 'signatures' && !unfinished.has(identityKey(parsed)))
  const signatures = {
    remote: buildSignatureChains(signaturesOf(remote), 'remote', built.chains),
    local: buildSignatureChains(signaturesOf(local), 'local', built.chains),
  }
  const signatureChains = [...signatures.remote.chains, ...signatures.local.chains].sort(
    (a, b) => a.end - b.end,
  )
  const matched = matchSignatures(built.chains, signatureChains, (w) => warnings.push(w))
  if (matched.discarded !== undefined) built.incomplete.push(matched.discarded)
  for (const where of ['local', 'remote'] as const) {
    const names = signatures[where].orphaned.map(({ name }) => name)
    if (names.length > 0) warnings.push({ kind: 'orphaned-signatures', where, names })
  }
  if (signatureChains.length > 0 && matched.primary === undefined)
    warnings.push({ kind: 'unmatched-signatures' })
  warnings.push(
    ...setWarnings(built, interrupted),
    ...nameWarnings('remote', remote),
    ...nameWarnings('local', local),
  )
  return {
    listing,
    remote: remote.files,
    local: [...local.files, ...local.partial],
    chains: built.chains,
    signatureChains,
    primary: matched.primary,
    orphanedSets: built.orphaned,
    incompleteSets: built.incomplete,
    displacedSets: built.displaced,
    classes: classify(remote, local, built, signatures),
    newest: Math.max(remote.newest, local.newest),
    warnings,
  }
}

function withSizes(names: Iterable<string | ListedName>): ListedName[] {
  return [...names].map((entry) => (typeof entry === 'string' ? { name: entry } : entry))
}

/**
 * The sets whose signatures may be there while their manifest, the commit record, is not: they extend no chain of
 * signatures.
 */
function unfinishedSets(
  { chains, incomplete, orphaned, displaced }: BuiltChains,
  interrupted: ReadonlySet<string>,
): ReadonlySet<string> {
  const complete = [...chains.flatMap(({ sets }) => sets), ...orphaned, ...displaced]
  const finished = new Set(complete.map(identityKey))
  const started = [...interrupted].filter((key) => !finished.has(key))
  return new Set([...incomplete.map(identityKey), ...started])
}

function setWarnings(
  { chains, incomplete, orphaned, displaced }: BuiltChains,
  interrupted: ReadonlySet<string>,
): CollectionWarning[] {
  const warnings: CollectionWarning[] = []
  // What an interrupted session of this archive directory left is no cause for alarm: the next backup goes on with it.
  const left = incomplete.filter((set) => !interrupted.has(identityKey(set)))
  if (left.length > 0) warnings.push({ kind: 'incomplete-sets', sets: left.map(filesOf) })
  if (orphaned.length > 0) warnings.push({ kind: 'orphaned-sets', sets: orphaned.map(filesOf) })
  if (displaced.length > 0) warnings.push({ kind: 'displaced-sets', sets: displaced.map(filesOf) })
  for (const set of chains.flatMap(({ sets }) => sets)) {
    const volumes = missingVolumes(set)
    if (volumes.length > 0) warnings.push({ kind: 'missing-volumes', set: set.manifest?.name ?? '', volumes })
  }
  return warnings
}

function nameWarnings(where: 'local' | 'remote', { aside }: SortedListing): CollectionWarning[] {
  const warnings: CollectionWarning[] = []
  for (const { name, kept } of aside) {
    if (kept !== undefined) warnings.push({ kind: 'duplicate-file', name, kept: kept.name })
  }
  const named = (reason: Aside): string[] => aside.filter(({ why }) => why === reason).map(({ name }) => name)
  const irregular = named('irregular')
  if (irregular.length > 0) warnings.push({ kind: 'irregular-names', where, names: irregular })
  const empty = named('empty')
  if (empty.length > 0) warnings.push({ kind: 'empty-files', where, names: empty })
  const partial = where === 'remote' ? named('partial') : []
  if (partial.length > 0) warnings.push({ kind: 'remote-partials', names: partial })
  return warnings
}

interface Matched {
  primary: Collection['primary']
  /** A last set that has no signatures and was taken off its chain. */
  discarded: BackupSet | undefined
}

/** Archive format §9.5. May take the last set off the newest chain, as duplicity does, when only its signatures lack. */
function matchSignatures(
  chains: readonly BackupChain[],
  signatureChains: readonly SignatureChain[],
  warn: (warning: CollectionWarning) => void,
): Matched {
  const chain = chains.at(-1)
  if (chain === undefined) return { primary: undefined, discarded: undefined }
  for (const signatures of [...signatureChains].reverse()) {
    if (signatures.end === chain.end) return { primary: { chain, signatures }, discarded: undefined }
    const previous = chain.sets.at(-2)
    if (previous?.type === 'inc' && signatures.end === previous.end) {
      const discarded = chain.sets.pop()
      chain.end = previous.end
      warn({ kind: 'discarding-last-set' })
      return { primary: { chain, signatures }, discarded }
    }
  }
  return { primary: undefined, discarded: undefined }
}

/** Start of the newest full set; undefined where there is none. */
export function lastFullTime(collection: Collection): number | undefined {
  return collection.chains.length === 0 ? undefined : Math.max(...collection.chains.map(({ start }) => start))
}

/** The collection as `collection-status` shows it. */
export function summarizeCollection(collection: Collection, archiveDir: string): CollectionSummary {
  const toSummary = (chain: BackupChain): CollectionSummary['secondary'][number] => ({
    start: chain.start,
    end: chain.end,
    sets: chain.sets.map(summarize),
  })
  const primary = collection.primary?.chain
  return {
    archiveDir,
    secondary: collection.chains.filter((chain) => chain !== primary).map(toSummary),
    primary: primary === undefined ? undefined : toSummary(primary),
    orphanedSets: collection.orphanedSets.length,
    incompleteSets: collection.incompleteSets.length,
  }
}
