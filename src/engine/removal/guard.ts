/**
 * What stands before a removal that nobody watches: the clock must be sane, the newest chain must be there as it was
 * stored, and so many complete chains must stay. Works on listings and on what the archive directory knows; needs no secret.
 */
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { parseManifestPieces } from '../../format/manifest-parser.ts'
import { hasCode, isErrno, UserError } from '../../lib/errors.ts'
import type { BackupChain } from '../chain/chains.ts'
import { type BackupSet, missingVolumes } from '../chain/sets.ts'
import type { EngineContext } from '../request.ts'
import { keepStored, storedSizes } from '../session/stored-sizes.ts'
import { cachedManifestsOf, filesOfSet, type Inventory, signaturesOf } from './inventory.ts'
import { type Age, momentOf } from './plan-chains.ts'

export interface Guard {
  /** So many complete chains stay. */
  readonly keepChains: number
}

/** Seconds that a backup may seem to be ahead: clocks are set a little now and then. */
const AHEAD = 60

/** Throws CLOCK and VOLUME_MISSING, each before anything is deleted. */
export async function checkGround(
  inventory: Inventory,
  sizes: ReadonlyMap<string, number | undefined>,
  context: Pick<EngineContext, 'archiveDir' | 'backend' | 'now'>,
): Promise<void> {
  checkClock(inventory, context)
  const { archiveDir, backend } = context
  const recorded = await storedSizes(archiveDir)
  const chain = inventory.collection.chains.at(-1)
  const faults =
    chain === undefined ? [] : await chainFaults(inventory, chain, { archiveDir, sizes, recorded })
  if (faults.length > 0) {
    const more = faults.length > 3 ? ` and ${faults.length - 3} more` : ''
    throw new UserError(
      'VOLUME_MISSING',
      `The newest backups on ${backend.label} are not whole: ${faults.slice(0, 3).join(', ')}${more}.`,
      {
        hint: 'Nothing old was deleted. Look with "duba verify", and make a new full backup with "duba backup --full".',
      },
    )
  }
  await keepStored(archiveDir, recorded, new Set(sizes.keys()))
}

function checkClock({ collection }: Inventory, { now }: Pick<EngineContext, 'now'>): void {
  const present = now()
  if (collection.newest <= present + AHEAD) return
  const ahead = new Date(collection.newest * 1000).toISOString()
  throw new UserError('CLOCK', `There is a backup of ${ahead}, which is in the future.`, {
    hint: 'Nothing old was deleted: what is old cannot be told. Check the clock of this machine.',
  })
}

/**
 * The age that spares enough chains: the newest complete ones that stay, and, where they do not suffice, the newest
 * complete ones that would go.
 */
export async function sparing(
  inventory: Inventory,
  age: Age,
  { keepChains }: Guard,
  context: Pick<EngineContext, 'archiveDir'>,
): Promise<{ readonly age: Age; readonly spared: number }> {
  const before = momentOf(inventory.collection, age)
  let left = keepChains
  let moment = before
  let spared = 0
  for (const chain of [...inventory.collection.chains].sort((a, b) => b.end - a.end)) {
    if (left <= 0) break
    if ((await chainFaults(inventory, chain, context)).length > 0) continue
    left -= 1
    if (chain.end >= moment) continue
    moment = chain.end
    spared += 1
  }
  return { age: { kind: 'older-than', time: moment }, spared }
}

interface Knowledge {
  readonly archiveDir: string
  /** Sizes as listed, by name. */
  readonly sizes?: ReadonlyMap<string, number | undefined>
  readonly recorded?: ReadonlyMap<string, number>
}

/** What is missing of a chain or has another size than when it was stored, in words. */
async function chainFaults(
  inventory: Inventory,
  chain: BackupChain,
  { archiveDir, sizes, recorded }: Knowledge,
): Promise<string[]> {
  const faults: string[] = []
  for (const set of chain.sets) {
    const manifest = set.manifest?.name ?? 'a set without manifest'
    for (const volume of await missingOf(inventory, set, archiveDir)) {
      faults.push(`volume ${volume} of ${manifest} is missing`)
    }
    const names = [...filesOfSet(inventory, set), ...signaturesOf(inventory, 'remote', set)]
    for (const name of names) {
      const [was, is] = [recorded?.get(name), sizes?.get(name)]
      if (was !== undefined && is !== undefined && was !== is) {
        faults.push(`${name} has ${is} bytes where ${was} were stored`)
      }
    }
  }
  return faults
}

/** Numbers of volumes that are not there: by the cached manifest, else as far as gaps show. */
async function missingOf(inventory: Inventory, set: BackupSet, archiveDir: string): Promise<number[]> {
  const [cached] = cachedManifestsOf(inventory, set)
  return missingVolumes(set, cached === undefined ? [] : await volumesIn(join(archiveDir, cached)))
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
