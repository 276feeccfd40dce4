/** Which sets and volumes a restore needs (archive format §9.6, §13.1). */
import { stat } from 'node:fs/promises'
import { type Manifest } from '../../format/manifest.ts'
import { parseManifestPieces } from '../../format/manifest-parser.ts'
import { formatMoment } from '../../format/time.ts'
import { formatNameTime } from '../../format/name-time.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import { keptOf, UserError } from '../../lib/errors.ts'
import type { Collection } from '../chain/collection.ts'
import type { BackupChain } from '../chain/chains.ts'
import { chainAt, noChains, refuseEarlier, setsAt } from '../chain/choose.ts'
import { withoutDowngrades } from '../chain/downgrade.ts'
import { type BackupSet, filesOf, lacksVolumes, missingVolumes, unlistedVolumes } from '../chain/sets.ts'
import { fetchFile } from '../fetch.ts'
import { demandsSigner, type EngineContext } from '../request.ts'
import { readCachedManifest } from '../session/cache.ts'
import { Ledger } from '../session/ledger.ts'
import { wantedVolumes } from './set-reader.ts'

export interface PlannedSet {
  readonly set: BackupSet
  readonly manifest: Manifest
}

/**
 * The sets to read for a moment, full first. Throws NO_BACKUPS, TOO_EARLY, PLAINTEXT, WRONG_SIGNER, MANIFEST_UNREADABLE, and CHAIN_BROKEN where a newer set
 * by then is there which is lost, or whose predecessor is: duplicity restores the older state as if it were the newest. `older`: that
 * is told, and the older state is what is wanted.
 */
export async function planRestore(
  context: EngineContext,
  collection: Collection,
  time: number,
  { older = false }: { readonly older?: boolean } = {},
): Promise<PlannedSet[]> {
  const chain = chainAt(trustedChains(context, collection), time)
  if (chain === undefined) {
    throw noChains('backup', context.backend.label)
  }
  refuseEarlier(chain, time, context.backend.label)
  const sets = setsAt(chain, time)
  const broken = brokenChain(collection, sets, time)
  if (broken !== undefined) {
    if (!older) throw broken
    context.emit({ type: 'note', level: 'warning', text: broken.message })
  }
  const ledger = await Ledger.read(context.archiveDir)
  const planned: PlannedSet[] = []
  for (const set of sets) {
    const manifest = await completeManifest(context, set, ledger)
    const volumes = missingVolumes(
      set,
      manifest.volumes.map(({ number }) => number),
    )
    // Gaps that the names show were told when the listing was read.
    if (volumes.length > missingVolumes(set).length) {
      const warning = { kind: 'missing-volumes' as const, set: set.manifest?.name ?? '', volumes }
      context.emit({ type: 'collection-warning', warning })
    }
    planned.push({ set, manifest })
  }
  return planned
}

/** The error for a moment whose newest set fits no chain, or was built upon and has lost its manifest. */
function brokenChain(
  collection: Collection,
  sets: readonly BackupSet[],
  time: number,
): UserError | undefined {
  const reached = sets.at(-1)?.end ?? 0
  const lost = [...collection.orphanedSets, ...lostSets(collection)].filter(
    ({ end }) => reached < end && end <= time,
  )
  if (lost.length === 0) return undefined
  const names = lost.map(
    ({ manifest, end }) => manifest?.name ?? `the set of ${formatMoment(end)}, without manifest`,
  )
  return new UserError(
    'CHAIN_BROKEN',
    `The newest backup that can be restored is of ${formatMoment(reached)}; newer ones by the time asked for are lost, or build on a set that is: ${names.join(', ')}`,
    { hint: `To restore that older state, say --time ${formatNameTime(reached)}.` },
  )
}

/**
 * Sets without manifest that were complete once, because another begins where they end: unlike what an interrupted session
 * leaves, they were a state of their own.
 */
function lostSets({ orphanedSets, incompleteSets }: Collection): BackupSet[] {
  const starts = new Set(
    [...orphanedSets, ...incompleteSets].filter(({ type }) => type === 'inc').map(({ start }) => start),
  )
  return incompleteSets.filter(({ end }) => starts.has(end))
}

/**
 * The chains that may be restored or replicated: with encryption, none of the sets that step back from it, and where a
 * signer is demanded none that is not encrypted; these are told. Throws PLAINTEXT or WRONG_SIGNER where nothing is left.
 */
