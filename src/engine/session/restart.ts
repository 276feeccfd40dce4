/** Going on with an interrupted session: from what is found to a session that can be written to (archive format §10). */
import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Manifest } from '../../format/manifest.ts'
import { formatMoment } from '../../format/time.ts'
import { fromText } from '../../lib/bytestring.ts'
import { hasCode, isErrno, UserError } from '../../lib/errors.ts'
import type { Collection } from '../chain/collection.ts'
import type { SetIdentity } from '../chain/sets.ts'
import type { RestartObstacle } from '../events.ts'
import type { BackupRequest, EngineContext } from '../request.ts'
import type { KeptBytes } from './appender.ts'
import { type SessionNames, sessionNames } from './archive-dir.ts'
import { checkOrigin, sealsAlike } from './chain-checks.ts'
import { Journal, type JournalRecord, readJournal } from './journal.ts'
import { keptSignatures } from './kept-signatures.ts'
import { type PartialSet, readPartialManifest } from './partial-sets.ts'
import { deleteRemote, readRemoteSet, type RemoteSet } from './remote-set.ts'
import { decideRestart, type SafePoint } from './restart-decision.ts'
import { signerObstacle } from './stored-signer.ts'

/** A session that can be gone on with. */
export interface Restart {
  readonly identity: SetIdentity
  readonly names: SessionNames
  readonly manifest: Manifest
  /** The farthest first; at least one. */
  readonly points: readonly SafePoint[]
  /** Of this very session. */
  readonly journal: JournalRecord | undefined
  readonly remote: RemoteSet
}

/** A session cut back to a safe point. */
export interface TakenOver {
  readonly journal: Journal
  /** The signatures up to the point, at the beginning of the `.sigtar.part`. */
  readonly signatures: KeptBytes
  /** Sizes of the volumes that stay, by name and in order. */
  readonly sizes: ReadonlyMap<string, number>
}

/**
 * Looks whether a partial set can be finished; says why if not. `baseEnd`: end of the chain that an incremental would
 * continue, undefined where a full would be made. Throws HOST_CHANGED, SOURCE_CHANGED, and REPOSITORY_CHANGED where the set
 * has been completed since the listing was read.
 */
export async function planRestart(
  context: EngineContext,
  request: BackupRequest,
  partial: PartialSet,
  { collection, baseEnd }: { collection: Collection; baseEnd: number | undefined },
): Promise<Restart | RestartObstacle> {
  const { identity } = partial
  const names = sessionNames(identity, context.crypt.form, context.names)
  const remote = await readRemoteSet(context, identity)
  if (remote.complete) {
    const text = `The backup that was interrupted (of ${formatMoment(identity.end)}) has a manifest at ${context.backend.label} by now.`
    throw new UserError('REPOSITORY_CHANGED', text, {
      hint: 'It is complete, and nothing of it was touched. Another machine may be at work there; run the command again.',
    })
  }
  const found =
    partial.manifest === undefined
      ? undefined
      : await readPartialManifest(context.archiveDir, partial.manifest)
  const first = remote.volumes.get(1)
  const decision = decideRestart({
    asked: request.kind,
    identity,
    baseEnd,
    newestEnd: Math.max(-1, ...collection.chains.map(({ end }) => end)),
    namesFit:
      partial.manifest === names.partManifest && (first === undefined || first.name === names.volume(1)),
    manifest: found?.manifest.volumes,
    repeated: found?.repeated ?? false,
    journal: await readJournal(context.archiveDir),
    signer: context.crypt.signer ?? '',
    remote: new Map([...remote.volumes].map(([number, { size }]) => [number, size])),
  })
  if (!decision.restart) return decision.why
  if (found === undefined || first === undefined) return 'nothing-stored'
  const { manifest } = found
  const { points, journal } = decision
  if (!request.allowSourceMismatch) checkOrigin(context, request, manifest)
  else if (!isSameOrigin(manifest, context, request)) return 'settings-changed'
  if (!(await sealsAlike(context, first, journal?.recipients))) return 'settings-changed'
  if (context.crypt.signer !== undefined && journal?.signer === undefined) {
    const obstacle = await signerObstacle(context, first)
    if (obstacle !== undefined) return obstacle
  }
  return { identity, names, manifest, points, journal, remote }
}

function isSameOrigin(manifest: Manifest, { host }: EngineContext, request: BackupRequest): boolean {
  return manifest.hostname === fromText(host.hostname) && manifest.localdir === request.source
}

/**
 * Cuts an interrupted session back to a safe point: first the journal says what stays, then what is behind the point
 * is deleted on the remote; the parts are cut by `Session.resume`. A kill between any two steps leaves a session that
 * can be resumed again. Undefined if the signatures do not reach to the point or are not the session's.
 */
export async function takeOver(
  context: EngineContext,
  { identity, names, manifest, journal, remote }: Restart,
  point: SafePoint,
): Promise<TakenOver | undefined> {
  const { archiveDir } = context
  if (!(await restorePart(context, names))) return undefined
  const signatures = await keptSignatures(join(archiveDir, names.partSignatures), point)
  if (signatures === undefined) return undefined
  const sizes = new Map<string, number>()
  for (let number = 1; number <= point.volume; number += 1) {
    const name = remote.volumes.get(number)?.name ?? names.volume(number)
    const size = remote.volumes.get(number)?.size ?? (await context.backend.size(name, context.signal))
    if (size === undefined) return undefined
    sizes.set(name, size)
  }
  const digest = { bytes: signatures.bytes, sha256: signatures.hash.copy().digest('hex') }
  const volumes = manifest.volumes.slice(0, point.volume).map(({ number, hashes }, index) => ({
    ...(journal?.volumes[index] ?? {
      volume: number,
      size: [...sizes.values()][index] ?? 0,
      sha1: hashes.SHA1 ?? '',
    }),
    ...(number === point.volume && { signatures: digest }),
  }))
  const taken = await Journal.begin(archiveDir, {
    identity,
    recipients: journal?.recipients ?? (await context.crypt.describeRecipients()),
    signer: journal?.signer ?? context.crypt.signer ?? '',
    volumes,
    acknowledged: point.volume,
  })
  await deleteRemote(
    context,
    remote.names.filter(({ parsed }) => parsed.kind !== 'volume' || parsed.volume > point.volume),
  )
  await rm(join(archiveDir, names.localSignatures), { force: true })
  return { journal: taken, signatures, sizes }
}

/** Makes sure that there is a `.sigtar.part`: from the finished signatures, if the kill came after they were. */
async function restorePart(context: EngineContext, names: SessionNames): Promise<boolean> {
  const part = join(context.archiveDir, names.partSignatures)
  if (await exists(part)) return true
  const finished = join(context.archiveDir, names.localSignatures)
  if (!(await exists(finished))) return false
  const temporary = join(context.archiveDir, '.duba-work-signatures')
  try {
    await pipeline(await context.crypt.open(finished, 'gz'), createWriteStream(temporary, { mode: 0o600 }))
  } catch (error) {
    if (!hasCode(error, 'INTEGRITY', 'ARCHIVE_INVALID')) throw error
    return false
  }
  await rename(temporary, part)
  return true
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false
    throw error
  }
}
