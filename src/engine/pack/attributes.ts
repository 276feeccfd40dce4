/**
 * Reads what the system keeps of a file beside its content, for what is stored of it: extended attributes, access control
 * lists, file capabilities and the SELinux context (docs/format.md §5.4).
 */
import { type AclNames, formatAcl } from '../../format/acl.ts'
import { type ByteString, toText } from '../../lib/bytestring.ts'
import { reasonOf } from '../../lib/errors.ts'
import { type AttributeHolder, getAttribute, listAttributes } from '../../sys/xattr.ts'

/** Attributes as records have them (`FileRecords`). */
export interface Attributes {
  accessAcl?: ByteString
  defaultAcl?: ByteString
  selinux?: ByteString
  xattrs?: Map<ByteString, ByteString>
}

/** Bytes of names and values of one file. Its header must stay well below what readers take (1 MiB). */
const MOST_BYTES = 960 << 10
const NONE: Attributes = {}

/** Reads the attributes of a file. `onTrouble` hears, in whole sentences' ends, what could not be read or kept. */
export function readAttributes(
  holder: AttributeHolder,
  names: AclNames,
  onTrouble: (detail: string) => void,
): Attributes {
  const listed = attempt(onTrouble, () => listAttributes(holder))
  if (listed === undefined || listed.length === 0) return NONE
  const found: Attributes = {}
  let room = MOST_BYTES
  // Sorted, so that the same attributes are the same bytes.
  for (const name of listed.sort()) {
    if (!isStored(name)) continue
    const value = attempt(onTrouble, () => getAttribute(holder, name))
    if (value === undefined) continue
    room -= name.length + value.length
    if (room < 0) {
      onTrouble(`has more attributes than can be stored; ${toText(name)} and those after it are left out`)
      break
    }
    take(found, name, value, names, onTrouble)
  }
  return found
}

/** What belongs to the file. Everything else the system makes itself (IMA, NFS lists) or cannot be set again. */
export function isStored(name: ByteString): boolean {
  return (
    name.startsWith('user.') ||
    name.startsWith('trusted.') ||
    name === 'security.capability' ||
    name === 'security.selinux' ||
    name === ACCESS_ACL ||
    name === DEFAULT_ACL
  )
}

export const ACCESS_ACL = 'system.posix_acl_access'
export const DEFAULT_ACL = 'system.posix_acl_default'

function take(
  found: Attributes,
  name: ByteString,
  value: ByteString,
  names: AclNames,
  onTrouble: (detail: string) => void,
): void {
  if (name === ACCESS_ACL || name === DEFAULT_ACL) {
    const text = formatAcl(value, names)
    if (text === undefined) onTrouble(`has an access control list of an unknown form (${name})`)
    else if (name === ACCESS_ACL) found.accessAcl = text
    else found.defaultAcl = text
  } else if (name === 'security.selinux') found.selinux = value
  else (found.xattrs ??= new Map()).set(name, value)
}

function attempt<T>(onTrouble: (detail: string) => void, read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    onTrouble(`has attributes that cannot be read: ${reasonOf(error)}`)
    return undefined
  }
}
