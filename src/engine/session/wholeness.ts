/**
 * Whether files of the repository are there as they were stored: by a listing, and by the manifests and sizes that the
 * archive directory knows. Needs no secret.
 */
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { parseManifestPieces } from '../../format/manifest-parser.ts'
import { toText } from '../../lib/bytestring.ts'
import { hasCode, isErrno } from '../../lib/errors.ts'
import { type BackupChain, filesOfChain } from '../chain/chains.ts'
import type { Collection } from '../chain/collection.ts'
import { type BackupSet, missingVolumes, type RepositoryFile } from '../chain/sets.ts'
import type { EngineContext } from '../request.ts'
import { cachedName } from './archive-dir.ts'
import { storedSizes } from './stored-sizes.ts'

/** Bytes of files of the repository, by name. */
export interface KnownSizes {
  /** As they are listed; undefined where the destination tells none. */
  readonly listed: ReadonlyMap<string, number | undefined>
  /** As they were uploaded from here (`stored-sizes.ts`). */
  readonly recorded: ReadonlyMap<string, number>
}

/** What is missing, or has another size than when it was stored; `detail` says which, without a full stop. */
export interface StoredFault {
  readonly kind: 'volume-missing' | 'volume-size'
  readonly detail: string
}

/** What a chain lacks, and which files of it have another size than when they were stored. */
export async function chainFaults(
  { remote, listing }: Pick<Collection, 'remote' | 'listing'>,
  chain: BackupChain,
  { archiveDir }: Pick<EngineContext, 'archiveDir'>,
): Promise<StoredFault[]> {
  const faults: StoredFault[] = []
  for (const set of chain.sets) {
    const name = toText(set.manifest?.name ?? '')
    for (const volume of await missingOf(set, archiveDir))
      faults.push({ kind: 'volume-missing', detail: `volume ${volume} of ${name} is missing` })
  }
  const listed = new Map(listing.map(({ name, size }) => [name, size]))
  const recorded = await storedSizes(archiveDir)
  return [...faults, ...sizeFaults(filesOfChain(remote, chain), { listed, recorded })]
}

/** Which of these files have another size than when they were stored. */
export function sizeFaults(
  files: readonly RepositoryFile[],
  { listed, recorded }: KnownSizes,
): StoredFault[] {
  return files.flatMap(({ name }): StoredFault[] => {
    const [was, is] = [recorded.get(name), listed.get(name)]
    if (was === undefined || is === undefined || was === is) return []
    return [{ kind: 'volume-size', detail: `${toText(name)} has ${is} bytes where ${was} were stored` }]
  })
}

/** Numbers of volumes that are not there: by the cached manifest, else as far as gaps show. */
async function missingOf(set: BackupSet, archiveDir: string): Promise<number[]> {
  const { manifest } = set
  return missingVolumes(set, manifest && (await volumesIn(join(archiveDir, cachedName(manifest)))))
}

/** Numbers of the volumes that a manifest lists; none where the file cannot be read as one. */
async function volumesIn(path: string): Promise<number[]> {
  try {
    const { volumes } = await parseManifestPieces(createReadStream(path))
    return volumes.map(({ number }) => number)
  } catch (error) {
    if (isErrno(error) || hasCode(error, 'MANIFEST_UNREADABLE')) return []
    throw error
  }
}

/** Faults for a message: the first three, and how many more. */
export function faultsText(faults: readonly StoredFault[]): string {
  const more = faults.length > 3 ? ` and ${faults.length - 3} more` : ''
  return `${faults
    .slice(0, 3)
    .map(({ detail }) => detail)
    .join(', ')}${more}`
}
