/** Records of pax extended headers (POSIX.1-2001, docs/format.md §5.1): `LENGTH key=value` lines. */
import type { ByteString } from '../../lib/bytestring.ts'
import { UserError } from '../../lib/errors.ts'
import { isUtf8 } from './utf8.ts'

/** Values by key, as bytes. */
export type PaxRecords = Map<string, ByteString>

/** Records that say what headers have no field for (docs/format.md §5.4), in the order in which they are written. */
export type ExtraRecords = ReadonlyMap<ByteString, ByteString>

/** Whether a key is one of ours to read: everything that `format/records.ts` knows begins so. */
export function isExtraKey(key: ByteString): boolean {
  return (
    key.startsWith('DUBA.') ||
    key.startsWith('SCHILY.xattr.') ||
    key.startsWith('SCHILY.acl.') ||
    key === 'RHT.security.selinux'
  )
}

/** The keys that stand in the place of a header's field: what `header-read.ts` looks for. */
const FIELDS: ReadonlySet<string> = new Set([
  'path',
  'linkpath',
  'uname',
  'gname',
  'uid',
  'gid',
  'size',
  'mtime',
])

/**
 * The body of an extended header, without padding. If any value of `records` is not UTF-8 the first record says so
 * (`hdrcharset=BINARY`); the values are the same bytes either way. `extra` values are bytes whatever that record
 * says, and come last.
 */
export function formatPaxRecords(
  records: readonly (readonly [string, ByteString])[],
  extra?: ExtraRecords,
): ByteString {
  let body = records.some(([, value]) => !isUtf8(value)) ? formatRecord('hdrcharset', 'BINARY') : ''
  for (const [key, value] of records) body += formatRecord(key, value)
  if (extra !== undefined) for (const [key, value] of extra) body += formatRecord(key, value)
  return body
}

/** The length counts its own digits. */
function formatRecord(key: string, value: ByteString): ByteString {
  const rest = key.length + value.length + 3
  let length = rest + String(rest).length
  if (String(length).length > String(rest).length) length += 1
  return `${length} ${key}=${value}\n`
}

/**
 * Adds the records of an extended header's body that stand for fields to `into`; an empty value takes a key away. Returns
 * those with an extra key, where an empty value is a value; undefined if there are none. Other keys are passed over: a
 * global header would hold them for ever. Throws ARCHIVE_INVALID.
 */
export function parsePaxRecords(body: Buffer, into: PaxRecords): PaxRecords | undefined {
  let extra: PaxRecords | undefined
  for (let at = 0; at < body.length;) {
    if (body[at] === 0 && isZero(body, at)) return extra
    const space = body.indexOf(0x20, at)
    const digits = space === -1 ? '' : body.toString('latin1', at, space)
    const end = /^[0-9]{1,9}$/.test(digits) ? at + Number(digits) : 0
    const equals = body.indexOf(0x3d, space + 1)
    if (end <= space + 1 || end > body.length || body[end - 1] !== 0x0a || equals === -1 || equals >= end) {
      throw new UserError('ARCHIVE_INVALID', `A pax header is malformed at byte ${at}.`, {
        hint: 'The archive is damaged.',
      })
    }
    const key = body.toString('latin1', space + 1, equals)
    const value = body.toString('latin1', equals + 1, end - 1)
    if (isExtraKey(key)) (extra ??= new Map()).set(key, value)
    else if (value === '') into.delete(key)
    else if (FIELDS.has(key)) into.set(key, value)
    at = end
  }
  return extra
}

function isZero(body: Buffer, from: number): boolean {
  for (let at = from; at < body.length; at++) if (body[at] !== 0) return false
  return true
}

/** The whole number of a record's value, cut off where it has a fraction. NaN if it is no number. */
export function paxNumber(value: ByteString): number {
  if (!/^-?[0-9]{1,15}(?:\.[0-9]*)?$/.test(value)) return Number.NaN
  // "+ 0": no negative zero.
  return Math.trunc(Number(value)) + 0
}
