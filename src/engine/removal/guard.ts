/**
 * What stands before a removal that nobody watches: the clock must be sane, the newest chain must be there as it was
 * stored, and so many complete chains must stay. Works on listings and on what the archive directory knows; needs no secret.
 */
import { UserError } from '../../lib/errors.ts'
import type { EngineContext } from '../request.ts'
import { keepStored, storedSizes } from '../session/stored-sizes.ts'
import { chainFaults, faultsText } from '../session/wholeness.ts'
import type { Inventory } from './inventory.ts'
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
  context: Pick<EngineContext, 'archiveDir' | 'backend' | 'now'>,
): Promise<void> {
  checkClock(inventory, context)
  const { archiveDir, backend } = context
  const chain = inventory.collection.chains.at(-1)
  const faults = chain === undefined ? [] : await chainFaults(storedOf(inventory), chain, context)
  if (faults.length > 0) {
    throw new UserError(
      'VOLUME_MISSING',
      `The newest backups on ${backend.label} are not whole: ${faultsText(faults)}.`,
      {
        hint: 'Nothing old was deleted. Look with "duba verify", and make a new full backup with "duba backup --full".',
      },
    )
  }
  const present = new Set(inventory.collection.listing.map(({ name }) => name))
  await keepStored(archiveDir, await storedSizes(archiveDir), present)
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
    if ((await chainFaults(storedOf(inventory), chain, context)).length > 0) continue
    left -= 1
    if (chain.end >= moment) continue
    moment = chain.end
    spared += 1
  }
  return { age: { kind: 'older-than', time: moment }, spared }
}

/** Everything that is there, empty and doubled files too. */
const storedOf = ({ remote, collection: { listing } }: Inventory) => ({ remote, listing })
