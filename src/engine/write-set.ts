/** Writes one backup set: walk, compare, pack, seal, upload, commit; from the beginning or behind a safe point. */
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { fromText } from '../lib/bytestring.ts'
import { loadKernels } from '../rsync/kernels.ts'
import { type SignatureChain } from './chain/chains.ts'
import type { SetIdentity } from './chain/sets.ts'
import { type Change, findChanges } from './diff/changes.ts'
import { behindCovered, listCovered } from './diff/covered.ts'
import type { SignatureSource, StateReader } from './diff/state.ts'
import type { BackupStatistics } from './events.ts'
import { countOnly } from './pack/count-only.ts'
import { Packer } from './pack/packer.ts'
import { Progress } from './progress.ts'
import { emptyStatistics } from './pack/statistics.ts'
import type { BackupRequest, EngineContext } from './request.ts'
import { walk } from './select/walk.ts'
import { sessionNames } from './session/archive-dir.ts'
import { recordRecipients } from './session/chain-checks.ts'
import { removeJournal } from './session/journal.ts'
import type { SafePoint } from './session/restart-decision.ts'
import type { Restart, TakenOver } from './session/restart.ts'
import { Session, type SessionOptions } from './session/session.ts'
import { openState } from './signatures.ts'
import { VolumeWriter } from './volume/writer.ts'

export interface SetPlan {
  readonly identity: SetIdentity
  /** The signatures that an incremental continues. */
  readonly base: SignatureChain | undefined
  /** The interrupted session that the set goes on with. */
  readonly resumed: ResumedSession | undefined
}

/** An interrupted session, cut back to a safe point. */
export interface ResumedSession {
  readonly restart: Restart
  readonly point: SafePoint
  readonly taken: TakenOver
}

export interface BackupResult {
  readonly kind: 'full' | 'inc'
  readonly start: number
  readonly end: number
  /** In the whole set. */
  readonly volumes: number
  /** Of this run. */
  readonly statistics: BackupStatistics
}

/** The set, and how many paths of it the source has changed since an interrupted session stored them. */
export interface WrittenSet extends BackupResult {
  readonly outdated: number
}

/** Writes the set. Throws StoredBlocksDiffer where a file cannot be continued; nothing was stored then. */
export async function writeSet(
  request: BackupRequest,
  context: EngineContext,
  plan: SetPlan,
): Promise<WrittenSet> {
  const { type: kind, start, end } = plan.identity
  context.emit({ type: 'backup-began', kind, start, end })
  const statistics = emptyStatistics(context.now())
  const state = await openOverlaid(context, plan)
  let outdated = 0
  try {
    const items = walk({
      source: request.source,
      rules: request.rules,
      copyLinks: request.copyLinks,
      uid: context.uid,
    })
    const { owners } = context
    const found = findChanges(items, state, { owners, numericOwner: request.numericOwner })
    const { resumed } = plan
    const changes =
      resumed === undefined
        ? found
        : behindCovered(found, rangeOf(resumed.point), () => {
            outdated += 1
          })
    const volumes = await storeAll(request, context, plan, { changes, statistics })
    statistics.endTime = context.now()
    context.emit({ type: 'statistics', statistics })
    context.emit({ type: 'backup-done', kind, start, end, volumes })
    return { kind, start, end, volumes, statistics, outdated }
  } finally {
    await state?.close()
  }
}

function rangeOf({ path, inside }: SafePoint): { path: string; inside: boolean } {
  return { path, inside: inside !== undefined }
}

/** The state to compare the source with: the base, and over it what an interrupted session stored. */
async function openOverlaid(
  context: EngineContext,
  { identity, base, resumed }: SetPlan,
): Promise<StateReader | undefined> {
  const kept = resumed === undefined ? [] : [keptSource(context, resumed)]
  if (base === undefined && kept.length === 0) return undefined
  return openState(context, base, identity.start, kept)
}