export function trustedChains(
  context: Pick<EngineContext, 'crypt' | 'emit' | 'backend'>,
  { chains }: Pick<Collection, 'chains'>,
): readonly BackupChain[] {
  if (!context.crypt.encrypts) return chains
  const signed = demandsSigner(context)
  const { chains: trusted, refused } = withoutDowngrades(chains, signed)
  if (refused.length === 0) return chains
  const warning = { kind: 'plaintext-sets' as const, sets: refused.map(filesOf), signed }
  context.emit({ type: 'collection-warning', warning })
  if (trusted.length > 0) return trusted
  if (signed) {
    const none = `No backup at ${context.backend.label} is signed: none that could be used is encrypted.`
    throw new UserError('WRONG_SIGNER', none, {
      hint: 'Somebody may have put them there. --no-encryption reads them nevertheless.',
    })
  }
  const text = `No backup at ${context.backend.label} can be trusted: manifests are not encrypted, and volumes are.`
  throw new UserError('PLAINTEXT', text, {
    hint: {
      engine: 'Somebody may have put them there. --no-encryption uses them nevertheless.',
      duba: 'Somebody may have put them there. "duba restore --url URL --no-encryption" restores them nevertheless.',
    },
  })
}

/** A set's manifest that names all volumes there are, if there is one: one that was cut short would make a part pass for the whole. */
async function completeManifest(context: EngineContext, set: BackupSet, ledger: Ledger): Promise<Manifest> {
  const cached = await readManifest(context, set, ledger)
  if (unlistedVolumes(set, cached).length === 0) return cached
  const manifest = await readRemoteManifest(context, set)
  const numbers = unlistedVolumes(set, manifest)
  if (numbers.length > 0) {
    const text = `Volumes ${numbers.join(', ')} of the set of ${formatMoment(set.end)} stand in no manifest and are not read.`
    context.emit({ type: 'note', level: 'warning', text })
  }
  return manifest
}

/** A set's manifest: the cached one where there is a sound one, else the remote one. */
export async function readManifest(
  context: EngineContext,
  set: BackupSet,
  ledger?: Ledger,
): Promise<Manifest> {
  const file = set.manifest
  if (file === undefined)
    throw new UserError('MANIFEST_UNREADABLE', `The set of ${formatMoment(set.end)} has no manifest.`)
  const known = ledger ?? (await Ledger.read(context.archiveDir))
  return (await readCachedManifest(context, file, known)) ?? readRemoteManifest(context, set)
}

/**
 * A set's manifest as the remote has it, decrypted, and with its list of files if that is wanted. Throws MANIFEST_UNREADABLE, also
 * for one that is not whole.
 */
export async function readRemoteManifest(
  context: EngineContext,
  set: BackupSet,
  { fileList = false }: { readonly fileList?: boolean } = {},
): Promise<Manifest> {
  const file = set.manifest
  if (file === undefined)
    throw new UserError('MANIFEST_UNREADABLE', `The set of ${formatMoment(set.end)} has no manifest.`)
  const fetched = await fetchFile(context, file.name, { sha1: false })
  try {
    const plain = await context.crypt.open(fetched.path, file.parsed.form, { checkSigner: true })
    const { size: stored } = await stat(fetched.path)
    const manifest = await parseManifestPieces(plain, { fileList, stored, signal: context.signal })
    if (lacksVolumes(set, manifest)) throw notWhole(unlistedVolumes(set, manifest))
    return manifest
  } catch (error) {
    throw named(error, file.name)
  } finally {
    await fetched.release()
  }
}

/** Read as it is, such a manifest would make a part, or the state before, pass for the state asked for. */
function notWhole(unlisted: readonly number[]): UserError {
  return new UserError(
    'MANIFEST_UNREADABLE',
    `It is not whole: volumes that are there do not stand in it (${unlisted.join(', ')}).`,
    {
      hint: 'The manifest on the destination is damaged. "restore --ignore-errors" brings back what can be.',
    },
  )
}

/** An error of a file's content with the file's name, where it has not got it. */
function named(error: unknown, name: string): unknown {
  if (!(error instanceof UserError) || error.message.includes(name)) return error
  return new UserError(error.code, `${name}: ${error.message}`, {
    cause: error,
    ...keptOf(error),
  })
}

/** Names of the volumes that have to be fetched for a path. */
export function requiredVolumes(planned: readonly PlannedSet[], wanted: ByteString): string[] {
  return planned.flatMap(({ set, manifest }) =>
    wantedVolumes(manifest, wanted).map(
      ({ number }) => set.volumes.get(number)?.name ?? `(missing) volume ${number}`,
    ),
  )
}

/** Volumes in all the sets: what progress counts against (command line facts §5.5). */
export function countVolumes(planned: readonly PlannedSet[]): number {
  return planned.reduce((count, { manifest }) => count + manifest.volumes.length, 0)
}
