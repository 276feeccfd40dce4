/**
 * Backup sets: the volumes and the manifest of one session, grouped by their times (archive format §9.2).
 *
 * A listing is data from outside. Nothing here throws or asserts: two files for one place are settled by a rule that
 * does not depend on the order of the listing.
 */
import { type NameStyle, parseName, type RepositoryName } from '../../format/filename.ts'
import type { Manifest } from '../../format/manifest.ts'
import type { SetSummary } from '../events.ts'

/** A file of the repository: its name and what the name says. */
export interface RepositoryFile {
  readonly name: string
  readonly parsed: RepositoryName
}

export interface BackupSet {
  readonly type: 'full' | 'inc'
  readonly start: number
  readonly end: number
  /** Volume number → file. */
  readonly volumes: Map<number, RepositoryFile>
  /** The commit record: a set without one is incomplete. */
  manifest: RepositoryFile | undefined
  /** Whether the manifest is, or where there is none any volume. */
  readonly encrypted: boolean
}

/** The duplicity files of a listing, unfinished and doubled ones too; foreign names are left out. */
export function parseListing(names: Iterable<string>, style: NameStyle): RepositoryFile[] {
  const files: RepositoryFile[] = []
  for (const name of names) {
    const parsed = parseName(name, style)
    if (parsed !== undefined) files.push({ name, parsed })
  }
  return files
}

/** Type and times of a set: what all its names carry. */
export interface SetIdentity {
  readonly type: 'full' | 'inc'
  readonly start: number
  /** Equals `start` for a full. */
  readonly end: number
}

/** Equal for two sets, or files, exactly if they are one set, or belong to one. */
export function identityKey({ type, start, end }: SetIdentity): string {
  return `${type} ${start} ${end}`
}

/** Groups volumes and manifests, one file for each place, into sets, sorted by end, type (full first) and start. */
export function groupSets(files: readonly RepositoryFile[]): BackupSet[] {
  interface Group extends BackupSet {
    encrypted: boolean
  }
  const sets = new Map<string, Group>()
  for (const file of files) {
    const { type, start, end, kind, form, volume } = file.parsed
    const key = identityKey(file.parsed)
    let set = sets.get(key)
    if (set === undefined) {
      set = { type, start, end, volumes: new Map(), manifest: undefined, encrypted: false }
      sets.set(key, set)
    }
    if (kind === 'manifest') set.manifest = file
    else set.volumes.set(volume, file)
    if (form === 'gpg') set.encrypted = true
  }
  for (const set of sets.values()) {
    if (set.manifest !== undefined) set.encrypted = set.manifest.parsed.form === 'gpg'
  }
  return [...sets.values()].sort(byTime)
}

/**
 * In order of their ends; a full before incrementals, and of incrementals that end in the same second the one that
 * starts later first: it extends a chain where the other would displace a set of it.
 */
function byTime(a: BackupSet, b: BackupSet): number {
  if (a.end !== b.end) return a.end - b.end
  return a.type === b.type ? b.start - a.start : a.type === 'full' ? -1 : 1
}

/** The largest of so many numbers that they cannot be arguments of one call; 0 where there is none above it. */
export function largest(numbers: Iterable<number>): number {
  let found = 0
  for (const number of numbers) if (number > found) found = number
  return found
}

const LARGEST_GAP = 1000

/** Volume numbers that a set must have by its other volumes, or that `listed` (of its manifest) names, and has not. */
export function missingVolumes(set: BackupSet, listed: Iterable<number> = []): number[] {
  // Even a backup of nothing has one volume.
  const wanted = new Set([1, ...listed])
  const last = largest(set.volumes.keys())
  // A hostile name may say volume 99999999999: what is concluded from names alone is limited.
  const limit = Math.min(last, set.volumes.size + LARGEST_GAP)
  for (let number = 1; number < limit; number += 1) wanted.add(number)
  return [...wanted].filter((number) => !set.volumes.has(number)).sort((a, b) => a - b)
}

/** Volumes that are there and that the manifest does not list, in order. */
export function unlistedVolumes(set: BackupSet, { volumes }: Manifest): number[] {
  const listed = new Set(volumes.map(({ number }) => number))
  return [...set.volumes.keys()].filter((number) => !listed.has(number)).sort((a, b) => a - b)
}

/**
 * Whether unlisted volumes show that the manifest lost its end, or a part within. Those behind the last one may also be left
 * from a session that was interrupted and went on with less (duplicity 3 uploads several at once): then the list of files
 * stands behind the volumes, or the file is compressed or encrypted, which shows that it is whole.
 */
export function lacksVolumes(set: BackupSet, manifest: Manifest): boolean {
  const [first] = unlistedVolumes(set, manifest)
  if (first === undefined) return false
  if (first < largest(manifest.volumes.map(({ number }) => number)) || manifest.volumes.length === 0)
    return true
  return set.manifest?.parsed.form === 'plain' && manifest.closed !== true
}

/** The names of a set's files, volumes in order, manifest first as duplicity prints them. */
export function filesOf(set: BackupSet): string[] {
  const volumes = [...set.volumes].sort(([a], [b]) => a - b).map(([, file]) => file.name)
  return set.manifest === undefined ? volumes : [set.manifest.name, ...volumes]
}

/** A set as reports show it. */
export function summarize(set: BackupSet): SetSummary {
  const { type, start, end, encrypted } = set
  return { type, start, end, volumes: set.volumes.size, encrypted }
}
