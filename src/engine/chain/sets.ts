/**
 * Backup sets: the volumes and the manifest of one session, grouped by their times (archive format §9.2).
 *
 * A listing is data from outside. Nothing here throws or asserts: two files for one place are settled by a rule and
 * reported, foreign names are passed over.
 */
import { formatName, type NameStyle, parseName, type RepositoryName } from '../../format/filename.ts'
import type { CollectionWarning, SetSummary } from '../events.ts'

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
  /** By the name of the first file seen. */
  readonly encrypted: boolean
}

/** The duplicity files of a listing; foreign names are left out. */
export function parseListing(names: Iterable<string>, style: NameStyle): RepositoryFile[] {
  const files: RepositoryFile[] = []
  for (const name of names) {
    const parsed = parseName(name, style)
    if (parsed !== undefined) files.push({ name, parsed })
  }
  return files
}

/** Groups volumes and manifests into sets. Partial files (`.part`) never count: they belong to a running session. */
export function groupSets(
  files: readonly RepositoryFile[],
  style: NameStyle,
  warn: (warning: CollectionWarning) => void,
): BackupSet[] {
  const sets = new Map<string, BackupSet>()
  for (const file of files) {
    const { parsed } = file
    if (parsed.kind === 'signatures' || parsed.partial) continue
    const key = `${parsed.type} ${parsed.start} ${parsed.end}`
    let set = sets.get(key)
    if (set === undefined) {
      const { type, start, end } = parsed
      set = { type, start, end, volumes: new Map(), manifest: undefined, encrypted: parsed.form === 'gpg' }
      sets.set(key, set)
    }
    if (parsed.kind === 'manifest') set.manifest = preferred(set.manifest, file, style, warn)
    else set.volumes.set(parsed.volume, preferred(set.volumes.get(parsed.volume), file, style, warn))
  }
  return [...sets.values()]
}

/**
 * Of two files that claim one place the one whose name is exactly as we would write it wins (`….gz` over `….gz~`),
 * then an encrypted one, then the first in byte order.
 */
export function preferred(
  present: RepositoryFile | undefined,
  candidate: RepositoryFile,
  style: NameStyle,
  warn: (warning: CollectionWarning) => void,
): RepositoryFile {
  if (present === undefined) return candidate
  const rank = (file: RepositoryFile): string => {
    const canonical = canonicalNames(file.parsed, style).includes(file.name)
    return `${canonical ? 0 : 1}${file.parsed.form === 'gpg' ? 0 : 1}${file.name}`
  }
  const [kept, dropped] = rank(present) <= rank(candidate) ? [present, candidate] : [candidate, present]
  warn({ kind: 'duplicate-file', name: dropped.name, kept: kept.name })
  return kept
}

function canonicalNames(parsed: RepositoryName, style: NameStyle): string[] {
  return (['long', 'short', 'old'] as const).map((form) => formatName(parsed, { ...style, form }))
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
