/**
 * Plan of `cleanup` (archive format §15.2): what belongs to no chain.
 *
 * Beyond duplicity (§18.3) it finds incrementals that a longer one has displaced, signatures of which no volume and no
 * manifest is left, and what an interrupted session left in the archive directory.
 */
import { defaultNames } from '../../format/filename.ts'
import { buildSignatureChains, type SignatureChain } from '../chain/chains.ts'
import { type BackupSet, parseListing, type RepositoryFile, type SetIdentity } from '../chain/sets.ts'
import { JOURNAL_FILE } from '../session/journal.ts'
import {
  cachedManifestsOf,
  filesOfSet,
  type Inventory,
  setKey,
  signatureArchives,
  signaturesOf,
} from './inventory.ts'
import type { RemovalReason, RemovalStep } from './plan.ts'

export interface CleanupPlan {
  /** Files that go, for people, in duplicity's order. A name stands twice where both places have the file. */
  readonly listed: readonly string[]
  /** In order of deletion: signatures before sets, newest first, so that each stop leaves what can be cleaned up. */
  readonly steps: readonly RemovalStep[]
}

/** Plans what a cleanup deletes. `journal`: the set that the journal in the archive directory is of. */
export function planCleanup(inventory: Inventory, journal?: SetIdentity): CleanupPlan {
  const { orphanedSets, incompleteSets, displacedSets } = inventory.collection
  const remote = straySignatures(inventory, 'remote')
  const local = straySignatures(inventory, 'local')
  const abandoned = abandonedSignatures(inventory, remote.chains)
  const displaced = displacedSets.map((set) => displacedSignatures(inventory, set))
  const sets = [
    ...orphanedSets.map((set) => setStep(inventory, 'orphaned-set', set)),
    ...incompleteSets.map((set) => setStep(inventory, 'incomplete-set', set)),
    ...displacedSets.map((set) => setStep(inventory, 'displaced-set', set)),
  ]
  const unfinished = unfinishedSessions(inventory, journal)
  return {
    listed: [
      ...local.orphaned.flatMap((step) => step.local),
      ...[...orphanedSets, ...incompleteSets].flatMap((set) => filesOfSet(inventory, set).reverse()),
      ...remote.orphaned.flatMap((step) => step.remote),
      ...displacedSets.flatMap((set) => filesOfSet(inventory, set).reverse()),
      ...[...displaced, ...abandoned].flatMap((step) => step.remote),
      ...unfinished.flatMap((step) => step.local),
    ],
    steps: [
      // Before the sets themselves: as long as a displaced set is there, it is known whose signatures these are.
      ...newestFirst([...displaced, ...abandoned, ...remote.orphaned, ...local.orphaned]),
      ...newestFirst(sets),
      ...unfinished,
    ],
  }
}

function newestFirst(steps: readonly RemovalStep[]): RemovalStep[] {
  return [...steps].sort((a, b) => b.time - a.time)
}

function setStep(inventory: Inventory, reason: RemovalReason, set: BackupSet): RemovalStep {
  const remote = filesOfSet(inventory, set)
  return { reason, time: set.end, remote, local: cachedManifestsOf(inventory, set) }
}

interface Stray {
  readonly chains: readonly SignatureChain[]
  readonly orphaned: readonly RemovalStep[]
}

/**
 * Signatures that fit no chain in a place. Those of displaced sets are looked at as gone already: they occupy the
 * place of those that belong to the sets which stay.
 */
function straySignatures(inventory: Inventory, where: 'local' | 'remote'): Stray {
  const displaced = new Set(inventory.collection.displacedSets.map(setKey))
  const files = signatureArchives(inventory, where).filter(({ parsed }) => !displaced.has(setKey(parsed)))
  const { chains, orphaned } = buildSignatureChains(files, where, inventory.collection.chains)
  const step = (file: RepositoryFile): RemovalStep => {
    const names = signaturesOf(inventory, where, file.parsed)
    const [remote, local] = where === 'remote' ? [names, []] : [[], names]
    return { reason: 'orphaned-signatures', time: file.parsed.end, remote, local }
  }
  return { chains, orphaned: orphaned.map(step) }
}

function displacedSignatures(inventory: Inventory, set: BackupSet): RemovalStep {
  const names = (where: 'local' | 'remote'): string[] => signaturesOf(inventory, where, set)
  return { reason: 'displaced-signatures', time: set.end, remote: names('remote'), local: names('local') }
}

/** Signature chains of the remote of which no volume and no manifest is left, and no unfinished session either. */
function abandonedSignatures(inventory: Inventory, chains: readonly SignatureChain[]): RemovalStep[] {
  const left = [
    ...inventory.remote.filter(({ parsed }) => parsed.kind !== 'signatures'),
    ...inventory.local.filter(({ parsed }) => parsed.kind === 'manifest' && parsed.partial),
    ...underOtherPrefixes(inventory.foreign),
  ]
  const isLeft = ({ files }: SignatureChain): boolean => {
    const keys = new Set(files.map(({ parsed }) => setKey(parsed)))
    const ends = new Set(files.map(({ parsed }) => parsed.end))
    return left.some(
      ({ parsed }) => keys.has(setKey(parsed)) || (parsed.type === 'inc' && ends.has(parsed.start)),
    )
  }
  return chains
    .filter((chain) => !isLeft(chain))
    .map(({ end, files }) => {
      const newest = [...files].reverse()
      const names = (where: 'local' | 'remote'): string[] =>
        newest.flatMap(({ parsed }) => signaturesOf(inventory, where, parsed))
      return { reason: 'abandoned-signatures', time: end, remote: names('remote'), local: names('local') }
    })
}

/**
 * Volumes and manifests whose names begin with other prefixes than those in force: with a prefix option forgotten or
 * mistyped, signatures alone would be seen, and taken for abandoned.
 */
function underOtherPrefixes(foreign: readonly string[]): RepositoryFile[] {
  const names = foreign.flatMap((name) => {
    const at = name.search(/duplicity-(?:full|inc)\.|d[fi]\.[0-9a-z]+\./)
    return at === -1 ? [] : [name.slice(at)]
  })
  return parseListing(names, defaultNames)
}

/**
 * What sessions that did not end left in the archive directory, the journal with its session. Their volumes are those
 * of an incomplete set.
 */
function unfinishedSessions(inventory: Inventory, journal: SetIdentity | undefined): RemovalStep[] {
  const sessions = new Map<string, RemovalStep & { local: string[] }>()
  for (const { name, parsed } of inventory.local) {
    if (!parsed.partial) continue
    const key = setKey(parsed)
    const step = sessions.get(key) ?? {
      reason: 'unfinished-session',
      time: parsed.end,
      remote: [],
      local: [],
    }
    step.local.push(name)
    sessions.set(key, step)
  }
  if (journal !== undefined) sessions.get(setKey(journal))?.local.push(JOURNAL_FILE)
  return newestFirst([...sessions.values()])
}
