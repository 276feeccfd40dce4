/**
 * Chains: a full set and the incrementals after it, and the same for signature archives (archive format §9.3, §9.4).
 */
import type { BackupSet, RepositoryFile } from './sets.ts'

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
}

/** Builds chains of complete sets. Incrementals that fit nowhere are orphaned, sets without manifest incomplete. */
export function buildChains(sets: readonly BackupSet[]): BuiltChains {
  const complete = sets.filter((set) => set.manifest !== undefined)
  const incomplete = sets.filter((set) => set.manifest === undefined)
  const chains: BackupChain[] = []
  const orphaned: BackupSet[] = []
  complete.sort(
    (a, b) => a.end - b.end || (a.type === b.type ? a.start - b.start : a.type === 'full' ? -1 : 1),
  )
  for (const set of complete) {
    if (set.type === 'full') chains.push({ start: set.end, end: set.end, sets: [set] })
    else if (!appendIncremental(chains, set)) orphaned.push(set)
  }
  chains.sort((a, b) => a.end - b.end)
  return { chains, orphaned, incomplete }
}

function appendIncremental(chains: readonly BackupChain[], set: BackupSet): boolean {
  for (const chain of chains) {
    const last = chain.sets.at(-1)
    // duplicity prefers the longer of two incrementals with one start; the other is then in no list (§9.3).
    const replaces = last?.type === 'inc' && last.start === set.start && last.end < set.end
    if (chain.end !== set.start && !replaces) continue
    if (replaces) chain.sets.pop()
    chain.sets.push(set)
    chain.end = set.end
    return true
  }
  return false
}

export interface BuiltSignatureChains {
  readonly chains: SignatureChain[]
  readonly orphaned: RepositoryFile[]
}

/** Builds the signature chains of one place. Partial files do not count. */
export function buildSignatureChains(
  files: readonly RepositoryFile[],
  where: 'local' | 'remote',
): BuiltSignatureChains {
  const signatures = uniqueByTimes(
    files.filter(({ parsed }) => parsed.kind === 'signatures' && !parsed.partial),
  )
  const chains: SignatureChain[] = signatures
    .filter(({ parsed }) => parsed.type === 'full')
    .map((file) => ({ where, start: file.parsed.end, end: file.parsed.end, files: [file] }))
  const orphaned: RepositoryFile[] = []
  const increments = signatures.filter(({ parsed }) => parsed.type === 'inc')
  increments.sort((a, b) => a.parsed.start - b.parsed.start || a.parsed.end - b.parsed.end)
  for (const file of increments) {
    const chain = chains.find(({ end }) => end === file.parsed.start)
    if (chain === undefined) orphaned.push(file)
    else {
      chain.files.push(file)
      chain.end = file.parsed.end
    }
  }
  return { chains, orphaned }
}

function uniqueByTimes(files: readonly RepositoryFile[]): RepositoryFile[] {
  const seen = new Map<string, RepositoryFile>()
  for (const file of files) {
    const key = `${file.parsed.type} ${file.parsed.start} ${file.parsed.end}`
    const other = seen.get(key)
    if (other === undefined || file.name.length < other.name.length) seen.set(key, file)
  }
  return [...seen.values()]
}