function keptSource({ archiveDir }: EngineContext, { restart, taken }: ResumedSession): SignatureSource {
  const name = restart.names.partSignatures
  const { bytes } = taken.signatures
  return { name, bytes: readBeginning(join(archiveDir, name), bytes) }
}

async function* readBeginning(path: string, bytes: number): AsyncGenerator<Buffer> {
  if (bytes > 0) yield* createReadStream(path, { end: bytes - 1 }) as AsyncIterable<Buffer>
}

interface Stored {
  readonly changes: AsyncIterable<Change>
  readonly statistics: BackupStatistics
}

/** Packs and uploads; returns the number of volumes in the set. */
async function storeAll(
  request: BackupRequest,
  context: EngineContext,
  plan: SetPlan,
  { changes, statistics }: Stored,
): Promise<number> {
  const progress = new Progress(context)
  if (request.dryRun) {
    for await (const change of changes) {
      countOnly(change, request, context, statistics)
      progress.entry()
    }
    return 0
  }
  const { identity, resumed } = plan
  const session = await openSession(request, context, plan)
  const volumes = new VolumeWriter({
    context,
    volumeSize: request.volumeSize,
    nameOf: sessionNames(identity, context.crypt.form, context.names).volume,
    record: async (finished) => {
      await session.recordVolume(finished)
      const { number } = finished.volume
      context.emit({ type: 'volume-done', volume: number, sourceBytes: statistics.sourceFileSize })
    },
    acknowledge: (volume) => {
      session.acknowledge(volume)
    },
    ...(resumed && { stored: resumed.taken.sizes }),
  })
  const packer = new Packer({
    source: request.source,
    session,
    volumes,
    kernels: loadKernels(),
    owners: context.owners,
    maxBlockSize: request.maxBlockSize,
    copyLinks: request.copyLinks,
    statistics,
    emit: context.emit,
    tempDir: context.tempDir,
    now: context.now,
    progress,
  })
  try {
    if (resumed !== undefined) await continueSession(context, plan, resumed, { session, packer, request })
    for await (const change of changes) {
      context.signal.throwIfAborted()
      await pack(change, packer, request, context, statistics)
      progress.entry(change.change === 'unchanged' ? change.entry.size : 0)
    }
    packer.end()
    await volumes.finish()
    statistics.totalDestinationSizeChange = volumes.uploadedBytes
    await session.finish()
  } catch (error) {
    await volumes.discard()
    await session.abandon()
    throw error
  }
  await recordRecipients(context, identity.end, await context.crypt.describeRecipients())
  await removeJournal(context.archiveDir)
  return volumes.volumes
}

async function openSession(
  request: BackupRequest,
  context: EngineContext,
  { identity, resumed }: SetPlan,
): Promise<Session> {
  const options: SessionOptions = {
    context,
    identity,
    names: sessionNames(identity, context.crypt.form, context.names),
    hostname: fromText(context.host.hostname),
    localdir: request.source,
    recordFileList: request.recordFileList,
  }
  if (resumed === undefined) return Session.begin(options)
  const { restart, point, taken } = resumed
  const { journal, signatures } = taken
  return Session.resume(options, {
    volumes: restart.manifest.volumes.slice(0, point.volume),
    signatures,
    journal,
  })
}

/** Tells the session and the packer what is stored already. */
async function continueSession(
  context: EngineContext,
  { identity, base }: SetPlan,
  resumed: ResumedSession,
  { session, packer, request }: { session: Session; packer: Packer; request: BackupRequest },
): Promise<void> {
  const { inside, path } = resumed.point
  if (inside !== undefined) packer.continueFile(path, { count: inside.block, prefix: inside.prefix })
  if (!request.recordFileList) return
  const before = base === undefined ? undefined : await openState(context, base, identity.start)
  try {
    await listCovered(keptSource(context, resumed), before, (status, listed) => {
      session.listFile(status, listed)
    })
  } finally {
    await before?.close()
  }
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
