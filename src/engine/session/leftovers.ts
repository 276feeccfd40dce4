/** What interrupted sessions left behind and nobody will go on with: brought to its end, or removed. */
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Collection } from '../chain/collection.ts'
import { type BackupSet, identityKey } from '../chain/sets.ts'
import type { EngineContext } from '../request.ts'
import { cachedName } from './archive-dir.ts'
import { recordRecipients } from './chain-checks.ts'
import { readJournal, removeJournal } from './journal.ts'
import { type PartialSet, partialSets, readPartialManifest } from './partial-sets.ts'
import { deleteRemote, readRemoteSet } from './remote-set.ts'
import { settlePartial } from './restart-decision.ts'

/**
 * Finishes the sessions that were killed behind their commit: the manifest is on the remote, its copy here still bears
 * the name of a part, which makes duplicity fail. Returns whether anything was done.
 */
export async function settleComplete(context: EngineContext, collection: Collection): Promise<boolean> {
  const complete = new Map(
    [...collection.chains.flatMap(({ sets }) => sets), ...collection.orphanedSets].map((set) => [
      identityKey(set),
      set,
    ]),
  )
  let done = false
  for (const partial of partialSets(collection.local)) {
    const set = complete.get(identityKey(partial.identity))
    if (set === undefined) continue
    await settle(context, partial, set)
    done = true
  }
  return done
}

async function settle(
  context: EngineContext,
  { identity, manifest, signatures }: PartialSet,
  { manifest: remote, volumes }: BackupSet,
): Promise<void> {
  const { archiveDir } = context
  const inArchive = (name: string): string => join(archiveDir, name)
  if (manifest !== undefined) {
    const found = await readPartialManifest(archiveDir, manifest)
    const kept = remote !== undefined && settlePartial(found?.manifest.volumes, volumes) === 'keep'
    if (kept) await rename(inArchive(manifest), inArchive(cachedName(remote)))
    else await rm(inArchive(manifest), { force: true })
    context.emit({ type: 'restart-settled', name: manifest, kept })
  }
  if (signatures !== undefined) await rm(inArchive(signatures), { force: true })
  const journal = await readJournal(archiveDir)
  if (journal === undefined || identityKey(journal.identity) !== identityKey(identity)) return
  await recordRecipients(context, identity.end, journal.recipients)
  await removeJournal(archiveDir)
}

/**
 * Removes a partial set: what the remote has of it, which no manifest will ever name, then what is here. Nothing is
 * deleted on the remote if it has a manifest after all. Returns the names deleted there.
 */
export async function removePartial(context: EngineContext, partial: PartialSet): Promise<string[]> {
  const remote = await readRemoteSet(context, partial.identity)
  const removed = remote.complete ? [] : await deleteRemote(context, remote.names)
  await removeJournal(context.archiveDir)
  for (const name of [partial.signatures, partial.manifest]) {
    if (name !== undefined) await rm(join(context.archiveDir, name), { force: true })
  }
  return removed
}
