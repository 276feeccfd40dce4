/** The temporary space that a restore needs for volumes. Versions of files in between come on top, and are not foreseen. */
import { UserError } from '../../lib/errors.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import { freeSpace } from '../../sys/free-space.ts'
import type { ListedName } from '../chain/listing.ts'
import type { RepositoryFile } from '../chain/sets.ts'
import type { EngineContext } from '../request.ts'
import type { PlannedSet } from './plan.ts'
import { wantedVolumes } from './set-reader.ts'

/** Volumes of one set that are here at the same time: the one that is read and the next. */
const AT_ONCE = 2

/** The volumes of one set that hold what is wanted. */
export interface Needed {
  readonly files: readonly RepositoryFile[]
  /** Bytes of each, as listed; unknown sizes are 0. */
  readonly sizes: readonly number[]
  /** Numbers of those that are not on the destination. */
  readonly missing: readonly number[]
}

/** What has to be read of each set for a path. */
export function neededVolumes(
  planned: readonly PlannedSet[],
  wanted: ByteString,
  listing: readonly ListedName[],
): Needed[] {
  const sizes = new Map(listing.map(({ name, size }) => [name, size ?? 0]))
  return planned.map(({ set, manifest }) => {
    const numbers = wantedVolumes(manifest, wanted).map(({ number }) => number)
    const files = numbers.flatMap((number) => set.volumes.get(number) ?? [])
    const missing = numbers.filter((number) => !set.volumes.has(number))
    return { files, sizes: files.map(({ name }) => sizes.get(name) ?? 0), missing }
  })
}

/** Bytes that the temporary directory holds at most: all sets are read at once, and what is local is read in place. */
export function scratchOf({ backend }: Pick<EngineContext, 'backend'>, needed: readonly Needed[]): number {
  let scratch = 0
  for (const { files, sizes } of needed) {
    if (files.every(({ name }) => backend.localPath(name) !== undefined)) continue
    for (const size of [...sizes].sort((a, b) => b - a).slice(0, AT_ONCE)) scratch += size
  }
  return scratch
}

/** Throws TEMP_SPACE and TEMP_SPACE_UNKNOWN before a restore that cannot come to its end for want of space. */
export function checkScratch(
  { tempDir, emit }: Pick<EngineContext, 'tempDir' | 'emit'>,
  needed: number,
): void {
  const available = freeSpace(tempDir)
  if (available < needed) {
    const text = `Temp space has ${available} available, the volumes of this restore need approx ${needed}.`
    throw new UserError('TEMP_SPACE', text, {
      hint: {
        engine: `It is in ${tempDir}: name another place with --tempdir.`,
        duba: `It is in ${tempDir}: name another place with "tempdir" in the configuration, or --tempdir.`,
      },
    })
  }
  const text = `Temp has ${available} available, the volumes of this restore will use approx ${needed}.`
  emit({ type: 'note', level: 'info', text })
}
