/**
 * Replicates one backup set: signatures, volumes, and last the manifest, so that at any instant the destination holds
 * whole sets and at most one unfinished one (archive format §16).
 */
import {
  formatFileList,
  formatManifestHeader,
  formatManifestVolume,
  type Manifest,
  type ManifestVolume,
} from '../../format/manifest.ts'
import type { Backend } from '../../backend/backend.ts'
import { formatName } from '../../format/filename.ts'
import { formatMoment } from '../../format/time.ts'
import { UserError } from '../../lib/errors.ts'
import type { BackupSet, RepositoryFile } from '../chain/sets.ts'
import type { EngineContext } from '../request.ts'
import { readRemoteManifest } from '../restore/plan.ts'
import { refusePlaintext } from '../restore/volume-file.ts'
import { type SessionNames, sessionNames } from '../session/archive-dir.ts'
import { checkStored, uploadFile } from '../volume/upload.ts'
import { type Arrived, encode, type Freight, transfer } from './transfer.ts'

/** A set at the source, and what the destination has of it. */
export interface ReplicatedSet {
  readonly set: BackupSet
  /** Signatures at the source; a set can have lost them. */
  readonly signatures: RepositoryFile | undefined
  /** Files of the same times at the destination, signatures too. */
  readonly present: readonly RepositoryFile[]
}

/** Whether the destination has the whole set: as many volumes, and the manifest that is written last. */
export function isReplicated({ set, present }: ReplicatedSet): boolean {
  const kinds = present.map(({ parsed }) => parsed.kind)
  const volumes = new Set(
    present.filter(({ parsed }) => parsed.kind === 'volume').map(({ parsed }) => parsed.volume),
  )
  return kinds.includes('manifest') && volumes.size === set.volumes.size
}

/** Whether the destination lacks only the signatures. */
export function lacksSignatures({ signatures, present }: ReplicatedSet): boolean {
  return signatures !== undefined && !present.some(({ parsed }) => parsed.kind === 'signatures')
}

/** Names at the source of what is going to be copied, in order: for a dry run. */
export function replicatedNames(replicated: ReplicatedSet): string[] {
  const { set, signatures } = replicated
  const first = signatures === undefined ? [] : [signatures.name]
  if (isReplicated(replicated)) return lacksSignatures(replicated) ? first : []
  const volumes = [...set.volumes].sort(([a], [b]) => a - b).map(([, file]) => file.name)
  return [...first, ...volumes]
}

/** Copies a set, or what is missing of it. Gives the stored bytes that were uploaded. Throws what `transfer` throws, PLAINTEXT and VOLUME_MISSING. */
export async function replicateSet(
  source: Backend,
  context: EngineContext,
  replicated: ReplicatedSet,
): Promise<number> {
  const { set, signatures, present } = replicated
  const names = replicaNames(set, context)
  const bring = async (freight: Omit<Freight, 'present'>): Promise<Arrived> => {
    refusePlaintext(set, freight.file, NOT_REPLICATED)
    context.emit({ type: 'replicating', name: freight.file.name })
    const found = present.some(({ name }) => name === freight.name)
    return transfer(source, context, { ...freight, present: found })
  }
  if (isReplicated(replicated)) {
    if (signatures === undefined || !lacksSignatures(replicated)) return 0
    return (await bring({ file: signatures, name: names.signatures })).size
  }
  const manifest = await readRemoteManifest({ ...context, backend: source }, set, { fileList: true })
  const wanted = new Set([names.signatures, ...manifest.volumes.map(({ number }) => names.volume(number))])
  await removeOthers(context, present, wanted)

  const arrived: Arrived[] = []
  if (signatures !== undefined) arrived.push(await bring({ file: signatures, name: names.signatures }))
  const volumes: ManifestVolume[] = []
  for (const volume of manifest.volumes) {
    const file = set.volumes.get(volume.number)
    if (file === undefined) throw missing(set, volume.number)
    const { SHA1: sha1 } = volume.hashes
    const result = await bring({ file, sha1, name: names.volume(volume.number) })
    arrived.push(result)
    const { access, ...listed } = volume
    // Access points hold for these very bytes only.
    const kept = access && result.sha1 === sha1 ? { access } : {}
    volumes.push({ ...listed, ...kept, hashes: { SHA1: result.sha1 } })
  }
  await checkStored(context, new Map(arrived.map(({ name, size }) => [name, size])))
  const sealed = await encode(context, manifestBytes({ ...manifest, volumes }))
  await uploadFile(context, names.manifest, sealed.path, sealed.size)
  return arrived.reduce((sum, { size, uploaded }) => sum + (uploaded ? size : 0), sealed.size)
}

/** As those of a session, but that a manifest is compressed where the rest is: what duplicity replicates is found there. */
function replicaNames(
  { type, start, end }: BackupSet,
  { crypt: { form }, names }: EngineContext,
): Pick<SessionNames, 'volume' | 'signatures' | 'manifest'> {
  const manifest = { kind: 'manifest', type, start, end, volume: 0, partial: false, form } as const
  return { ...sessionNames({ type, start, end }, form, names), manifest: formatName(manifest, names) }
}

/** Hostname, Localdir and the list of files stay: with them incrementals can go on at the destination. */
function* manifestBytes({ hostname, localdir, volumes, fileList }: Manifest): Generator<Buffer> {
  yield formatManifestHeader(hostname, localdir)
  for (const volume of volumes) yield formatManifestVolume(volume)
  if (fileList !== undefined) yield formatFileList(fileList.entries)
}

/**
 * Removes what a replication under other settings left of an unfinished set, the manifest first: two names for one volume,
 * or two manifests, make duplicity fail in every command.
 */
async function removeOthers(
  { backend, signal }: EngineContext,
  present: readonly RepositoryFile[],
  wanted: ReadonlySet<string>,
): Promise<void> {
  const others = present.filter(({ name }) => !wanted.has(name))
  const manifests = others.filter(({ parsed }) => parsed.kind === 'manifest')
  const rest = others.filter(({ parsed }) => parsed.kind !== 'manifest')
  for (const { name } of [...manifests, ...rest]) await backend.delete(name, signal)
}

const NOT_REPLICATED =
  'Somebody put it there: look who can write to the source. Sets before it have been replicated; --time leaves this one out.'

function missing(set: BackupSet, volume: number): UserError {
  return new UserError(
    'VOLUME_MISSING',
    `Volume ${volume} of the ${set.type} set of ${formatMoment(set.end)} is not at the source.`,
    {
      hint: 'A set that lacks a volume is not replicated; sets before it have been. Give --time to leave it out.',
    },
  )
}
