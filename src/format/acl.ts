/**
 * POSIX access control lists: the bytes of the attributes `system.posix_acl_access` and `system.posix_acl_default`
 * (linux/posix_acl_xattr.h) ↔ the text of the records `SCHILY.acl.…`, as star writes it: entries separated by commas,
 * `user::rw-`, `user:lisa:rw-:1001`, `group::r--`, `mask::rw-`, `other::r--`; an owner without a name stands as its number.
 */
import type { ByteString } from '../lib/bytestring.ts'

/** Looks up the names of owners: '' where there is none. */
export interface AclNames {
  userName(uid: number): ByteString
  groupName(gid: number): ByteString
}

/** Looks up the numbers of owners. */
export interface AclNumbers {
  userId(name: ByteString): number | undefined
  groupId(name: ByteString): number | undefined
}

/** Whose the entries of a list are on this machine. */
export interface AclReading {
  /** Goes by the numbers alone. */
  readonly numeric: boolean
  /** False: entries of named users and groups are left out, and what the mask took from the group stays taken. */
  readonly named?: boolean
  /** The number that an owner gets, whatever names and numbers say; undefined: as they say. */
  readonly mapped?: (
    which: 'user' | 'group',
    name: ByteString,
    number: number | undefined,
  ) => number | undefined
}

const VERSION = 2
const HEADER = 4
const ENTRY = 8
/** What Linux takes as the value of an attribute. */
const MOST_ENTRIES = Math.floor((65536 - HEADER) / ENTRY)
const NOBODY = 0xffff_ffff

/** In the order in which the kernel wants them. */
const USER_OBJ = 0x01
const USER = 0x02
const GROUP_OBJ = 0x04
const GROUP = 0x08
const MASK = 0x10
const OTHER = 0x20

const words: ReadonlyMap<number, string> = new Map([
  [USER_OBJ, 'user'],
  [USER, 'user'],
  [GROUP_OBJ, 'group'],
  [GROUP, 'group'],
  [MASK, 'mask'],
  [OTHER, 'other'],
])

/** The text of a list, or undefined if its bytes are not of the known form. */
export function formatAcl(value: ByteString, names: AclNames): ByteString | undefined {
  const bytes = Buffer.from(value, 'latin1')
  if (bytes.length < HEADER || (bytes.length - HEADER) % ENTRY !== 0 || bytes.readUInt32LE(0) !== VERSION)
    return undefined
  const entries: ByteString[] = []
  for (let at = HEADER; at < bytes.length; at += ENTRY) {
    const tag = bytes.readUInt16LE(at)
    const word = words.get(tag)
    if (word === undefined) return undefined
    const permissions = formatPermissions(bytes.readUInt16LE(at + 2))
    if (tag === USER || tag === GROUP) {
      const id = bytes.readUInt32LE(at + 4)
      const name = tag === USER ? names.userName(id) : names.groupName(id)
      entries.push(`${word}:${isPlain(name) ? name : id}:${permissions}:${id}`)
    } else entries.push(`${word}::${permissions}`)
  }
  return entries.join(',')
}

/** Names that could be taken for something else in the text. */
function isPlain(name: ByteString): boolean {
  return !/^$|^[0-9]+$|[:,\s#\0]/.test(name)
}

function formatPermissions(bits: number): string {
  return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${bits & 1 ? 'x' : '-'}`
}

/**
 * The bytes of a list for this machine: an owner's name counts more than its number where it is known here, unless
 * `numeric`. Undefined if the text is not of the known form or leaves an owner open. Also reads what other programs write:
 * line ends for commas, and no number.
 */
export function parseAcl(text: ByteString, numbers: AclNumbers, reading: AclReading): ByteString | undefined {
  const entries: Entry[] = []
  for (const line of text.split(/[,\n]/)) {
    const entry = line.trim()
    if (entry === '') continue
    const match = /^(user|group|mask|other)(?::([^:]*))?:([r-][w-][x-])(?::([0-9]{1,10}))?$/.exec(entry)
    if (match === null || entries.length === MOST_ENTRIES) return undefined
    const [, word = '', owner = '', permissions = '', number] = match
    const tag = tagOf(word, owner)
    const id = tag === USER || tag === GROUP ? idOf(tag, owner, number, numbers, reading) : NOBODY
    if (tag === undefined || id === undefined) return undefined
    entries.push({ tag, bits: parsePermissions(permissions), id })
  }
  if (entries.length === 0) return undefined
  return asBytes(reading.named === false ? withoutNamed(entries) : entries)
}

interface Entry {
  readonly tag: number
  readonly bits: number
  readonly id: number
}

function withoutNamed(entries: readonly Entry[]): Entry[] {
  const mask = entries.find(({ tag }) => tag === MASK)?.bits ?? 7
  return entries
    .filter(({ tag }) => tag === USER_OBJ || tag === GROUP_OBJ || tag === OTHER)
    .map((entry) => (entry.tag === GROUP_OBJ ? { ...entry, bits: entry.bits & mask } : entry))
}

function asBytes(entries: readonly Entry[]): ByteString {
  const sorted = [...entries].sort((a, b) => a.tag - b.tag || a.id - b.id)
  const bytes = Buffer.alloc(HEADER + sorted.length * ENTRY)
  bytes.writeUInt32LE(VERSION, 0)
  for (const [index, { tag, bits, id }] of sorted.entries()) {
    const at = HEADER + index * ENTRY
    bytes.writeUInt16LE(tag, at)
    bytes.writeUInt16LE(bits, at + 2)
    bytes.writeUInt32LE(id, at + 4)
  }
  return bytes.toString('latin1')
}

function tagOf(word: string, owner: ByteString): number | undefined {
  if (word === 'user') return owner === '' ? USER_OBJ : USER
  if (word === 'group') return owner === '' ? GROUP_OBJ : GROUP
  if (owner !== '') return undefined
  return word === 'mask' ? MASK : OTHER
}

function idOf(
  tag: number,
  owner: ByteString,
  number: string | undefined,
  numbers: AclNumbers,
  { numeric, mapped }: AclReading,
): number | undefined {
  const isNumber = /^[0-9]{1,10}$/.test(owner)
  const text = number ?? (isNumber ? owner : undefined)
  const stored = text === undefined ? undefined : Number(text)
  const known = tag === USER ? numbers.userId(owner) : numbers.groupId(owner)
  const usual = !numeric && known !== undefined ? known : (stored ?? known)
  const id = mapped?.(tag === USER ? 'user' : 'group', isNumber ? '' : owner, stored) ?? usual
  return id !== undefined && id < NOBODY ? id : undefined
}

function parsePermissions(text: string): number {
  return (text.startsWith('r') ? 4 : 0) | (text[1] === 'w' ? 2 : 0) | (text[2] === 'x' ? 1 : 0)
}
