/**
 * What a backup says of a file beyond its header, as records of pax headers (docs/format.md §5.4). duplicity and tar
 * pass these records over; where they have a keyword of their own for something (`SCHILY.…`, `RHT.…`) it is used.
 *
 * Reading takes nothing on trust: what is malformed is left out and told, except the checksum of the content, which
 * must not get lost by being unreadable.
 */
import type { ByteString } from '../lib/bytestring.ts'
import { UserError } from '../lib/errors.ts'
import type { ExtraRecords } from './tar/pax.ts'

/** The file behind several names. Equal in two members: they are names of one file. */
export interface LinkGroup {
  /** Device and inode, as they stand in the record. */
  readonly file: string
  /** How many names the file had, at least 2; not all need to be in the backup. */
  readonly names: number
}

/** What records can say. Undefined: not recorded. */
export interface FileRecords {
  /** SHA-256 of the whole content of a regular file, in base64url without padding: 43 characters, all ASCII. */
  readonly sha256: string | undefined
  /** Bytes of the whole content. */
  readonly size: number | undefined
  /** Modification time in nanoseconds since the epoch, also before it. */
  readonly mtime: bigint | undefined
  /** Change time in whole microseconds since the epoch; only in signature archives. */
  readonly ctime: number | undefined
  readonly link: LinkGroup | undefined
  /** Whether the file had holes. */
  readonly sparse: boolean
  /** Access control lists as text (`format/acl.ts`). */
  readonly accessAcl: ByteString | undefined
  readonly defaultAcl: ByteString | undefined
  /** The SELinux context, with the NUL at its end if it has one. */
  readonly selinux: ByteString | undefined
  /** Values of extended attributes by name. */
  readonly xattrs: ReadonlyMap<ByteString, ByteString>
}

const NO_XATTRS: ReadonlyMap<ByteString, ByteString> = new Map()

/** A file of which nothing is recorded. */
export const NO_RECORDS: FileRecords = {
  sha256: undefined,
  size: undefined,
  mtime: undefined,
  ctime: undefined,
  link: undefined,
  sparse: false,
  accessAcl: undefined,
  defaultAcl: undefined,
  selinux: undefined,
  xattrs: NO_XATTRS,
}

const XATTR = 'SCHILY.xattr.'
/** Longest name and value of an attribute that Linux takes. */
const XATTR_NAME_MAX = 255
const XATTR_VALUE_MAX = 65536

/** The records that say this, in one order. */
export function formatRecords(values: Partial<FileRecords>): Map<ByteString, ByteString> {
  const records = new Map<ByteString, ByteString>()
  const { sha256, size, mtime, ctime, link, accessAcl, defaultAcl, selinux, xattrs } = values
  if (sha256 !== undefined) records.set('DUBA.sha256', sha256)
  if (size !== undefined) records.set('DUBA.size', String(size))
  if (mtime !== undefined) records.set('DUBA.mtime', formatTime(mtime))
  if (ctime !== undefined) records.set('DUBA.ctime', String(ctime))
  if (link !== undefined) records.set('DUBA.link', `${link.file}:${link.names}`)
  if (values.sparse === true) records.set('DUBA.sparse', '1')
  if (accessAcl !== undefined) records.set('SCHILY.acl.access', accessAcl)
  if (defaultAcl !== undefined) records.set('SCHILY.acl.default', defaultAcl)
  if (selinux !== undefined) records.set('RHT.security.selinux', selinux)
  if (xattrs !== undefined) for (const [name, value] of xattrs) records.set(XATTR + encodeName(name), value)
  return records
}

/**
 * Reads records; unknown `DUBA.` keys are passed over. `onProblem` hears what is malformed and left out. Throws
 * ARCHIVE_INVALID where the checksum is malformed.
 */
export function parseRecords(
  records: ExtraRecords | undefined,
  onProblem: (what: string) => void,
): FileRecords {
  if (records === undefined || records.size === 0) return NO_RECORDS
  const take = <T>(key: string, read: (value: ByteString) => T | undefined): T | undefined => {
    const value = records.get(key)
    if (value === undefined) return undefined
    const result = read(value)
    if (result === undefined) onProblem(`its record ${key} is malformed and left out`)
    return result
  }
  return {
    sha256: readSha256(records.get('DUBA.sha256')),
    size: take('DUBA.size', readCount),
    mtime: take('DUBA.mtime', readTime),
    ctime: take('DUBA.ctime', readCount),
    link: take('DUBA.link', readLink),
    sparse: isSparse(records),
    accessAcl: records.get('SCHILY.acl.access'),
    defaultAcl: records.get('SCHILY.acl.default'),
    selinux: records.get('RHT.security.selinux'),
    xattrs: readXattrs(records, onProblem),
  }
}

/**
 * The modification time as it is worth recording beside a header that has whole `seconds`: undefined where those say it
 * all, or speak of another moment.
 */
export function recordableTime(nanoseconds: bigint, seconds: number): bigint | undefined {
  if (nanoseconds >= 0n && nanoseconds % BILLION === 0n) return undefined
  return belongs(nanoseconds, seconds) ? nanoseconds : undefined
}

