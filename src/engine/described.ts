/**
 * What the commands may believe that read signature archives alone, and of which backups these tell nothing. They use what a
 * restore would use; where the newest backup has lost its signatures, or others made it, an older state never passes for it.
 */
import { formatNameTime } from '../format/name-time.ts'
import { UserError } from '../lib/errors.ts'
import { type BackupChain, cutSignatures, type SignatureChain } from './chain/chains.ts'
import { chainAt, noChains, setsAt, signaturesAt } from './chain/choose.ts'
import type { Collection } from './chain/collection.ts'
import { plainMetadata, withoutDowngrades } from './chain/downgrade.ts'
import { type BackupSet, identityKey, type RepositoryFile } from './chain/sets.ts'
import { demandsSigner, type EngineContext, type SyncRequest } from './request.ts'
import { trustedChains } from './restore/plan.ts'
import { loadCollection, synchronize } from './session/sync.ts'

const NAMED = 10

export interface Described {
  readonly collection: Collection
  /** The chains that a restore would use, sorted by end. */
  readonly backups: readonly BackupChain[]
  /**
   * The signatures that may be used, of either side, as duplicity: where the backup chain is damaged, the remote may know
   * more than was copied. Sorted by end.
   */
  readonly signatures: readonly SignatureChain[]
}

/** Lists and synchronises, for a command that reads signatures only. Throws WRONG_SIGNER and PLAINTEXT where nothing may be used. */
export async function loadDescribed(
  context: EngineContext,
  { mode, time }: Pick<SyncRequest, 'mode' | 'time'>,
): Promise<Described> {
  const loaded = await loadCollection(context)
  const sync = { mode, time, dryRun: false, reading: true, leaveUnsigned: true }
  const collection = await synchronize(context, sync, loaded)
  const backups = trustedChains(context, collection)
  const signatures = usableSignatures(context, collection)
  if (signatures.length === 0 && loaded.signatureChains.length > 0 && demandsSigner(context)) {
    const text = `No signature archive at ${context.backend.label} is signed by the expected key.`
    throw new UserError('WRONG_SIGNER', text)
  }
  return { collection, backups, signatures }
}

/** The signature chains without what is not encrypted and should be, and without what builds on that. */
export function usableSignatures(context: EngineContext, collection: Collection): readonly SignatureChain[] {
  if (!context.crypt.encrypts) return collection.signatureChains
  const signed = demandsSigner(context)
  const { chains, refused } = withoutDowngrades(collection.chains, signed)
  const trusted = new Set(chains.flatMap(({ sets }) => sets).map(identityKey))
  const plain = plainMetadata(collection.remote, signed)
  // The cached copy of a trusted set stays good whatever was put in the place of the remote one.
  const foreign = [...plain].map(({ parsed }) => identityKey(parsed)).filter((key) => !trusted.has(key))
  const unusable = new Set([...refused.map(identityKey), ...foreign])
  return cutSignatures(
    collection.signatureChains,
    (file, where) => !unusable.has(identityKey(file.parsed)) && !(where === 'remote' && plain.has(file)),
  )
}

/**
 * The signature chain for a moment. Throws SIGNATURES_LOST where there are backups and none has signatures that can be used, and
 * NO_BACKUPS where there is nothing.
 */
export function signaturesFor(
  { signatures, backups }: Described,
  time: number,
  { backend }: Pick<EngineContext, 'backend'>,
): SignatureChain {
  const chain = chainAt(signatures, time)
  if (chain !== undefined) return chain
  refuseSets(
    backups.flatMap(({ sets }) => sets),
    [],
  )
  throw noChains('signature', backend.label)
}

/** Throws SIGNATURES_LOST where a restore of that moment would bring back more than a signature chain tells of. */
export function refuseUndescribed(backups: readonly BackupChain[], told: SignatureChain, time: number): void {
  const chain = chainAt(backups, time)
  refuseSets(chain === undefined ? [] : setsAt(chain, time), signaturesAt(told, time))
}

/** The sets that none of these signatures is of. */
export function undescribed(
  sets: readonly BackupSet[],
  files: readonly RepositoryFile[],
): readonly BackupSet[] {
  const described = new Set(files.map(({ parsed }) => identityKey(parsed)))
  return sets.filter((set) => !described.has(identityKey(set)))
}

/** Throws SIGNATURES_LOST where one of these sets is not among those that these signatures are of. */
export function refuseSets(sets: readonly BackupSet[], files: readonly RepositoryFile[]): void {
  const lost = undescribed(sets, files)
  if (lost.length === 0) return
  const named = lost.slice(0, NAMED).map(({ end }) => formatNameTime(end))
  const times = named.join(', ') + (lost.length > NAMED ? ` and ${lost.length - NAMED} more` : '')
  const [backups, it, its] =
    lost.length === 1 ? ['The backup', 'it', 'its'] : ['The backups', 'them', 'their']
  throw new UserError(
    'SIGNATURES_LOST',
    `${backups} of ${times} could not be looked at, and what was told is without ${it}: ${its} signatures are missing or not to be trusted.`,
    {
      hint: {
        engine: 'A restore needs no signatures. "check" says what is wrong at the destination.',
        duba: 'A restore needs no signatures. "duba verify" says what is wrong at the destination.',
      },
    },
  )
}
