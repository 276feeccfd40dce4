/**
 * Whether a path is what the last backup recorded: duplicity's rule (archive format §7, "Equal means"), which looks at
 * neither size nor content, and what our records and signatures tell beyond it.
 */
import { recordedCtime, recordedSize } from '../../format/records.ts'
import type { TarEntry } from '../../format/tar/header.ts'
import type { ExtraRecords } from '../../format/tar/pax.ts'
import { hasCode } from '../../lib/errors.ts'
import { contentSizes, HEADER_LENGTH, parseSignatureHeader } from '../../rsync/signature-header.ts'
import type { OwnerTable } from '../select/owner.ts'
import type { SourceEntry } from '../select/entry.ts'
import type { StateEntry } from './state.ts'

/**
 * Whether nothing has to be stored, as far as the headers tell. Where they have our records, size and change time count
 * too, so that a change of content within the same second, or with the time set back, is seen, and one of attributes.
 */
export function isUnchanged(
  entry: SourceEntry,
  stored: TarEntry,
  owners: OwnerTable,
  numericOwner: boolean,
): boolean {
  if (entry.kind !== stored.type) return false
  if (stored.records !== undefined && !isAsRecorded(entry, stored.records)) return false
  if (entry.kind === 'sym') return entry.link === stored.link
  if (entry.mode !== stored.mode) return false
  if (entry.uid !== localId('user', stored, owners, numericOwner)) return false
  if (entry.gid !== localId('group', stored, owners, numericOwner)) return false
  if (entry.kind === 'chr' || entry.kind === 'blk')
    return entry.major === stored.major && entry.minor === stored.minor
  return sameTime(entry.mtime, stored.mtime)
}

function isAsRecorded(entry: SourceEntry, records: ExtraRecords): boolean {
  const ctime = recordedCtime(records)
  if (ctime !== undefined && ctime !== entry.ctime) return false
  const size = entry.kind === 'reg' ? recordedSize(records) : undefined
  return size === undefined || size === entry.size
}

/**
 * Whether a file of this size can have the signature that is stored of it: all that is known of its size where another
 * program wrote the record. A signature that makes no sense rules nothing out.
 */
export async function fitsSignature(entry: SourceEntry, stored: StateEntry): Promise<boolean> {
  if (!stored.hasSignature || recordedSize(stored.header.records) !== undefined) return true
  const head = await stored.signatureHead()
  if (head.length < HEADER_LENGTH) return true
  try {
    const { least, most } = contentSizes(parseSignatureHeader(head), stored.header.size)
    return entry.size >= least && entry.size <= most
  } catch (error) {
    if (hasCode(error, 'DELTA_INVALID')) return true
    throw error
  }
}

/** Times are equal by whole seconds; before the epoch they are stored as 0 and all count as equal. */
export function sameTime(a: number, b: number): boolean {
  return Math.max(0, Math.floor(a)) === Math.max(0, Math.floor(b))
}

/** The id that a stored owner has on this machine: by name where the name is known here, else the number. */
export function localId(
  which: 'user' | 'group',
  stored: Pick<TarEntry, 'uid' | 'gid' | 'uname' | 'gname'>,
  owners: OwnerTable,
  numericOwner: boolean,
): number {
  const number = which === 'user' ? stored.uid : stored.gid
  const name = which === 'user' ? stored.uname : stored.gname
  if (numericOwner || name === '') return number
  return (which === 'user' ? owners.userId(name) : owners.groupId(name)) ?? number
}
