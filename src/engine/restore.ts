/** `restore`: brings a path of a backup back to disk (archive format §13). */
import { type Collection, lastFullTime } from './chain/collection.ts'
import { loadCollection, synchronize } from './session/sync.ts'
import { readHistory } from './restore/history.ts'
import { outlookOf } from './restore/outlook.ts'
import { countVolumes, type PlannedSet, planRestore, requiredVolumes } from './restore/plan.ts'
import { nothingFound, Restoration, type RestoreResult, type Source } from './restore/restoration.ts'
import { checkScratch, neededVolumes, scratchOf } from './restore/scratch.ts'
import { SetReader } from './restore/set-reader.ts'
import type { Conflict, EngineContext, RestoreRequest } from './request.ts'
import { planSalvage } from './salvage/plan.ts'
import { SalvageReport } from './salvage/report.ts'
import { Salvage } from './salvage/salvage.ts'

/**
 * Restores. Throws PATH_NOT_FOUND, NOTHING_RESTORED, TARGET_EXISTS, TARGET_UNWRITABLE, TEMP_SPACE, and what damages of volumes cause; trouble with a
 * single object is told and counted, and the rest goes on.
 */
export async function restore(request: RestoreRequest, context: EngineContext): Promise<RestoreResult> {
  const loaded = await loadCollection(context)
  if (request.ignoreErrors && !request.dryRun) return salvage(request, context, loaded)
  const { conflict } = request
  const collection = await synchronize(
    context,
    // The outlook reads signatures; what is cached for it serves the restore that follows.
    {
      mode: request.metadataSync,
      time: request.time,
      dryRun: request.dryRun && conflict === undefined,
      reading: true,
    },
    loaded,
  )
  context.emit({ type: 'last-full', time: lastFullTime(collection) })
  const planned = await planRestore(context, collection, request.time, {
    older: request.ignoreErrors,
  })
  if (request.dryRun) {
    context.emit({ type: 'restore-planned', volumes: requiredVolumes(planned, request.path) })
    if (conflict !== undefined) await tellOutlook({ ...request, conflict }, context, collection, planned)
    return { entries: 0, bytes: 0, troubles: 0, salvaged: false }
  }
  checkScratch(context, scratchOf(context, neededVolumes(planned, request.path, collection.listing)))
  return new Restoration(request, context).run({
    volumes: countVolumes(planned),
    setTime: planned.at(-1)?.set.end ?? 0,
    open: (own, onVolume) => {
      const options = { context: own, wanted: request.path, onVolume }
      const readers = planned.map(({ set, manifest }) => new SetReader(set, manifest, options))
      const close = async (): Promise<void> => {
        for (const reader of readers) await reader.close()
      }
      return { histories: readHistory(readers), close }
    },
  })
}

async function tellOutlook(
  request: RestoreRequest & { readonly conflict: Conflict },
  context: EngineContext,
  collection: Collection,
  planned: readonly PlannedSet[],
): Promise<void> {
  const outlook = await outlookOf(context, collection, planned, request)
  if (outlook.entries === 0 && outlook.undescribed.length === 0) throw nothingFound(request.path)
  context.emit({ type: 'restore-outlook', outlook })
}

/** `--ignore-errors`: what can be restored of a damaged repository. The archive directory stays as it is. */
async function salvage(
  request: RestoreRequest,
  context: EngineContext,
  collection: Collection,
): Promise<RestoreResult> {
  context.emit({ type: 'last-full', time: lastFullTime(collection) })
  const sets = await planSalvage(context, collection, request.time)
  const report = new SalvageReport()
  const source: Source = {
    volumes: sets.reduce(
      (count, { set, manifest }) => count + (manifest?.volumes.length ?? set.volumes.size),
      0,
    ),
    setTime: sets.at(-1)?.set.end ?? 0,
    open: (own, onVolume) => {
      const work = new Salvage(sets, { context: own, wanted: request.path, onVolume, report })
      return { histories: work.histories(), close: () => work.close() }
    },
  }
  try {
    const result = await new Restoration(request, context).run(source)
    return { ...result, salvaged: !report.whole }
  } finally {
    report.tell(context.emit)
  }
}
