/** The look at the repository between the plan and the first deletion: has anything come up that stands against it? */
import { UserError } from '../../lib/errors.ts'
import type { ListedName } from '../chain/listing.ts'
import { parseListing } from '../chain/sets.ts'
import { type Inventory, setKey, takeInventory } from './inventory.ts'
import { remoteNames, type RemovalStep } from './plan.ts'

/** Plans the same removal for another state of the repository. */
export type Replan = (inventory: Inventory) => readonly RemovalStep[]

/**
 * Compares the plan with a fresh listing of the remote. Planned names that have vanished are fine: somebody else deleted
 * them. Throws REPOSITORY_CHANGED if a file that goes would now stay, or if a new file belongs to a set that goes or
 * begins where one ends.
 */
export function recheck(
  inventory: Inventory,
  steps: readonly RemovalStep[],
  fresh: readonly ListedName[],
  replan: Replan,
): void {
  const { style } = inventory
  const planned = new Set(remoteNames(steps))
  const present = new Set(fresh.map(({ name }) => name))
  const vanished = inventory.collection.listing.filter(({ name }) => planned.has(name) && !present.has(name))
  const now = takeInventory([...fresh, ...vanished], inventory.localListing, style)
  const still = new Set(remoteNames(replan(now)))
  const kept = [...planned].find((name) => !still.has(name))
  if (kept !== undefined) throw changed(`${kept} does not belong to what is to be deleted any more`)

  const before = new Set([...inventory.remote.map(({ name }) => name), ...inventory.foreign])
  const going = parseListing(planned, style).map(({ parsed }) => parsed)
  const keys = new Set(going.map(setKey))
  const ends = new Set(going.map(({ end }) => end))
  const appeared = parseListing(
    [...present].filter((name) => !before.has(name)),
    style,
  )
  const dependent = appeared.find(
    ({ parsed }) => keys.has(setKey(parsed)) || (parsed.type === 'inc' && ends.has(parsed.start)),
  )
  if (dependent !== undefined) {
    throw changed(`${dependent.name} has appeared, and depends on what is to be deleted`)
  }
}

function changed(what: string): UserError {
  return new UserError('REPOSITORY_CHANGED', `The destination has changed since it was listed: ${what}.`, {
    hint: 'Nothing was deleted. A backup may be running on another machine; run the command again when it has ended.',
  })
}
