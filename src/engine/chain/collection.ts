/**
 * The state of a repository, from two listings: backup chains, signature chains, which of them match, and what
 * belongs to nothing (archive format §9).
 */
import type { NameStyle } from '../../format/filename.ts'
import type { CollectionSummary, CollectionWarning } from '../events.ts'
import { type BackupChain, buildChains, buildSignatureChains, type SignatureChain } from './chains.ts'
import { type BackupSet, filesOf, groupSets, parseListing, type RepositoryFile, summarize } from './sets.ts'

export interface Collection {
  readonly remote: readonly RepositoryFile[]
  readonly local: readonly RepositoryFile[]
  /** Sorted by end time. */
  readonly chains: readonly BackupChain[]
  /** Sorted by end time, for equal ends remote before local. */
  readonly signatureChains: readonly SignatureChain[]
  /** The newest backup chain with the signatures that end where it ends. */
  readonly primary: { readonly chain: BackupChain; readonly signatures: SignatureChain } | undefined
  readonly orphanedSets: readonly BackupSet[]
  readonly incompleteSets: readonly BackupSet[]
  readonly warnings: readonly CollectionWarning[]
}

/** Reads two listings (names only). Never throws: whatever the names are, they are classified. */
export function readCollection(
  remoteNames: Iterable<string>,
  localNames: Iterable<string>,
  style: NameStyle,
): Collection {
  const warnings: CollectionWarning[] = []
  const remote = parseListing(remoteNames, style)
  const local = parseListing(localNames, style)
  const { chains, orphaned, incomplete } = buildChains(groupSets(remote, style, (w) => warnings.push(w)))
  const localSignatures = buildSignatureChains(local, 'local')
  const remoteSignatures = buildSignatureChains(remote, 'remote')
  const signatureChains = [...remoteSignatures.chains, ...localSignatures.chains].sort(
    (a, b) => a.end - b.end,
  )
  const matched = matchSignatures(chains, signatureChains, (w) => warnings.push(w))
  const incompleteSets = matched.discarded === undefined ? incomplete : [...incomplete, matched.discarded]
  const orphanedNames = (where: 'local' | 'remote', files: readonly RepositoryFile[]): void => {
    if (files.length > 0)
      warnings.push({ kind: 'orphaned-signatures', where, names: files.map(({ name }) => name) })
  }
  orphanedNames('local', localSignatures.orphaned)
  orphanedNames('remote', remoteSignatures.orphaned)
  if (signatureChains.length > 0 && matched.primary === undefined)
    warnings.push({ kind: 'unmatched-signatures' })
  if (incompleteSets.length > 0) warnings.push({ kind: 'incomplete-sets', sets: incompleteSets.map(filesOf) })
  if (orphaned.length > 0) warnings.push({ kind: 'orphaned-sets', sets: orphaned.map(filesOf) })
  return {
    remote,
    local,
    chains,
    signatureChains,
    primary: matched.primary,
    orphanedSets: orphaned,
    incompleteSets,
    warnings,
  }
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

/** The newest moment that any file name of the repository carries; -1 where there is none. */
export function newestTime(collection: Collection): number {
  return [...collection.remote, ...collection.local].reduce(
    (newest, { parsed }) => Math.max(newest, parsed.end),
    -1,
  )
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
