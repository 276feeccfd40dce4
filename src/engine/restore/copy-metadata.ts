/** Makes a directory that exists be as the restored one that was staged for its place. */
import { fstatSync } from 'node:fs'
import type { ByteString } from '../../lib/bytestring.ts'
import type { DirectoryHandle, EntryStat } from '../../sys/directory.ts'
import { getAttribute, listAttributes, removeAttribute } from '../../sys/xattr.ts'
import { isStored } from '../pack/attributes.ts'

/** What a staged directory was before it was opened for us and emptied. */
export interface StagedFacts extends Pick<EntryStat, 'uid' | 'gid' | 'mode'> {
  /** Modification time in nanoseconds. */
  readonly time: bigint
}

/** The modification time of an open directory, in nanoseconds. */
export function timeOf({ fd }: DirectoryHandle): bigint {
  return fstatSync(fd, { bigint: true }).mtimeNs
}

/**
 * Owner, mode, attributes with access control lists, and time, in the order in which nothing undoes what came before.
 * Attributes that the backup has not got go. `setsOwner`: else the owner stays. Throws errno errors.
 */
export function copyMetadata(
  from: DirectoryHandle,
  to: DirectoryHandle,
  { uid, gid, mode, time }: StagedFacts,
  { setsOwner }: { readonly setsOwner: boolean },
): void {
  if (setsOwner) to.chownSelf(uid, gid)
  const wanted = attributesOf(from)
  for (const name of attributesOf(to).keys()) {
    // The system gives every file a context; a list would take the new mode for its mask.
    if (!wanted.has(name) && name !== 'security.selinux') removeAttribute(to.fd, name)
  }
  to.chmodSelf(mode)
  for (const [name, value] of wanted) to.setAttributeSelf(name, value)
  to.utimesSelf(Number(time / 1_000_000_000n), Number(time % 1_000_000_000n))
}

function attributesOf({ fd }: DirectoryHandle): Map<ByteString, ByteString> {
  const found = new Map<ByteString, ByteString>()
  for (const name of listAttributes(fd).filter(isStored)) {
    const value = getAttribute(fd, name)
    if (value !== undefined) found.set(name, value)
  }
  return found
}
