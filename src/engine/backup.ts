/**
 * `full` and `incremental`: the pipeline of a backup session in one place — synchronise, decide, check, walk,
 * compare, pack, seal, upload, commit (archive format §7, §8).
 */
import { UserError } from '../lib/errors.ts'
import { loadKernels } from '../rsync/kernels.ts'
import { type Collection, lastFullTime } from './chain/collection.ts'
import { type Change, findChanges } from './diff/changes.ts'
import type { StateReader } from './diff/state.ts'
import type { BackupStatistics } from './events.ts'
import { fullPath, Packer } from './pack/packer.ts'
import { emptyStatistics } from './pack/statistics.ts'
import type { BackupRequest, EngineContext } from './request.ts'
import { walk } from './select/walk.ts'
import { removePartials, sessionNames } from './session/archive-dir.ts'
import { checkChain, recordRecipients } from './session/chain-checks.ts'
import { Session } from './session/session.ts'
import { loadCollection, synchronize } from './session/sync.ts'
import { openState } from './signatures.ts'
import { VolumeWriter } from './volume/writer.ts'
import { fromText } from '../lib/bytestring.ts'

export interface BackupResult {
  readonly kind: 'full' | 'inc'
  readonly start: number
  readonly end: number
  readonly volumes: number
  readonly statistics: BackupStatistics
}

/** Seconds by which the newest set may lie in the future before the clock is not believed. */
const CLOCK_TOLERANCE = 600

/** Makes a backup. What cannot be read of the source is told and counted; anything else that fails throws. */
export async function backup(request: BackupRequest, context: EngineContext): Promise<BackupResult> {
  const started = context.now()
  // A key that cannot be used is refused before anything is written, to the archive directory too.
  await context.crypt.prepareWriting()
  const loaded = await loadCollection(context)
  const { metadataSync: mode, dryRun } = request
  const sync = {
    mode,
    dryRun,
    time: request.currentTime ?? started,
    leaveUnsigned: request.kind === 'full',
  }
  const collection = await synchronize(context, sync, loaded)
  context.emit({ type: 'last-full', time: lastFullTime(collection) })

  const base = await chooseBase(request, context, collection)
  const end = newTime(request, context, collection)
  const set = {
    type: base === undefined ? ('full' as const) : ('inc' as const),
    start: base?.chain.end ?? end,
    end,
  }
  context.emit({ type: 'backup-began', kind: set.type, start: set.start, end })
  const state = base === undefined ? undefined : await openState(context, base.signatures, set.start)
  try {
    const statistics = emptyStatistics(started)
    const volumes = await runSession(request, context, { set, state, statistics })
    statistics.endTime = context.now()
    context.emit({ type: 'statistics', statistics })
    const result = { kind: set.type, start: set.start, end, volumes }
    context.emit({ type: 'backup-done', ...result })
    return { ...result, statistics }
  } finally {
    await state?.close()
  }
}

/** The chain to continue; undefined: a full backup is made. */
async function chooseBase(
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
  return primary
}

/** Time of the new set: later than every time in the repository, in whole seconds (§8.1, §18.2 no. 6). */
function newTime(request: BackupRequest, context: EngineContext, collection: Collection): number {
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

interface SessionPlan {
  readonly set: { readonly type: 'full' | 'inc'; readonly start: number; readonly end: number }
  readonly state: StateReader | undefined
  readonly statistics: BackupStatistics
}

/** Walks, packs and uploads; returns the number of volumes. */
async function runSession(
  request: BackupRequest,
  context: EngineContext,
  plan: SessionPlan,
): Promise<number> {
  const { statistics } = plan
  const { owners } = context
  const items = walk({
    source: request.source,
    rules: request.rules,
    copyLinks: request.copyLinks,
    uid: context.uid,
  })
  const changes = findChanges(items, plan.state, { owners, numericOwner: request.numericOwner })
  if (request.dryRun) {
    for await (const change of changes) countOnly(change, request, context, statistics)
    return 0
  }

  await removePartials(context)
  const names = sessionNames(plan.set, context.crypt.form, context.names)
  const session = await Session.begin({
    context,
    names,
    hostname: fromText(context.host.hostname),
    localdir: request.source,
    recordFileList: request.recordFileList,
  })
  const volumes = new VolumeWriter({
    context,
    volumeSize: request.volumeSize,
    nameOf: names.volume,
    record: async (volume) => {
      await session.recordVolume(volume)
      context.emit({ type: 'volume-done', volume: volume.number, sourceBytes: statistics.sourceFileSize })
    },
  })
  const packer = new Packer({
    source: request.source,
    session,
    volumes,
    kernels: loadKernels(),
    owners,
    maxBlockSize: request.maxBlockSize,
    copyLinks: request.copyLinks,
    statistics,
    emit: context.emit,
    tempDir: context.tempDir,
    now: context.now,
  })
  try {
    for await (const change of changes) {
      context.signal.throwIfAborted()
      await pack(change, packer, request, context, statistics)
    }
    await volumes.finish()
    statistics.totalDestinationSizeChange = volumes.uploadedBytes
    await session.finish()
  } catch (error) {
    await volumes.discard()
    await session.abandon()
    throw error
  }
  await recordRecipients(context, plan.set.end)
  return volumes.volumes
}

async function pack(
  change: Change,
  packer: Packer,
  request: BackupRequest,
  context: EngineContext,
  statistics: BackupStatistics,
): Promise<void> {
  switch (change.change) {
    case 'new':
      return packer.addNew(change.entry)
    case 'changed':
      return packer.addChanged(change)
    case 'deleted':
      return packer.addDeleted(change.path, change.kind)
    case 'unchanged':
    case 'blocked':
    case 'none':
      countOnly(change, request, context, statistics)
  }
}

/** Counts and tells a change without reading or storing anything. */
function countOnly(
  change: Change,
  request: BackupRequest,
  context: EngineContext,
  statistics: BackupStatistics,
): void {
  switch (change.change) {
    case 'unchanged':
      statistics.sourceFiles += 1
      statistics.sourceFileSize += change.entry.size
      return
    case 'blocked': {
      const { reason, path, detail } = change.item
      statistics.errors += 1
      context.emit({
        type: 'trouble',
        trouble: reason,
        path,
        fullPath: fullPath(request.source, path),
        detail,
      })
      return
    }
    case 'none': {
      const { trouble, path, detail } = change.item
      context.emit({ type: 'trouble', trouble, path, fullPath: fullPath(request.source, path), detail })
      return
    }
    case 'deleted':
      statistics.deletedFiles += 1
      statistics.deltaEntries += 1
      context.emit({ type: 'entry', change: 'deleted', path: change.path, kind: change.kind, size: 0 })
      return
    case 'new':
    case 'changed': {
      const { path, kind, size } = change.entry
      statistics.sourceFiles += 1
      statistics.sourceFileSize += size
      statistics.deltaEntries += 1
      if (change.change === 'new') {
        statistics.newFiles += 1
        statistics.newFileSize += size
      } else {
        statistics.changedFiles += 1
        statistics.changedFileSize += size
      }
      context.emit({ type: 'entry', change: change.change, path, kind, size })
    }
  }
}
