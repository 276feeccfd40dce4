/**
 * Reads tar headers (docs/format.md §5.1): the dialect that we write, GNU tar's, and old tars. Everything in them is
 * data from outside: a number that cannot be, a type that no backup holds or a wrong checksum throws ARCHIVE_INVALID.
 */
import type { ByteString } from '../../lib/bytestring.ts'
import { UserError } from '../../lib/errors.ts'
import { showName } from '../show-name.ts'
import { TAR_BLOCK, type TarEntry, type TarType } from './header.ts'
import { readNumber } from './number.ts'
import { type ExtraRecords, paxNumber, type PaxRecords } from './pax.ts'

const CHECKSUM = 148

/** Whether the block of 512 bytes at `at` is all zero: the end of an archive. */
export function isZeroBlock(block: Buffer, at = 0): boolean {
  for (let index = at; index < at + TAR_BLOCK; index++) if (block[index] !== 0) return false
  return true
}

/** Whether a header's checksum is right, taken over unsigned bytes or, as some old tars did, over signed ones. */
export function hasValidChecksum(block: Buffer, at = 0): boolean {
  const expected = readNumber(block, at + CHECKSUM, 8)
  const view = viewOf(block.buffer)
  const start = block.byteOffset + at
  // Four bytes at a time, for this runs on every member of every archive, into two sums of 16 bits side by side:
  // 128 words give each at most 128 · 2 · 255 < 65536.
  let sums = 0
  for (let index = start; index < start + TAR_BLOCK; index += 4) {
    const word = view.getInt32(index, true)
    sums = (sums + (word & 0xff00ff) + ((word >>> 8) & 0xff00ff)) | 0
  }
  let sum = (sums & 0xffff) + (sums >>> 16)
  // The field itself counts as blanks.
  for (let index = at + CHECKSUM; index < at + CHECKSUM + 8; index++) sum += 0x20 - (block[index] ?? 0)
  return sum === expected || sum - 256 * highBytes(block, at) === expected
}

let lastView: DataView = new DataView(new ArrayBuffer(0))

function viewOf(buffer: ArrayBufferLike): DataView {
  if (lastView.buffer !== buffer) lastView = new DataView(buffer)
  return lastView
}

/** Bytes above 0x7f outside the checksum field. */
function highBytes(block: Buffer, at: number): number {
  let count = 0
  for (let index = at; index < at + TAR_BLOCK; index++) {
    const inField = index >= at + CHECKSUM && index < at + CHECKSUM + 8
    if (!inField && (block[index] ?? 0) > 0x7f) count += 1
  }
  return count
}

/** The byte that tells a header's type. */
export function typeFlagOf(block: Buffer, at = 0): number {
  return block[at + 156] ?? 0
}

/** The size field as it stands: of a body, or of what describes the next header. NaN or negative if it makes no sense. */
export function sizeFieldOf(block: Buffer, at = 0): number {
  return readNumber(block, at + 124, 12)
}

/** What precedes a header and overrides it; empty in nearly every case. */
export interface Overrides {
  readonly pax: PaxRecords
  /** From GNU `L` and `K` entries. */
  readonly longName: ByteString | undefined
  readonly longLink: ByteString | undefined
  /** What the entry gets as its `records`. */
  readonly extra: ExtraRecords | undefined
}

const NO_OVERRIDES: Overrides = { pax: new Map(), longName: undefined, longLink: undefined, extra: undefined }

/** Reads the header at `at`, if its checksum is right. Throws ARCHIVE_INVALID. */
export function parseTarHeader(block: Buffer, at = 0): TarEntry {
  if (!hasValidChecksum(block, at)) throw invalid('A tar header has a wrong checksum.')
  return readHeader(block, at, NO_OVERRIDES)
}

