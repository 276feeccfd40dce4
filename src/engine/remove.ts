/**
 * `remove-older-than`, `remove-all-but-n-full`, `remove-all-inc-of-but-n-full`: deletes old chains, or their incrementals
 * (archive format §15.3, §15.4). Works on listings alone: nothing is fetched, no passphrase is needed.
 */
import { lastFullTime } from './chain/collection.ts'
import { executeRemoval, type RemovalResult } from './removal/execute.ts'
import { checkGround, sparing } from './removal/guard.ts'
import type { Inventory } from './removal/inventory.ts'
import { leftOver, readJournal, type RemovalJournal } from './removal/journal.ts'
import { type ChainPlan, planChains } from './removal/plan-chains.ts'
import { remoteNames, type RemovalStep } from './removal/plan.ts'
import type { EngineContext, RemoveRequest } from './request.ts'
import { loadInventory } from './removal/load.ts'
import { claim } from './session/marker.ts'

const NOTHING: RemovalResult = { deleted: 0, complete: true }

/** Deletes what is old, or tells what would be deleted. Throws MARKER_MISMATCH, and what `executeRemoval` throws. */
export async function removeOld(request: RemoveRequest, context: EngineContext): Promise<RemovalResult> {
  if (request.claim !== undefined) await claim(request.claim, context)
  const inventory = await loadInventory(context)
  const { collection } = inventory
  const { guard, incrementsOnly, abandoned = false } = request
  let { age } = request
  if (guard !== undefined) {
    await checkGround(inventory, context)
    if (!incrementsOnly) {
      const { spared, age: sparingAge } = await sparing(inventory, age, guard, context)
      age = sparingAge
      if (spared > 0) context.emit({ type: 'removal-spared', chains: spared })
    }
  }
  for (const warning of collection.warnings) context.emit({ type: 'collection-warning', warning })
  context.emit({ type: 'last-full', time: lastFullTime(collection) })
  const journal = await readJournal(context.archiveDir)
  const plan = (present: Inventory): ChainPlan => planChains(present, age, { incrementsOnly, abandoned })
  const allSteps = (present: Inventory): readonly RemovalStep[] => [
    ...interrupted(journal, present),
    ...plan(present).steps,
  ]
  const { force, dryRun } = request
  tell(plan(inventory), interrupted(journal, inventory), request, context)
  const steps = allSteps(inventory)
  const result =
    force && steps.length > 0
      ? await executeRemoval({ inventory, steps, replan: allSteps, dryRun }, context)
      : NOTHING
  context.emit({ type: 'removal-done', ...result })
  return result
}

function interrupted(journal: RemovalJournal | undefined, inventory: Inventory): RemovalStep[] {
  return journal === undefined ? [] : leftOver(journal, inventory)
}

function tell(
  { needed, activeIsOld, newestGoes, times }: ChainPlan,
  left: readonly RemovalStep[],
  { force, dryRun }: RemoveRequest,
  { emit }: EngineContext,
): void {
  const note = (level: 'warning' | 'notice', text: string): void => {
    emit({ type: 'note', level, text })
  }
  if (needed.length > 0) emit({ type: 'removal-needed', times: needed })
  if (activeIsOld) emit({ type: 'removal-active-old' })
  if (newestGoes) {
    const counts = 'The newest backup chain has no matching signatures: it counts as old like the others, and'
    note(
      'warning',
      dryRun
        ? `${counts} would go with them. Make a full backup first, so that one is left, or give an earlier time.`
        : force
          ? `${counts} goes with them. Make a full backup now.`
          : `${counts} goes too with --force. Make a full backup first, so that one is left, or give an earlier time.`,
    )
  }
  if (left.length > 0) {
    const files = remoteNames(left).length
    note(
      'notice',
      `An earlier removal was interrupted: ${files} files that it left ${dryRun ? 'would go too' : force ? 'go too' : 'go too with --force'}.`,
    )
  }
  if (times.length > 0) emit({ type: 'removal-found', times, force })
  else if (left.length === 0) emit({ type: 'removal-nothing', command: 'remove' })
}
