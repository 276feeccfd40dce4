/** Which chain and which sets stand for a moment (archive format §9.6). */
import type { BackupChain, SignatureChain } from './chains.ts'
import type { BackupSet, RepositoryFile } from './sets.ts'

/**
 * The chain for a moment: the one that spans it, else the last that ended before, else the first. Undefined where
 * there is none. Chains must be sorted by end.
 */
export function chainAt<T extends { readonly start: number; readonly end: number }>(
  chains: readonly T[],
  time: number,
): T | undefined {
  const spanning = chains.filter(({ start, end }) => start <= time && time <= end)
  return spanning.at(-1) ?? chains.filter(({ end }) => end < time).at(-1) ?? chains[0]
}

/** The full set of a chain and its incrementals that ended by a moment. */
export function setsAt(chain: BackupChain, time: number): BackupSet[] {
  return chain.sets.filter((set, index) => index === 0 || set.end <= time)
}

/** The signature archives of a chain that ended by a moment; the full signatures always. */
export function signaturesAt(chain: SignatureChain, time: number): RepositoryFile[] {
  return chain.files.filter(({ parsed }, index) => index === 0 || parsed.end <= time)
}
