/**
 * Plaintext beside ciphertext: whoever can write to the destination can put files there that are not encrypted, and
 * nothing shows who made them. So once a repository has encrypted backups, what comes after them must be encrypted too,
 * unless the operator says otherwise. A plain full with encrypted incrementals is somebody who began to encrypt; it has
 * no signature, though, and where one is demanded no plain set is used at all.
 */
import type { BackupChain } from './chains.ts'
import type { BackupSet, RepositoryFile } from './sets.ts'

export interface Trusted {
  /** Sorted by end time. */
  readonly chains: readonly BackupChain[]
  /** Sets that are not used: not encrypted and behind encrypted ones, and what builds on them. */
  readonly refused: readonly BackupSet[]
}

/**
 * The chains without what is a step back from encryption; `signed`: without all that is not encrypted. `chains` must be
 * sorted by end time.
 */
export function withoutDowngrades(chains: readonly BackupChain[], signed: boolean): Trusted {
  const trusted: BackupChain[] = []
  const refused: BackupSet[] = []
  let earliest = signed ? -Infinity : Infinity
  for (const { sets } of chains) {
    const first = sets.find(isEncrypted)
    if (first !== undefined) earliest = Math.min(earliest, first.end)
  }
  for (const chain of chains) {
    const cut = chain.sets.findIndex((set) => isMixed(set) || (!isEncrypted(set) && set.end > earliest))
    const sets = cut === -1 ? chain.sets : chain.sets.slice(0, cut)
    refused.push(...chain.sets.slice(sets.length))
    const last = sets.at(-1)
    if (last !== undefined) trusted.push({ start: chain.start, end: last.end, sets: [...sets] })
  }
  trusted.sort((a, b) => a.end - b.end || a.start - b.start)
  return { chains: trusted, refused }
}

function isEncrypted({ manifest }: BackupSet): boolean {
  return manifest?.parsed.form === 'gpg'
}

/** Whether the manifest is not encrypted and a volume is: the manifest was put in the place of another. */
function isMixed(set: BackupSet): boolean {
  return !isEncrypted(set) && [...set.volumes.values()].some(({ parsed }) => parsed.form === 'gpg')
}

/**
 * Manifests and signature archives that are not to be used: signature archives that are not encrypted although the
 * manifest of their set is; `signed`: everything that is not encrypted.
 */
export function plainMetadata(remote: readonly RepositoryFile[], signed: boolean): Set<RepositoryFile> {
  if (signed) return new Set(remote.filter(({ parsed }) => parsed.kind !== 'volume' && parsed.form !== 'gpg'))
  const timesOf = ({ parsed: { type, start, end } }: RepositoryFile): string => `${type} ${start} ${end}`
  const encrypted = new Set(
    remote.filter(({ parsed }) => parsed.kind === 'manifest' && parsed.form === 'gpg').map(timesOf),
  )
  return new Set(
    remote.filter(
      (file) =>
        file.parsed.kind === 'signatures' && file.parsed.form !== 'gpg' && encrypted.has(timesOf(file)),
    ),
  )
}
