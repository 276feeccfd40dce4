/** What a new set continues, and when it is said to have been made. */
import { UserError } from '../../lib/errors.ts'
import type { BackupChain } from '../chain/chains.ts'
import { type Collection, lastFullTime } from '../chain/collection.ts'
import type { BackupRequest, EngineContext } from '../request.ts'
import { checkChain } from './chain-checks.ts'
import { chainFaults, faultsText } from './wholeness.ts'

/** Seconds by which the newest set may lie in the future before the clock is not believed. */
const CLOCK_TOLERANCE = 600

/** The chain to continue; undefined: a full backup is made. */
export async function chooseBase(
  request: BackupRequest,
  context: EngineContext,
  collection: Collection,
): Promise<Collection['primary']> {
  if (request.kind === 'full') return undefined
  const { primary } = collection
  if (primary === undefined) {
    if (request.kind === 'incremental') {
      throw new UserError(
        'NO_SIGNATURES',
        'Fatal Error: Unable to start incremental backup.  Old signatures not found and incremental specified',
        {
          hint: 'Make a full backup first, or leave the command word out: then a full is made where needed.',
        },
      )
    }
    context.emit({ type: 'forcing-full', reason: 'no-signatures', detail: '' })
    return undefined
  }
  const lastFull = lastFullTime(collection) ?? 0
  if (request.fullIfOlderThan !== undefined && lastFull < request.fullIfOlderThan) {
    context.emit({ type: 'forcing-full', reason: 'too-old', detail: '' })
    return undefined
  }
  const last = primary.chain.sets.at(-1)
  if (last === undefined) return undefined
  try {
    await checkChain(context, request, last)
  } catch (error) {
    const restart =
      error instanceof UserError &&
      error.code === 'RECIPIENTS_CHANGED' &&
      request.onRecipientsChanged === 'full'
    if (!restart) throw error
    context.emit({ type: 'forcing-full', reason: 'recipients-changed', detail: error.message })
    return undefined
  }
  await tellDamage(context, collection, primary.chain)
  return primary
}

/** Tells where restores of the chain fail: what is added to it is stored, and is lost with it. */
async function tellDamage(context: EngineContext, collection: Collection, chain: BackupChain): Promise<void> {
  const faults = await chainFaults(collection, chain, context)
  const [first] = faults
  if (first === undefined) return
  context.emit({ type: 'chain-damaged', kind: first.kind, detail: faultsText(faults) })
}

/** Time of the new set: later than every time in the repository, in whole seconds (§8.1, §18.2 no. 6). */
export function newTime(request: BackupRequest, context: EngineContext, collection: Collection): number {
  const now = Math.floor(request.currentTime ?? context.now())
  const { newest } = collection
  if (now > newest) return now
  if (newest - now > CLOCK_TOLERANCE) {
    throw new UserError(
      'CLOCK',
      `The newest backup set is dated ${new Date(newest * 1000).toISOString()}, which is in the future of this machine's clock (${new Date(now * 1000).toISOString()}).`,
      {
        hint: 'Set the clock right; if the sets were written with a wrong clock, begin again at an empty destination.',
      },
    )
  }
  return newest + 1
}
