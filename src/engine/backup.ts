/**
 * `full` and `incremental`: a backup session in one place — synchronise, finish what was interrupted, decide, write
 * (archive format §7, §8, §10). How a set is written stands in `write-set.ts`.
 */
import { type Collection, lastFullTime } from './chain/collection.ts'
import { storedBytes } from './chain/stored-bytes.ts'
import type { RestartObstacle } from './events.ts'
import { StoredBlocksDiffer } from './pack/content-blocks.ts'
import type { BackupRequest, EngineContext } from './request.ts'
import { chooseBase, newTime } from './session/base.ts'
import { removePartial } from './session/leftovers.ts'
import { mark } from './session/marker.ts'
import { type PartialSet, partialSets } from './session/partial-sets.ts'
import { planRestart, type Restart, takeOver } from './session/restart.ts'
import { forgetOld, recordingStored } from './session/stored-sizes.ts'
import { loadCollection, synchronize } from './session/sync.ts'
import { type BackupResult, type SetPlan, type WrittenSet, writeSet } from './write-set.ts'

/**
 * Makes a backup; of an interrupted one, what is missing, and then an incremental if the source has changed since. What
 * cannot be read of the source is told and counted; anything else that fails throws. Returns the last set.
 */
export async function backup(request: BackupRequest, outside: EngineContext): Promise<BackupResult> {
  const context = { ...outside, emit: recordingStored(outside.archiveDir, outside.emit) }
  // A key that cannot be used is refused before anything is written, to the archive directory too.
  await context.crypt.prepareWriting()
  if (request.marker !== undefined) await mark(request.marker, request.dryRun, context)
  const collection = await loadSynchronized(request, context)
  if (!request.dryRun) await forgetOld(context, collection)
  const partials = request.dryRun ? [] : partialSets(collection.local)
  const newest = partials.find(({ manifest }) => manifest !== undefined)
  for (const partial of partials.filter((other) => other !== newest)) await removePartial(context, partial)
  if (newest !== undefined) {
    const { type: kind, start, end } = newest.identity
    context.emit({ type: 'restart-found', kind, start, end })
  }
  context.emit({ type: 'last-full', time: lastFullTime(collection) })
  const spans = collection.chains.map(({ start, end }) => ({ start, end }))
  const last = collection.chains.at(-1)
  const bytes = last && storedBytes(collection, last)
  context.emit({ type: 'chains', chains: spans, sets: last?.sets.length ?? 0, bytes })
  // An interrupted full is gone on with whatever could be continued otherwise.
  const early = newest?.identity.type === 'full' ? undefined : await chooseBase(request, context, collection)
  const finished =
    newest && (await finishPartial(request, context, { partial: newest, collection, base: early }))
  if (finished === undefined) {
    const base = newest?.identity.type === 'full' ? await chooseBase(request, context, collection) : early
    return writeNew(request, context, { collection, base })
  }
  if (finished.outdated === 0) return finished
  context.emit({ type: 'restart-outdated', paths: finished.outdated })
  return follow(request, context)
}

async function loadSynchronized(request: BackupRequest, context: EngineContext): Promise<Collection> {
  const loaded = await loadCollection(context)
  const { metadataSync: mode, dryRun, kind } = request
  const time = request.currentTime ?? context.now()
  return synchronize(context, { mode, dryRun, time, leaveUnsigned: kind === 'full' }, loaded)
}

interface Ground {
  readonly collection: Collection
  /** The chain to continue; undefined: a full is made. */
  readonly base: Collection['primary']
}

async function writeNew(
  request: BackupRequest,
  context: EngineContext,
  { collection, base }: Ground,
): Promise<WrittenSet> {
  const end = newTime(request, context, collection)
  const identity =
    base === undefined
      ? { type: 'full' as const, start: end, end }
      : { type: 'inc' as const, start: base.chain.end, end }
  return writeSet(request, context, { identity, base: base?.signatures, resumed: undefined })
}

/** Stores what changed between the interrupted session and the one that finished it. */
async function follow(request: BackupRequest, context: EngineContext): Promise<WrittenSet> {
  const incremental: BackupRequest = { ...request, kind: 'incremental', fullIfOlderThan: undefined }
  const collection = await loadSynchronized(incremental, context)
  const base = await chooseBase(incremental, context, collection)
  return writeNew(incremental, context, { collection, base })
}

/** Finishes an interrupted set. Where that is not possible says why, removes it, and returns undefined. */
async function finishPartial(
  request: BackupRequest,
  context: EngineContext,
  { partial, collection, base }: Ground & { readonly partial: PartialSet },
): Promise<WrittenSet | undefined> {
  const baseEnd = base?.chain.end
  const restart = await planRestart(context, request, partial, { collection, baseEnd })
  const written =
    typeof restart === 'string'
      ? restart
      : await writeBehind(request, context, restart, partial.identity.type === 'inc' ? base : undefined)
  if (typeof written !== 'string') return written
  const removed = await removePartial(context, partial)
  const { type: kind, end } = partial.identity
  context.emit({ type: 'restart-anew', why: written, kind, end, removed })
  return undefined
}

/** Tries the safe points, the farthest first. */
async function writeBehind(
  request: BackupRequest,
  context: EngineContext,
  restart: Restart,
  base: Collection['primary'],
): Promise<WrittenSet | RestartObstacle> {
  const { identity, manifest, points } = restart
  const recorded = manifest.volumes.length
  let why: RestartObstacle = 'signatures'
  for (const point of points) {
    const taken = await takeOver(context, restart, point)
    if (taken === undefined) continue
    const { volume, path, inside } = point
    if (recorded > volume) context.emit({ type: 'restart-dropped', from: volume + 1, to: recorded })
    context.emit({ type: 'restart-after', volume, path, block: inside?.block })
    const plan: SetPlan = { identity, base: base?.signatures, resumed: { restart, point, taken } }
    try {
      return await writeSet(request, context, plan)
    } catch (error) {
      if (!(error instanceof StoredBlocksDiffer)) throw error
      why = 'file-changed'
    }
  }
  return why
}
