/** What the remote holds of one set, asked afresh: the ground for deciding what to keep of it and what to delete. */
import { isWholeName } from '../../format/filename.ts'
import { sortListing } from '../chain/listing.ts'
import { identityKey, parseListing, type RepositoryFile, type SetIdentity } from '../chain/sets.ts'
import type { EngineContext } from '../request.ts'

/** A volume on the remote. */
export interface RemoteVolume extends RepositoryFile {
  /** Bytes, where the remote tells. */
  readonly size: number | undefined
}

export interface RemoteSet {
  /** By number; of two files for one number the better. */
  readonly volumes: ReadonlyMap<number, RemoteVolume>
  /** All names that belong to the set, but no manifest, and nothing that somebody else put beside its files. */
  readonly names: readonly RepositoryFile[]
  /** Whether there is a manifest: then the set is complete, and nothing of it may be touched. */
  readonly complete: boolean
}

/** Lists the remote and picks out one set. */
export async function readRemoteSet(context: EngineContext, identity: SetIdentity): Promise<RemoteSet> {
  const listing = await context.backend.list(context.signal)
  const sizes = new Map(listing.map(({ name, size }) => [name, size]))
  const key = identityKey(identity)
  const isOfSet = ({ parsed }: RepositoryFile): boolean => identityKey(parsed) === key
  const all = parseListing(sizes.keys(), context.names).filter(isOfSet)
  const volumes = sortListing(listing, context.names, 'remote')
    .files.filter((file) => isOfSet(file) && file.parsed.kind === 'volume')
    .map((file): [number, RemoteVolume] => [file.parsed.volume, { ...file, size: sizes.get(file.name) }])
  return {
    volumes: new Map(volumes),
    names: all.filter(({ name, parsed }) => parsed.kind !== 'manifest' && isWholeName(name)),
    complete: all.some(({ parsed }) => parsed.kind === 'manifest'),
  }
}

/** Deletes files of an unfinished set, the last written first. Returns their names. */
export async function deleteRemote(
  { backend, signal }: EngineContext,
  files: readonly RepositoryFile[],
): Promise<string[]> {
  const sorted = [...files].sort((a, b) => rank(b) - rank(a))
  for (const { name } of sorted) await backend.delete(name, signal)
  return sorted.map(({ name }) => name)
}

/** Signatures are written after all volumes. */
function rank({ parsed }: RepositoryFile): number {
  return parsed.kind === 'volume' ? parsed.volume : Infinity
}
