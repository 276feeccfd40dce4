/** Whether a path is what the last backup recorded (archive format §7, "Equal means"). */
import type { TarEntry } from '../../format/tar/header.ts'
import type { OwnerTable } from '../select/owner.ts'
import type { SourceEntry } from '../select/entry.ts'

/** Whether nothing has to be stored. Size and content are not known to the record and are not compared. */
export function isUnchanged(
  entry: SourceEntry,
  stored: TarEntry,
  owners: OwnerTable,
  numericOwner: boolean,
): boolean {
  if (entry.kind !== stored.type) return false
  if (entry.kind === 'sym') return entry.link === stored.link
  if (entry.mode !== stored.mode) return false
  if (entry.uid !== localId('user', stored, owners, numericOwner)) return false
  if (entry.gid !== localId('group', stored, owners, numericOwner)) return false
  if (entry.kind === 'chr' || entry.kind === 'blk')
    return entry.major === stored.major && entry.minor === stored.minor
  return sameTime(entry.mtime, stored.mtime)
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
