/**
 * Chains: a full set and the incrementals after it, and the same for signature archives (archive format §9.3, §9.4).
 */
import { type BackupSet, identityKey, type RepositoryFile } from './sets.ts'

export interface BackupChain {
  readonly start: number
  end: number
  /** Full first, then incrementals in time order. */
  readonly sets: BackupSet[]
}

export interface SignatureChain {
  readonly where: 'local' | 'remote'
  readonly start: number
  end: number
  /** Full signatures first, then new signatures in time order. */
  readonly files: RepositoryFile[]
}

export interface BuiltChains {
  /** Sorted by end time. */
  readonly chains: BackupChain[]
  readonly orphaned: BackupSet[]
  readonly incomplete: BackupSet[]
  /** Incrementals whose place a longer one with the same start has taken. */
  readonly displaced: BackupSet[]
}

/**
 * Builds chains of complete sets, which come in the order of `groupSets`. Incrementals that fit nowhere are orphaned,
 * sets without manifest incomplete.
 */
export function buildChains(sets: readonly BackupSet[]): BuiltChains {
  const built: BuiltChains = { chains: [], orphaned: [], incomplete: [], displaced: [] }
  for (const set of sets) {
    if (set.manifest === undefined) built.incomplete.push(set)
    else if (set.type === 'full') built.chains.push({ start: set.end, end: set.end, sets: [set] })
    else appendIncremental(built, set)
  }
  built.chains.sort((a, b) => a.end - b.end || a.start - b.start)
  return built
}

/** Those of the files that belong to a set of the chain: volumes, manifests and signatures. */
export function filesOfChain(
  files: readonly RepositoryFile[],
  { sets }: Pick<BackupChain, 'sets'>,
): RepositoryFile[] {
  const keys = new Set(sets.map(identityKey))
  return files.filter(({ parsed }) => keys.has(identityKey(parsed)))
}

function appendIncremental({ chains, orphaned, displaced }: BuiltChains, set: BackupSet): void {
  for (const chain of chains) {
    const last = chain.sets.at(-1)
    // duplicity prefers the longer of two incrementals with one start; the other is then in no list (§9.3).
    const replaces = last?.type === 'inc' && last.start === set.start && last.end < set.end
    if (chain.end !== set.start && !replaces) continue
    if (replaces) displaced.push(last)
    if (replaces) chain.sets.pop()
    chain.sets.push(set)
    chain.end = set.end
    return
  }
  orphaned.push(set)
}

export interface BuiltSignatureChains {
  /** Sorted by end time. */
  readonly chains: SignatureChain[]
  readonly orphaned: RepositoryFile[]
}

/**
 * Builds the signature chains of one place from its signature archives, one for each place of a name. Of new signatures
 * with one start those of a set that is in a chain come first, then the longer: duplicity takes them as they are listed.
 */
export function buildSignatureChains(
  files: readonly RepositoryFile[],
  where: 'local' | 'remote',
  backups: readonly BackupChain[],
): BuiltSignatureChains {
  const ends = new Set(backups.flatMap(({ sets }) => sets).map(({ start, end }) => `${start} ${end}`))
  const backed = ({ parsed }: RepositoryFile): number => (ends.has(`${parsed.start} ${parsed.end}`) ? 0 : 1)
  const chains: SignatureChain[] = files
    .filter(({ parsed }) => parsed.type === 'full')
    .map((file) => ({ where, start: file.parsed.end, end: file.parsed.end, files: [file] }))
    .sort((a, b) => a.end - b.end)
  const orphaned: RepositoryFile[] = []
  const increments = files.filter(({ parsed }) => parsed.type === 'inc')
  increments.sort(
    (a, b) => a.parsed.start - b.parsed.start || backed(a) - backed(b) || b.parsed.end - a.parsed.end,
  )
  for (const file of increments) {
    const { start, end: until } = file.parsed
    const chain = until < start ? undefined : chains.find(({ end }) => end === start)
    if (chain === undefined) orphaned.push(file)
    else {
      chain.files.push(file)
      chain.end = until
    }
  }
  chains.sort((a, b) => a.end - b.end || a.start - b.start)
  return { chains, orphaned }
}

/**
 * Signature chains up to the first archive that is not usable, sorted by end, for equal ends remote before local. A chain
 * whose full signatures are not is left out.
 */
export function cutSignatures(
  chains: readonly SignatureChain[],
  usable: (file: RepositoryFile, where: SignatureChain['where']) => boolean,
): SignatureChain[] {
  const kept = chains.flatMap((chain): SignatureChain[] => {
    const cut = chain.files.findIndex((file) => !usable(file, chain.where))
    const files = cut === -1 ? chain.files : chain.files.slice(0, cut)
    const last = files.at(-1)
    return last === undefined ? [] : [{ ...chain, files, end: last.parsed.end }]
  })
  const side = ({ where }: SignatureChain): number => (where === 'remote' ? 0 : 1)
  return kept.sort((a, b) => a.end - b.end || side(a) - side(b))
}
