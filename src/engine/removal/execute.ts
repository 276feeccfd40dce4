/**
 * Carries out the plan of a removal: looks again, then deletes in the order of the plan, newest dependent first, so that
 * whatever stops it leaves sets that are whole. Local copies follow when everything is gone from the remote.
 */
import { hasCode, messageOf } from '../../lib/errors.ts'
import type { EngineContext } from '../request.ts'
import { removeCached } from '../session/archive-dir.ts'
import type { Inventory } from './inventory.ts'
import { removeJournal, writeJournal } from './journal.ts'
import { localNames, type RemovalStep } from './plan.ts'
import { recheck, type Replan } from './recheck.ts'

export interface Removal {
  readonly inventory: Inventory
  readonly steps: readonly RemovalStep[]
  readonly replan: Replan
  /** Tells what would be done. */
  readonly dryRun: boolean
}

export interface RemovalResult {
  /** Files deleted from the remote; in a dry run those that would be. */
  readonly deleted: number
  /** Whether the destination let all of them be deleted. */
  readonly complete: boolean
}

/**
 * Deletes. Throws what listing throws and REPOSITORY_CHANGED, with nothing deleted. A deletion that the destination
 * refuses for good ends the work there, because what comes later may be what that file depends on; it is told as
 * `removal-stopped` and is no error, as with duplicity.
 */
export async function executeRemoval(removal: Removal, context: EngineContext): Promise<RemovalResult> {
  const { inventory, steps, replan, dryRun } = removal
  if (!dryRun) {
    const fresh = await context.backend.list(context.signal)
    recheck(inventory, steps, fresh, replan)
    await writeJournal(context.archiveDir, steps)
  }
  const result = await deleteRemote(removal, context)
  if (dryRun || !result.complete) return result
  for (const name of localNames(steps)) {
    await removeCached(context.archiveDir, name)
    context.emit({ type: 'file-deleted', where: 'local', name })
  }
  await removeJournal(context.archiveDir)
  return result
}

async function deleteRemote({ steps, dryRun }: Removal, context: EngineContext): Promise<RemovalResult> {
  const { backend, emit, signal } = context
  const total = steps.reduce((sum, { remote }) => sum + remote.length, 0)
  let deleted = 0
  for (const { reason, time, remote } of steps) {
    emit({ type: 'removing', reason, time })
    for (const name of remote) {
      signal.throwIfAborted()
      try {
        if (!dryRun) await backend.delete(name, signal)
      } catch (error) {
        if (!hasCode(error, 'BACKEND_ERROR', 'BACKEND_DENIED', 'BACKEND_NO_SPACE')) throw error
        emit({ type: 'removal-stopped', name, left: total - deleted, detail: messageOf(error) })
        return { deleted, complete: false }
      }
      deleted += 1
      if (!dryRun) emit({ type: 'file-deleted', where: 'remote', name })
    }
  }
  return { deleted, complete: true }
}
