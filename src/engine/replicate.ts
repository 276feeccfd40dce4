/**
 * `replicate`: copies the complete sets of a repository to another destination, encoded anew under the present settings
 * (archive format §16). What the destination has already stays; a set that it has in part is completed.
 */
import type { Backend } from '../backend/backend.ts'
import { lastFullTime, readCollection } from './chain/collection.ts'
import type { BackupSet } from './chain/sets.ts'
import { setKey, takeInventory } from './removal/inventory.ts'
import {
  isReplicated,
  lacksSignatures,
  replicatedNames,
  type ReplicatedSet,
  replicateSet,
} from './replicate/set.ts'
import type { EngineContext, ReplicateRequest } from './request.ts'
import { trustedChains } from './restore/plan.ts'

export interface ReplicateResult {
  /** Sets that were copied or completed. */
  readonly sets: number
  /** Stored bytes uploaded. */
  readonly bytes: number
}

/**
 * Copies from `source` to the context's backend. Throws PLAINTEXT and WRONG_SIGNER where nothing there may be used, and what
 * `replicateSet` throws; sets before that are whole.
 */
export async function replicate(
  request: ReplicateRequest,
  source: Backend,
  context: EngineContext,
): Promise<ReplicateResult> {
  const { emit, signal, names } = context
  const collection = readCollection(await source.list(signal), [], names)
  const there = takeInventory(await context.backend.list(signal), [], names)
  emit({ type: 'last-full', time: lastFullTime(there.collection) })
  for (const warning of collection.warnings) emit({ type: 'collection-warning', warning })
  if (collection.chains.length === 0) emit({ type: 'replicate-nothing' })
  // What a restore would not use must not come out of this encrypted and signed.
  const trusted = trustedChains({ ...context, backend: source }, collection)
  if (!request.dryRun && collection.chains.length > 0) await context.crypt.prepareWriting()

  const chains = [...trusted].sort((a, b) => a.start - b.start)
  const wanted = chains.flatMap(({ sets }) => sets.filter(({ end }) => end < request.time))
  let sets = 0
  let bytes = 0
  for (const set of wanted) {
    const replicated: ReplicatedSet = {
      set,
      signatures: collection.remote.find(
        ({ parsed }) => parsed.kind === 'signatures' && belongs(parsed, set),
      ),
      present: there.remote.filter(({ parsed }) => !parsed.partial && belongs(parsed, set)),
    }
    if (isReplicated(replicated)) emit({ type: 'already-replicated', name: set.manifest?.name ?? '' })
    if (isReplicated(replicated) && !lacksSignatures(replicated)) continue
    sets += 1
    if (request.dryRun) for (const name of replicatedNames(replicated)) emit({ type: 'replicating', name })
    else bytes += await replicateSet(source, context, replicated)
  }
  emit({ type: 'replicate-done', sets, bytes })
  return { sets, bytes }
}

function belongs(times: Pick<BackupSet, 'type' | 'start' | 'end'>, set: BackupSet): boolean {
  return setKey(times) === setKey(set)
}
