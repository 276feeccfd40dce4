/**
 * Whether and where an interrupted session can go on. Pure: facts in, a decision out (archive format §10).
 *
 * A safe point is the end of a volume up to which everything is surely on the remote and surely known. duplicity takes
 * the last volume but one for it, since the last may be cut short; our journal knows which were found whole.
 */
import type { ByteString } from '../../lib/bytestring.ts'
import type { ManifestVolume } from '../../format/manifest.ts'
import type { SetIdentity } from '../chain/sets.ts'
import type { RestartObstacle } from '../events.ts'
import type { BlockPrefix } from '../volume/block-position.ts'
import type { FileDigest } from './appender.ts'
import type { JournalRecord } from './journal.ts'

export interface RestartFacts {
  readonly asked: 'full' | 'incremental' | 'auto'
  readonly identity: SetIdentity
  /** End of the chain that an incremental would continue; undefined where a full would be made. */
  readonly baseEnd: number | undefined
  /** End of the newest complete set; -1 where there is none. */
  readonly newestEnd: number
  /** Whether the files of the set have the names that they would get now. */
  readonly namesFit: boolean
  /** Undefined: there is none that can be read. */
  readonly manifest: readonly ManifestVolume[] | undefined
  /** Whether a number stands in the manifest more than once: somebody went on already, and overwrote the signatures. */
  readonly repeated: boolean
  /** Whatever there is: it may be of another set. */
  readonly journal: JournalRecord | undefined
  /** Fingerprint of the key that would sign now; '' where nothing would be signed. */
  readonly signer: string
  /** The set's volumes on the remote, by number, with their sizes where the remote tells. */
  readonly remote: ReadonlyMap<number, number | undefined>
}

/** The end of a volume behind which the set can go on. */
export interface SafePoint {
  readonly volume: number
  readonly path: ByteString
  /** The last block stored, where the volume ends inside a file. */
  readonly inside: { readonly block: number; readonly prefix: BlockPrefix } | undefined
  /** The signature archive up to here, where a journal tells. */
  readonly signatures: FileDigest | undefined
}

export type RestartDecision =
  /**
   * The farthest point first; each is good if those before it turn out not to be. At least one. The journal, if it is
   * of this set and agrees with its manifest.
   */
  | {
      readonly restart: true
      readonly points: readonly SafePoint[]
      readonly journal: JournalRecord | undefined
    }
  | { readonly restart: false; readonly why: RestartObstacle }

/** Decides. */
export function decideRestart(facts: RestartFacts): RestartDecision {
  const { asked, identity, baseEnd, newestEnd, namesFit, manifest, repeated, remote, signer } = facts
  const no = (why: RestartObstacle): RestartDecision => ({ restart: false, why })
  if (identity.type === 'inc') {
    if (asked === 'full' || baseEnd === undefined) return no('full-wanted')
    if (baseEnd !== identity.start) return no('superseded')
  }
  if (newestEnd >= identity.end) return no('superseded')
  if (manifest === undefined) return no('manifest')
  if (!namesFit && remote.size > 0) return no('settings-changed')
  const journal = trustedJournal(facts, manifest)
  if (journal === undefined && repeated) return no('manifest')
  const stored = storedVolumes(manifest, remote, journal)
  if (stored === 0) return no('nothing-stored')
  if ((journal?.signer ?? signer) !== signer) return no('settings-changed')
  const points = safePoints(manifest.slice(0, stored), journal)
  return points.length === 0 ? no('no-border') : { restart: true, points, journal }
}

/** The journal, if it is of this set and everything that it vouches for stands in the manifest as it says. */
function trustedJournal(
  { identity, journal }: RestartFacts,
  manifest: readonly ManifestVolume[],
): JournalRecord | undefined {
  if (journal === undefined) return undefined
  const { type, start, end } = journal.identity
  if (type !== identity.type || start !== identity.start || end !== identity.end) return undefined
  const vouched = journal.volumes.slice(0, journal.acknowledged)
  return vouched.every(({ sha1 }, index) => manifest[index]?.hashes.SHA1 === sha1) ? journal : undefined
}

/** How many volumes, from the first, are surely whole on the remote and known to the manifest. */
function storedVolumes(
  manifest: readonly ManifestVolume[],
  remote: RestartFacts['remote'],
  journal: JournalRecord | undefined,
): number {
  let present = 0
  while (remote.has(present + 1) && manifest[present]?.number === present + 1) {
    const size = remote.get(present + 1)
    const known = journal?.volumes[present]?.size
    if (size !== undefined && known !== undefined && size !== known) break
    present += 1
  }
  if (journal !== undefined) return Math.min(present, journal.acknowledged)
  // The last one on the remote may be cut short.
  return remote.has(present + 1) ? present : Math.max(0, present - 1)
}

/** The last volume, and if that ends inside a file also the last before it that does not. */
function safePoints(stored: readonly ManifestVolume[], journal: JournalRecord | undefined): SafePoint[] {
  const points: SafePoint[] = []
  for (const { number, endPath, endBlock } of [...stored].reverse()) {
    const known = journal?.volumes[number - 1]
    const point = { volume: number, path: endPath, signatures: known?.signatures }
    if (endBlock === undefined) return [...points, { ...point, inside: undefined }]
    if (number === stored.length && known?.within !== undefined && known.signatures !== undefined) {
      points.push({ ...point, inside: { block: endBlock, prefix: known.within } })
    }
  }
  return points
}

/**
 * What to do with a partial manifest beside the remote one: it becomes the cached one if it lists the very volumes that
 * there are, so that nobody has to decrypt the other.
 */
export function settlePartial(
  manifest: readonly ManifestVolume[] | undefined,
  remote: Pick<ReadonlyMap<number, unknown>, 'has' | 'size'>,
): 'keep' | 'drop' {
  if (manifest?.length !== remote.size) return 'drop'
  return manifest.every(({ number }) => remote.has(number)) ? 'keep' : 'drop'
}