/** Reads a header whose checksum was found right, with what overrides it. Throws ARCHIVE_INVALID naming the member. */
export function readHeader(block: Buffer, at: number, overrides: Overrides): TarEntry {
  const name = overrides.pax.get('path') ?? overrides.longName ?? nameOf(block, at)
  try {
    const type = typeOf(typeFlagOf(block, at), name)
    const entry: TarEntry = {
      name,
      type,
      mode: number(readNumber(block, at + 100, 8), 'mode', 0, MAX_ID) & 0o7777,
      uid: readNumber(block, at + 108, 8),
      gid: readNumber(block, at + 116, 8),
      uname: text(block, at + 265, 32),
      gname: text(block, at + 297, 32),
      size: type === 'reg' ? sizeFieldOf(block, at) : 0,
      mtime: readNumber(block, at + 136, 12),
      link: type === 'sym' ? (overrides.longLink ?? text(block, at + 157, 100)) : '',
      major: 0,
      minor: 0,
    }
    if (type === 'chr' || type === 'blk') {
      entry.major = number(readNumber(block, at + 329, 8), 'device number', 0, MAX_ID)
      entry.minor = number(readNumber(block, at + 337, 8), 'device number', 0, MAX_ID)
    }
    if (overrides.extra !== undefined) entry.records = overrides.extra
    if (overrides.pax.size > 0) applyPax(entry, overrides.pax)
    number(entry.uid, 'uid', 0, MAX_ID)
    number(entry.gid, 'gid', 0, MAX_ID)
    number(entry.size, 'size', 0, Number.MAX_SAFE_INTEGER)
    number(entry.mtime, 'mtime', -MAX_TIME, MAX_TIME)
    return entry
  } catch (error) {
    if (error instanceof BadField) throw invalid(`Archive member "${showName(name)}" ${error.message}.`)
    throw error
  }
}

/** Ids and device numbers have 32 bits. */
const MAX_ID = 0xffff_ffff
/** Seconds that a JavaScript date can hold. */
const MAX_TIME = 8_640_000_000_000

function applyPax(entry: TarEntry, pax: PaxRecords): void {
  entry.uname = pax.get('uname') ?? entry.uname
  entry.gname = pax.get('gname') ?? entry.gname
  if (entry.type === 'sym') entry.link = pax.get('linkpath') ?? entry.link
  entry.uid = paxOr(pax, 'uid', entry.uid)
  entry.gid = paxOr(pax, 'gid', entry.gid)
  entry.mtime = paxOr(pax, 'mtime', entry.mtime)
  if (entry.type === 'reg') entry.size = paxOr(pax, 'size', entry.size)
}

function paxOr(pax: PaxRecords, key: string, otherwise: number): number {
  const value = pax.get(key)
  return value === undefined ? otherwise : paxNumber(value)
}

function nameOf(block: Buffer, at: number): ByteString {
  const name = text(block, at, 100)
  if (block[at + 345] === 0) return name
  // GNU's magic is `ustar`, two blanks, NUL, and there these bytes mean something else.
  const posix = block[at + 257] === 0x75 && block[at + 262] === 0
  return posix ? `${text(block, at + 345, 155)}/${name}` : name
}

/** Bytes up to the first NUL. */
function text(block: Buffer, at: number, room: number): ByteString {
  let end = at
  while (end < at + room && block[end] !== 0) end += 1
  return end === at ? '' : block.toString('latin1', at, end)
}

function typeOf(flag: number, name: ByteString): TarType {
  switch (flag) {
    case 0x30:
      return 'reg'
    case 0:
      // Before POSIX a directory was told by its name.
      return name.endsWith('/') ? 'dir' : 'reg'
    case 0x31:
      throw new BadField('is a hard link, which no backup holds')
    case 0x32:
      return 'sym'
    case 0x33:
      return 'chr'
    case 0x34:
      return 'blk'
    case 0x35:
      return 'dir'
    case 0x36:
      return 'fifo'
    default:
      throw new BadField(`is of the unknown type "${showName(String.fromCharCode(flag))}"`)
  }
}

/** What is wrong with a member; gets its name further up. */
class BadField extends Error {}

function number(value: number, field: string, lowest: number, highest: number): number {
  if (value >= lowest && value <= highest) return value
  throw new BadField(`has an impossible ${field}`)
}

function invalid(message: string): UserError {
  return new UserError('ARCHIVE_INVALID', message, {
    hint: 'The archive is damaged, or no backup program wrote it.',
  })
}
