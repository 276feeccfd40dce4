/**
 * Which sets a salvage reads: those that lead to the newest backup up to a moment, through sets whose manifest is gone
 * and over sets that are not there any more.
 */
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { type Manifest } from '../../format/manifest.ts'
import { parseManifestPieces } from '../../format/manifest-parser.ts'
import { toText } from '../../lib/bytestring.ts'
import { hasCode, isErrno, messageOf, UserError } from '../../lib/errors.ts'
import { tooEarly } from '../chain/choose.ts'
import type { Collection } from '../chain/collection.ts'
import { withoutDowngrades } from '../chain/downgrade.ts'
import { type BackupSet, type RepositoryFile, unlistedVolumes } from '../chain/sets.ts'
import { demandsSigner, type EngineContext } from '../request.ts'
import { readRemoteManifest } from '../restore/plan.ts'
import { cachedName } from '../session/archive-dir.ts'

export interface SalvageSet {
  readonly set: BackupSet
  /** Undefined: there is none that can be read. */
  readonly manifest: Manifest | undefined
  /** The signature archives of the set: the cached one, the remote one. */
  readonly signatures: readonly { readonly where: 'local' | 'remote'; readonly file: RepositoryFile }[]
  /** Whether all that is left of it is a signature archive, or nothing at all. */
  readonly gone: boolean
}

/** Sets in the order of time; between them one that is gone where sets are missing. Throws NO_BACKUPS and TOO_EARLY. */
export async function planSalvage(
  context: EngineContext,
  collection: Collection,
  time: number,
): Promise<SalvageSet[]> {
  const refused = context.crypt.encrypts
    ? withoutDowngrades(collection.chains, demandsSigner(context)).refused
    : []
  const sets = setsOf(collection).filter(({ set }) => !refused.includes(set))
  const finished = sets.filter(({ set, gone }) => !gone && (set.manifest ?? cachedManifest(collection, set)))
  // What something builds on was finished once, and so was what has its signatures.
  const wasFinished = (each: SalvageSet): boolean =>
    finished.includes(each) ||
    each.signatures.length > 0 ||
    finished.some(({ set }) => set.type === 'inc' && set.start === each.set.end)
  const target = newest(sets.filter((each) => each.set.end <= time && wasFinished(each)))
  if (target === undefined) {
    const oldest = Math.min(...sets.filter(wasFinished).map(({ set }) => set.end))
    if (oldest > time && oldest < Infinity) throw tooEarly(oldest, time, context.backend.label)
    throw new UserError('NO_BACKUPS', `No backup set that was finished is at ${context.backend.label}.`, {
      extra: 'CollectionsError',
      hint: {
        engine: 'Check the URL and the file prefix options.',
        duba: 'Look with "duba status" what is on the destination.',
      },
    })
  }
  const lineage = [target]
  // Later incrementals show that there was a state in between of which nothing is left.
  const lost = Math.max(0, ...finished.flatMap(({ set }) => (set.start <= time ? [set.start] : [])))
  for (let first = target; first.set.type === 'inc';) {
    const { start } = first.set
    const exact = sets.filter(({ set }) => set.end === start)
    const before = newest(exact) ?? newest(finished.filter(({ set }) => set.end < start))
    if (before?.set.end !== start) lineage.unshift(goneSet(before?.set.end ?? 0, start, []))
    if (before === undefined) break
    lineage.unshift(before)
    first = before
  }
  if (lost > target.set.end) lineage.push(goneSet(target.set.end, lost, []))
  const planned: SalvageSet[] = []
  for (const each of lineage)
    planned.push({ ...each, manifest: await readAny(context, collection, each.set) })
  return planned
}

/** Every set that anything is left of. */
function setsOf(collection: Collection): SalvageSet[] {
  const found = new Map<string, SalvageSet>()
  const signaturesOf = (wanted: string): SalvageSet['signatures'] =>
    (['local', 'remote'] as const).flatMap((where) =>
      collection[where]
        .filter(({ parsed }) => parsed.kind === 'signatures' && !parsed.partial && keyOf(parsed) === wanted)
        .map((file) => ({ where, file })),
    )
  const listed = [
    ...collection.chains.flatMap(({ sets }) => sets),
    ...collection.orphanedSets,
    ...collection.incompleteSets,
  ]
  for (const set of listed) {
    const key = keyOf(set)
    found.set(key, { set, manifest: undefined, signatures: signaturesOf(key), gone: false })
  }
  for (const { parsed } of [...collection.remote, ...collection.local]) {
    const key = keyOf(parsed)
    if (parsed.kind !== 'signatures' || parsed.partial || found.has(key)) continue
    const { type, start, end } = parsed
    found.set(key, goneSet(start, end, signaturesOf(key), type))
  }
  return [...found.values()]
}

function goneSet(
  start: number,
  end: number,
  signatures: SalvageSet['signatures'],
  type: BackupSet['type'] = 'inc',
): SalvageSet {
  const set = { type, start, end, volumes: new Map(), manifest: undefined, encrypted: false }
  return { set, manifest: undefined, signatures, gone: true }
}

function keyOf({ type, start, end }: Pick<BackupSet, 'type' | 'start' | 'end'>): string {
  return `${type} ${start} ${end}`
}

/** The set that ended last; of several one with a manifest, then a full. */
function newest(sets: readonly SalvageSet[]): SalvageSet | undefined {
  const rank = ({ set, gone }: SalvageSet): number =>
    (gone ? 0 : 4) + (set.manifest === undefined ? 0 : 2) + (set.type === 'full' ? 1 : 0)
  return [...sets].sort((a, b) => a.set.end - b.set.end || rank(a) - rank(b)).at(-1)
}

function cachedManifest(collection: Collection, set: BackupSet): RepositoryFile | undefined {
  const key = keyOf(set)
  return collection.local.find(
    ({ parsed }) => parsed.kind === 'manifest' && !parsed.partial && keyOf(parsed) === key,
  )
}

/** The cached manifest, else the remote one; what is wrong with one is told. */
async function readAny(
  context: EngineContext,
  collection: Collection,
  set: BackupSet,
): Promise<Manifest | undefined> {
  const tell = (name: string, error: unknown): void => {
    const text = `${toText(name)} cannot be used: ${messageOf(error).split('\n', 1)[0] ?? ''}`
    context.emit({ type: 'note', level: 'warning', text })
  }
  const name = cachedManifest(collection, set)?.name ?? (set.manifest && cachedName(set.manifest))
  const cached = name === undefined ? undefined : await readCached(context, name, tell)
  const complete = cached !== undefined && unlistedVolumes(set, cached).length === 0
  if (complete || set.manifest === undefined) return cached
  try {
    return await readRemoteManifest(context, set)
  } catch (error) {
    if (!(error instanceof UserError) || hasCode(error, 'SECRET_MISSING', 'TEMP_SPACE')) throw error
    tell(set.manifest.name, error)
    // A cached one that does not name all volumes says less than their names do.
    return undefined
  }
}

async function readCached(
  context: EngineContext,
  name: string,
  tell: (name: string, error: unknown) => void,
): Promise<Manifest | undefined> {
  try {
    return await parseManifestPieces(createReadStream(join(context.archiveDir, name)))
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined
    if (!hasCode(error, 'MANIFEST_UNREADABLE')) throw error
    tell(name, error)
    return undefined
  }
}