/** The exact time: the recorded one where it belongs to the header's whole seconds, else those. */
export function exactTime(
  recorded: bigint | undefined,
  seconds: number,
): { readonly seconds: number; readonly nanoseconds: number } {
  if (recorded === undefined || !belongs(recorded, seconds)) return { seconds, nanoseconds: 0 }
  const nanoseconds = ((recorded % BILLION) + BILLION) % BILLION
  return { seconds: Number((recorded - nanoseconds) / BILLION), nanoseconds: Number(nanoseconds) }
}

/**
 * Whether both are the same moment. Headers have 0 for all times before the epoch; and the second may have been rounded up
 * from a number that cannot hold the last of its nanoseconds.
 */
function belongs(nanoseconds: bigint, seconds: number): boolean {
  if (nanoseconds < 0n) return seconds <= 0
  return nanoseconds / BILLION === BigInt(seconds) || (nanoseconds + 1000n) / BILLION === BigInt(seconds)
}

/** The change time that records hold, as `FileRecords` has it; NaN, which equals nothing, if malformed. */
export function recordedCtime(records: ExtraRecords | undefined): number | undefined {
  const value = records?.get('DUBA.ctime')
  return value === undefined ? undefined : Number(value)
}

/** The size of the content that records hold; NaN, which equals nothing, if malformed. */
export function recordedSize(records: ExtraRecords | undefined): number | undefined {
  const value = records?.get('DUBA.size')
  return value === undefined ? undefined : Number(value)
}

/** Whether records say that the file had holes. */
export function isSparse(records: ExtraRecords | undefined): boolean {
  return records?.get('DUBA.sparse') === '1'
}

/** The checksum that records hold. Throws ARCHIVE_INVALID if it is malformed. */
export function recordedSha256(records: ExtraRecords | undefined): string | undefined {
  return readSha256(records?.get('DUBA.sha256'))
}

function readSha256(value: ByteString | undefined): string | undefined {
  if (value === undefined || /^[A-Za-z0-9_-]{43}$/.test(value)) return value
  throw new UserError('ARCHIVE_INVALID', 'the recorded checksum of its content is malformed', {
    hint: 'The archive is damaged, or another program wrote it.',
  })
}

function readCount(value: ByteString): number | undefined {
  const number = /^(?:0|[1-9][0-9]{0,15})$/.test(value) ? Number(value) : undefined
  return number !== undefined && number <= Number.MAX_SAFE_INTEGER ? number : undefined
}

function readLink(value: ByteString): LinkGroup | undefined {
  const match = /^([0-9]{1,20}:[0-9]{1,20}):([0-9]{1,10})$/.exec(value)
  const names = Number(match?.[2])
  return match?.[1] !== undefined && names >= 2 ? { file: match[1], names } : undefined
}

const BILLION = 1_000_000_000n
/** Seconds that a JavaScript date can hold: what the headers of archives may say too. */
const MAX_SECONDS = 8_640_000_000_000n

/** Decimal seconds with nine digits behind the point. */
function formatTime(nanoseconds: bigint): ByteString {
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds
  const fraction = String(size % BILLION).padStart(9, '0')
  return `${nanoseconds < 0n ? '-' : ''}${size / BILLION}.${fraction}`
}

/** Digits behind the ninth are cut off. */
function readTime(value: ByteString): bigint | undefined {
  const match = /^(-?)([0-9]{1,15})(?:\.([0-9]{0,40}))?$/.exec(value)
  if (match === null) return undefined
  const [, sign, whole = '', fraction = ''] = match
  const seconds = BigInt(whole)
  if (seconds > MAX_SECONDS) return undefined
  const size = seconds * BILLION + BigInt(fraction.slice(0, 9).padEnd(9, '0'))
  return sign === '-' ? -size : size
}

function readXattrs(
  records: ExtraRecords,
  onProblem: (what: string) => void,
): ReadonlyMap<ByteString, ByteString> {
  let found: Map<ByteString, ByteString> | undefined
  for (const [key, value] of records) {
    if (!key.startsWith(XATTR)) continue
    const name = decodeName(key.slice(XATTR.length))
    if (name === '' || name.length > XATTR_NAME_MAX || name.includes('\0')) {
      onProblem('an extended attribute has an impossible name and is left out')
    } else if (value.length > XATTR_VALUE_MAX) {
      onProblem(`its extended attribute ${name} has ${value.length} bytes and is left out`)
    } else (found ??= new Map()).set(name, value)
  }
  return found ?? NO_XATTRS
}

/** A keyword cannot hold `=`; it is written as GNU tar does. */
function encodeName(name: ByteString): ByteString {
  return /[%=]/.test(name) ? name.replaceAll('%', '%25').replaceAll('=', '%3D') : name
}

function decodeName(name: ByteString): ByteString {
  return name.includes('%')
    ? name.replace(/%(25|3D)/gi, (_, code: string) => (code === '25' ? '%' : '='))
    : name
}
