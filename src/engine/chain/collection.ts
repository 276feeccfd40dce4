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
  /**
   * What an incremental builds on: the newest backup chain, without a last set that has lost its signatures, and the
   * signatures that end where it ends.
   */
  readonly primary: { readonly chain: BackupChain; readonly signatures: SignatureChain } | undefined
  /**
   * The last set of the newest chain where only its signatures lack. It stays in `chains`, because no restore needs
   * signatures; duplicity takes it off and counts it as incomplete (archive format §9.5), and so does `summarizeCollection`.
   */
  readonly unsigned: BackupSet | undefined
  readonly orphanedSets: readonly BackupSet[]
  /** Sets without manifest. */
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
  for (const where of ['local', 'remote'] as const) {
    const names = signatures[where].orphaned.map(({ name }) => name)
    if (names.length > 0) warnings.push({ kind: 'orphaned-signatures', where, names })
  }
  if (signatureChains.length > 0 && matched.primary === undefined)
    warnings.push({ kind: 'unmatched-signatures' })
  warnings.push(
    ...setWarnings(built, { interrupted, unsigned: matched.unsigned }),
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
    unsigned: matched.unsigned,
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
  { interrupted, unsigned }: { interrupted: ReadonlySet<string>; unsigned: BackupSet | undefined },
): CollectionWarning[] {
  const warnings: CollectionWarning[] = []
  // What an interrupted session of this archive directory left is no cause for alarm: the next backup goes on with it.
  const left = incomplete.filter((set) => !interrupted.has(identityKey(set)))
  if (unsigned !== undefined) left.push(unsigned)
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

type Matched = Pick<Collection, 'primary' | 'unsigned'>

/** Archive format §9.5: without a last set that has no signatures, as duplicity does, where those before it are there. */
function matchSignatures(
  chains: readonly BackupChain[],
  signatureChains: readonly SignatureChain[],
  warn: (warning: CollectionWarning) => void,
): Matched {
  const chain = chains.at(-1)
  if (chain === undefined) return { primary: undefined, unsigned: undefined }
  for (const signatures of [...signatureChains].reverse()) {
    if (signatures.end === chain.end) return { primary: { chain, signatures }, unsigned: undefined }
    const previous = chain.sets.at(-2)
    if (previous?.type === 'inc' && signatures.end === previous.end) {
      warn({ kind: 'discarding-last-set' })
      const signed = { start: chain.start, end: previous.end, sets: chain.sets.slice(0, -1) }
      return { primary: { chain: signed, signatures }, unsigned: chain.sets.at(-1) }
    }
  }
  return { primary: undefined, unsigned: undefined }
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
    secondary: collection.chains.filter(({ start }) => start !== primary?.start).map(toSummary),
    primary: primary === undefined ? undefined : toSummary(primary),
    orphanedSets: collection.orphanedSets.length,
    incompleteSets: collection.incompleteSets.length + (collection.unsigned === undefined ? 0 : 1),
  }
}
