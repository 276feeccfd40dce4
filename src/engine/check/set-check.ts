/** A backup set under examination: its files, what was found, and what later steps need to know of it. */
import { formatMoment } from '../../format/time.ts'
import type { Manifest } from '../../format/manifest.ts'
import type { Collection } from '../chain/collection.ts'
import type { BackupSet, RepositoryFile } from '../chain/sets.ts'
import { Findings } from './findings.ts'

/** Where a set stands. `unfinished`: it has no manifest. */
export type Place = 'chain' | 'orphaned' | 'displaced' | 'unfinished'

export interface SetCheck {
  readonly set: BackupSet
  readonly place: Place
  readonly findings: Findings
  /** The set it builds on. */
  readonly base: SetCheck | undefined
  readonly signatures: RepositoryFile | undefined
  /** That of the remote, else of the archive directory; undefined where neither could be read. */
  manifest: Manifest | undefined
  /** Fingerprint of the paths in the signature archive; undefined where that was not read. */
  members: string | undefined
  /** Volumes of which every byte was read. */
  read: number
}

/** Every backup set of the remote, oldest first; a set comes after the one it builds on. */
export function setsToCheck(collection: Collection): SetCheck[] {
  const placed: [BackupSet, Place][] = [
    ...collection.chains.flatMap(({ sets }) => sets).map((set): [BackupSet, Place] => [set, 'chain']),
    ...collection.orphanedSets.map((set): [BackupSet, Place] => [set, 'orphaned']),
    ...collection.displacedSets.map((set): [BackupSet, Place] => [set, 'displaced']),
    ...collection.incompleteSets.map((set): [BackupSet, Place] => [set, 'unfinished']),
  ]
  placed.sort(
    ([a], [b]) => a.end - b.end || (a.type === b.type ? a.start - b.start : a.type === 'full' ? -1 : 1),
  )
  const signatures = collection.remote.filter(({ parsed }) => parsed.kind === 'signatures')
  const checks: SetCheck[] = []
  for (const [set, place] of placed) {
    checks.push({
      set,
      place,
      findings: new Findings(),
      base:
        set.type === 'full'
          ? undefined
          : checks.find((other) => other.set.end === set.start && other.place !== 'displaced'),
      signatures: signatures.find(
        ({ parsed }) => parsed.type === set.type && parsed.start === set.start && parsed.end === set.end,
      ),
      manifest: undefined,
      members: undefined,
      read: 0,
    })
  }
  return checks
}

/** `full backup of 2023-11-14 22:13:20`. */
export function nameOf({ type, end }: Pick<BackupSet, 'type' | 'end'>): string {
  return `${type === 'full' ? 'full' : 'incremental'} backup of ${formatMoment(end)}`
}
