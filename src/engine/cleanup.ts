/** `cleanup`: deletes what belongs to no chain (archive format §15.2). */
import { lastFullTime } from './chain/collection.ts'
import { executeRemoval, type RemovalResult } from './removal/execute.ts'
import { loadInventory } from './removal/load.ts'
import { planCleanup } from './removal/plan-cleanup.ts'
import type { CleanupRequest, EngineContext } from './request.ts'
import { readJournal } from './session/journal.ts'
import { loadCollection, synchronize } from './session/sync.ts'

/**
 * Deletes what is in no chain, or tells what would be deleted; a session that could be resumed goes too. Synchronises
 * first, as duplicity does. Throws what that and `executeRemoval` throw.
 */
export async function cleanup(request: CleanupRequest, context: EngineContext): Promise<RemovalResult> {
  const { force, dryRun, metadataSync } = request
  const loaded = await loadCollection(context)
  await synchronize(context, { mode: metadataSync, time: context.now(), dryRun }, loaded)
  const inventory = await loadInventory(context)
  context.emit({ type: 'last-full', time: lastFullTime(inventory.collection) })
  const session = (await readJournal(context.archiveDir))?.identity
  const { listed, steps } = planCleanup(inventory, session)
  let result: RemovalResult = { deleted: 0, complete: true }
  if (steps.length === 0) {
    context.emit({ type: 'removal-nothing', command: 'cleanup' })
  } else {
    context.emit({ type: 'cleanup-found', names: listed, force })
    const replan = (present: typeof inventory) => planCleanup(present, session).steps
    if (force) result = await executeRemoval({ inventory, steps, replan, dryRun }, context)
  }
  context.emit({ type: 'removal-done', ...result })
  return result
}
