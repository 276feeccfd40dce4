/**
 * Plan of `remove-older-than`, `remove-all-but-n-full` and `remove-all-inc-of-but-n-full` (archive format §15.3, §15.4):
 * whole chains that ended before a moment, or their incrementals.
 */
import { type BackupChain, buildSignatureChains, type SignatureChain } from '../chain/chains.ts'
import type { Collection } from '../chain/collection.ts'
import type { RepositoryFile } from '../chain/sets.ts'
import {
  cachedManifestsOf,
  filesOfSet,
  type Inventory,
  setKey,
  signatureArchives,
  signaturesOf,
} from './inventory.ts'
import type { RemovalStep } from './plan.ts'

/** Which chains are old. */
export type Age =
  | { readonly kind: 'older-than'; readonly time: number }
  /** Those that ended before the n-th newest full began. */
  | { readonly kind: 'but-n-full'; readonly count: number }

/** A chain that stays, and why. */
export interface KeptChain {
  readonly start: number
  readonly end: number
  /**
   * `active`: the newest with signatures, which the next incremental continues; `not-old`: it ended later;
   * `no-incrementals`: there is nothing of it to delete.
   */
  readonly why: 'active' | 'not-old' | 'no-incrementals'
}

export interface ChainPlan {
  /** Ends of the chains that go, oldest first. */
  readonly times: readonly number[]
  /** Ends of old sets that stay because newer ones depend on them. */
  readonly needed: readonly number[]
  /** The active chain is old, and stays. */
  readonly activeIsOld: boolean
  /** No chain is active, and the newest goes like any other, as with duplicity. */
  readonly newestGoes: boolean
  readonly kept: readonly KeptChain[]
  /** In order: signatures, then backups, each newest chain first. */
  readonly steps: readonly RemovalStep[]
}

export interface ChainPlanOptions {
  readonly incrementsOnly: boolean
  /** No chain is continued any more: the newest is like the others. */
  readonly abandoned?: boolean
}

/**
 * Plans the removal of old chains, or only of their incrementals. The active chain is never old, and neither are its
 * signatures, in both places: duplicity protects one copy only (archive format §18.3).
 */
export function planChains(
  inventory: Inventory,
  age: Age,
  { incrementsOnly, abandoned = false }: ChainPlanOptions,
): ChainPlan {
  const { collection } = inventory
  const before = momentOf(collection, age)
  // The whole chain, also where its last set has no signatures and the next incremental builds on the one before.
  const active = abandoned
    ? undefined
    : collection.chains.find(({ start }) => start === collection.primary?.chain.start)
  const isOld = ({ end }: { readonly end: number }): boolean => end < before
  const goes = (chain: BackupChain): boolean =>
    chain !== active && isOld(chain) && (!incrementsOnly || chain.sets.length > 1)
  const chains = collection.chains.filter(goes)
  const newest = collection.chains.at(-1)
  return {
    times: chains.map(({ end }) => end),
    needed: setsBefore(
      collection.chains.filter((chain) => !isOld(chain)),
      isOld,
    ),
    activeIsOld: active !== undefined && isOld(active),
    newestGoes: newest !== undefined && goes(newest) && !incrementsOnly,
    kept: collection.chains
      .filter((chain) => !goes(chain))
      .map((chain) => {
        const why = !isOld(chain) ? 'not-old' : chain === active ? 'active' : 'no-incrementals'
        return { start: chain.start, end: chain.end, why }
      }),
    steps: [
      ...oldSignatures(inventory, chains, isOld, active).map((chain) =>
        signatureStep(inventory, chain, incrementsOnly),
      ),
      ...chains.map((chain) => backupStep(inventory, chain, incrementsOnly)).reverse(),
    ],
  }
}

type IsOld = (span: { readonly end: number }) => boolean

function setsBefore(chains: readonly BackupChain[], isOld: IsOld): number[] {
  const ends = chains.flatMap(({ sets }) => sets.filter(isOld).map(({ end }) => end))
  return ends.sort((a, b) => a - b)
}

/** Signature chains that go with `chains`, newest first: all old ones, as with duplicity, but those of the active chain. */
function oldSignatures(
  inventory: Inventory,
  chains: readonly BackupChain[],
  isOld: IsOld,
  active: BackupChain | undefined,
): SignatureChain[] {
  if (chains.length === 0) return []
  const stays = [active ?? inventory.collection.chains.at(-1)].filter(
    (chain) => chain !== undefined && !chains.includes(chain),
  )
  return signatureChains(inventory)
    .filter((chain) => isOld(chain) && !stays.some((staying) => staying?.start === chain.start))
    .reverse()
}

/**
 * The signature chains as duplicity sees them, which those of unfinished sets extend too: nobody continues them, but they
 * go with their chain, or keep its signatures as long as they are not old themselves. What the next backup may finish
 * is left alone. By end, remote before local.
 */
function signatureChains(inventory: Inventory): SignatureChain[] {
  const { collection } = inventory
  const interrupted = new Set(collection.local.filter(({ parsed }) => parsed.partial).map(keyOf))
  const chainsIn = (where: 'remote' | 'local'): readonly SignatureChain[] => {
    const files = signatureArchives(inventory, where).filter((file) => !interrupted.has(keyOf(file)))
    return buildSignatureChains(files, where, collection.chains).chains
  }
  return [...chainsIn('remote'), ...chainsIn('local')].sort((a, b) => a.end - b.end)
}

function keyOf({ parsed }: RepositoryFile): string {
  return setKey(parsed)
}

/** The moment before which a chain must have ended; -1, before everything, where there are not so many fulls. */
export function momentOf(collection: Collection, age: Age): number {
  if (age.kind === 'older-than') return age.time
  const starts = collection.chains.map(({ start }) => start).sort((a, b) => b - a)
  return starts[age.count - 1] ?? -1
}

function signatureStep(
  inventory: Inventory,
  { where, end, files }: SignatureChain,
  incrementsOnly: boolean,
): RemovalStep {
  const names = files
    .slice(incrementsOnly ? 1 : 0)
    .reverse()
    .flatMap(({ parsed }) => signaturesOf(inventory, where, parsed))
  const [remote, local] = where === 'remote' ? [names, []] : [[], names]
  return {
    reason: incrementsOnly ? 'old-incremental-signatures' : 'old-signatures',
    time: end,
    remote,
    local,
  }
}

function backupStep(inventory: Inventory, { end, sets }: BackupChain, incrementsOnly: boolean): RemovalStep {
  const going = sets.slice(incrementsOnly ? 1 : 0).reverse()
  return {
    reason: incrementsOnly ? 'old-incrementals' : 'old-backups',
    time: end,
    remote: going.flatMap((set) => filesOfSet(inventory, set)),
    local: going.flatMap((set) => [
      ...cachedManifestsOf(inventory, set),
      ...signaturesOf(inventory, 'local', set),
    ]),
  }
}
