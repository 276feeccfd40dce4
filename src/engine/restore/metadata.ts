/** Gives restored objects their owner, mode, attributes and times (archive format §13.2, docs/format.md §5.4). */
import { fchmodSync, fchownSync } from 'node:fs'
import { type AclReading, parseAcl } from '../../format/acl.ts'
import { exactTime, type FileRecords } from '../../format/records.ts'
import type { TarEntry } from '../../format/tar/header.ts'
import { type ByteString, toText } from '../../lib/bytestring.ts'
import { isErrno, messageOf } from '../../lib/errors.ts'
import type { DirectoryHandle } from '../../sys/directory.ts'
import { setFileTime } from '../../sys/times.ts'
import { setAttribute } from '../../sys/xattr.ts'
import { localId } from '../diff/compare.ts'
import { ACCESS_ACL, DEFAULT_ACL, isStored } from '../pack/attributes.ts'
import type { OwnerRule } from '../request.ts'
import type { OwnerTable } from '../select/owner.ts'
import { mappedId, mappedOwner } from './owner-map.ts'

/** What a file system or a user may be unable to keep; told once each, not for every file. */
export type Unsettable =
  | 'access control lists'
  | 'extended attributes (user)'
  | 'extended attributes (trusted)'
  | 'file capabilities'
  | 'SELinux contexts'
  | 'unknown attributes'
  | 'hard links'

/** Who is told of one object; the object itself is there. Details are ends of sentences. */
export interface Listeners {
  /** Something could not be set. */
  readonly onTrouble: (detail: string) => void
  /** The system does not let this user set an owner. */
  readonly onOwnerRefused: (detail: string) => void
  readonly onUnsettable: (what: Unsettable, detail: string) => void
}

export interface MetadataOptions extends Listeners {
  readonly owners: OwnerTable
  readonly numericOwner: boolean
  /** Whether to set owners at all. */
  readonly restoreOwner: boolean
  /** Owners that become others; go before names and numbers. */
  readonly ownerRules?: readonly OwnerRule[] | undefined
}

/** An object as far as its metadata go. Calls throw errno errors. */
export interface Place {
  chown(uid: number, gid: number): void
  /** Not called for links. */
  chmod(mode: number): void
  setAttribute(name: ByteString, value: ByteString): void
  utimes(seconds: number, nanoseconds: number): void
}

/** An open file. */
export function openFilePlace(fd: number): Place {
  return {
    chown: (uid, gid) => {
      fchownSync(fd, uid, gid)
    },
    chmod: (mode) => {
      fchmodSync(fd, mode)
    },
    setAttribute: (name, value) => {
      setAttribute(fd, name, value)
    },
    utimes: (seconds, nanoseconds) => {
      setFileTime(fd, seconds, nanoseconds)
    },
  }
}

/** An open directory. */
export function directoryPlace(handle: DirectoryHandle): Place {
  return {
    chown: (uid, gid) => {
      handle.chownSelf(uid, gid)
    },
    chmod: (mode) => {
      handle.chmodSelf(mode)
    },
    setAttribute: (attribute, value) => {
      handle.setAttributeSelf(attribute, value)
    },
    utimes: (seconds, nanoseconds) => {
      handle.utimesSelf(seconds, nanoseconds)
    },
  }
}

/**
 * Sets everything, in the order in which nothing undoes what came before: a new owner takes away set-id bits and
 * capabilities, a new mode the mask of a list, and the time is last. A step that fails is told and the rest goes on.
 */
export function applyMetadata(
  place: Place,
  header: TarEntry,
  records: FileRecords,
  options: MetadataOptions,
): void {
  if (options.restoreOwner) applyOwner(place, header, options)
  if (header.type !== 'sym') {
    attempt('set the mode', options, () => {
      place.chmod(header.mode)
    })
  }
  applyAttributes(place, records, options)
  attempt('set the time', options, () => {
    const { seconds, nanoseconds } = exactTime(records.mtime, header.mtime)
    place.utimes(seconds, nanoseconds)
  })
}

function applyOwner(place: Place, header: TarEntry, options: MetadataOptions): void {
  const { owners, numericOwner, onTrouble, onOwnerRefused } = options
  const rules = options.ownerRules ?? []
  const uid = mappedId('user', header, rules) ?? localId('user', header, owners, numericOwner)
  const gid = mappedId('group', header, rules) ?? localId('group', header, owners, numericOwner)
  try {
    place.chown(uid, gid)
  } catch (error) {
    const tell = isErrno(error, 'EPERM') ? onOwnerRefused : onTrouble
    tell(`cannot set the owner: ${messageOf(error)}`)
  }
}

function applyAttributes(place: Place, records: FileRecords, options: MetadataOptions): void {
  applyAcl(place, ACCESS_ACL, records.accessAcl, options)
  applyAcl(place, DEFAULT_ACL, records.defaultAcl, options)
  if (records.selinux !== undefined)
    set(place, 'SELinux contexts', 'security.selinux', records.selinux, options)
  for (const [name, value] of records.xattrs) set(place, kindOf(name), name, value, options)
}

function applyAcl(
  place: Place,
  name: ByteString,
  text: ByteString | undefined,
  options: MetadataOptions,
): void {
  if (text === undefined) return
  const { owners, numericOwner: numeric, restoreOwner, ownerRules = [] } = options
  const mapped: AclReading['mapped'] = (which, name, number) => mappedOwner(which, name, number, ownerRules)
  const value = parseAcl(text, owners, { numeric, named: restoreOwner, mapped })
  if (value === undefined)
    options.onUnsettable('access control lists', `the list "${toText(text)}" is malformed`)
  else set(place, 'access control lists', name, value, options)
}

/** Only what a backup stores is ever set: an archive may name any attribute. */
function kindOf(name: ByteString): Unsettable {
  if (name.startsWith('user.')) return 'extended attributes (user)'
  if (name.startsWith('trusted.')) return 'extended attributes (trusted)'
  return name === 'security.capability' ? 'file capabilities' : 'unknown attributes'
}

function set(
  place: Place,
  kind: Unsettable,
  name: ByteString,
  value: ByteString,
  { onUnsettable }: Listeners,
): void {
  if (kind === 'unknown attributes' || !isStored(name)) {
    onUnsettable('unknown attributes', `${toText(name)} is not for us to set`)
    return
  }
  try {
    place.setAttribute(name, value)
  } catch (error) {
    onUnsettable(kind, `${toText(name)}: ${messageOf(error)}`)
  }
}

/** Runs a step whose failure is told but does not stop the steps after it. */
function attempt(what: string, { onTrouble }: Listeners, step: () => void): void {
  try {
    step()
  } catch (error) {
    onTrouble(`cannot ${what}: ${messageOf(error)}`)
  }
}
