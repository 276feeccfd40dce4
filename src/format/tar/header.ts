/**
 * Tar headers (docs/format.md §5.1): the blocks of 512 bytes that describe members. What is written are the very
 * bytes that duplicity writes: ustar, with a pax header before it where a value does not fit.
 */
import { type ByteString, isAscii } from '../../lib/bytestring.ts'
import { writeOctal } from './number.ts'
import { type ExtraRecords, formatPaxRecords } from './pax.ts'
import { asciiOnly } from './utf8.ts'

export type TarType = 'reg' | 'dir' | 'sym' | 'fifo' | 'chr' | 'blk'

/** One member of an archive, as its headers describe it. Numbers are whole. */
export interface TarEntry {
  /** As it stands in the archive; that of a directory ends in a slash. */
  name: ByteString
  type: TarType
  /** Permission bits with set-id and sticky bits: 07777. */
  mode: number
  uid: number
  gid: number
  /** Owner names; empty where unknown. */
  uname: ByteString
  gname: ByteString
  /** Bytes of the body; 0 for all but regular files. */
  size: number
  /** Seconds since the epoch. Before it: kept on reading where the archive has it, written as 0. */
  mtime: number
  /** Target of a symbolic link, else empty. */
  link: ByteString
  /** Device numbers of chr and blk, else 0. */
  major: number
  minor: number
  /** What has no field (docs/format.md §5.4): goes to the pax header before the member. Other programs pass it over. */
  records?: ExtraRecords | undefined
}

/** Size of a header, and what bodies are padded to. */
export const TAR_BLOCK = 512

const FLAGS: Readonly<Record<TarType, number>> = {
  reg: 0x30,
  sym: 0x32,
  chr: 0x33,
  blk: 0x34,
  dir: 0x35,
  fifo: 0x36,
}
const PAX_FLAG = 0x78

/** `ustar`, NUL, `00`. */
const MAGIC = [0x75, 0x73, 0x74, 0x61, 0x72, 0, 0x30, 0x30]
const MAGIC_SUM = MAGIC.reduce((sum, byte) => sum + byte)
const BLANKS_SUM = 8 * 0x20

/** First values that 7 and 11 octal digits cannot hold. */
const LIMIT_7 = 8 ** 7
const LIMIT_11 = 8 ** 11

/** The header of a member, with a pax header before it where one is needed. Its body and padding are the caller's. */
export function formatTarHeader(entry: TarEntry): Buffer {
  const { records } = entry
  if (records === undefined || records.size === 0) {
    const block = newBlocks(1)
    if (writeHeader(block, 0, entry, FLAGS[entry.type]) && !hasBigNumber(entry)) return block
    return withPaxHeader(entry, formatPaxRecords(paxRecordsOf(entry)))
  }
  return withPaxHeader(entry, formatPaxRecords(paxRecordsOf(entry), records))
}

function withPaxHeader(entry: TarEntry, body: ByteString): Buffer {
  const padded = Math.ceil(body.length / TAR_BLOCK)
  const blocks = newBlocks(2 + padded)
  blocks.set(paxHeader(body.length), 0)
  blocks.write(body, TAR_BLOCK, 'latin1')
  writeHeader(blocks, TAR_BLOCK * (1 + padded), entry, FLAGS[entry.type])
  return blocks
}

/** Nearly every file has records, and they are of few sizes: their headers are made once. */
const KEPT_SIZES = 1024
const paxHeaders = new Map<number, Buffer>()

function paxHeader(size: number): Buffer {
  const kept = paxHeaders.get(size)
  if (kept !== undefined) return kept
  const block = Buffer.alloc(TAR_BLOCK)
  writeHeader(block, 0, { ...PAX_ENTRY, size }, PAX_FLAG)
  if (size < KEPT_SIZES) paxHeaders.set(size, block)
  return block
}

/** A member of which nothing is known. */
export const BLANK_ENTRY: Omit<TarEntry, 'name'> = {
  type: 'reg',
  mode: 0,
  uid: 0,
  gid: 0,
  uname: '',
  gname: '',
  size: 0,
  mtime: 0,
  link: '',
  major: 0,
  minor: 0,
}

const PAX_ENTRY: TarEntry = { ...BLANK_ENTRY, name: '././@PaxHeader' }

/** Zeroed memory is cut from a slab: a header each would cost more than writing it. */
const SLAB_BLOCKS = 128
let slab = Buffer.alloc(0)
let slabUsed = 0

function newBlocks(count: number): Buffer {
  if (count > 4) return Buffer.alloc(count * TAR_BLOCK)
  const size = count * TAR_BLOCK
  if (slabUsed + size > slab.length) {
    slab = Buffer.alloc(SLAB_BLOCKS * TAR_BLOCK)
    slabUsed = 0
  }
  slabUsed += size
  return slab.subarray(slabUsed - size, slabUsed)
}

/** Writes a header into zeroed bytes. Returns whether every text fitted. */
function writeHeader(block: Buffer, at: number, entry: TarEntry, flag: number): boolean {
  const { type, uid, gid, size, link } = entry
  const name = nameOf(entry)
  let sum = BLANKS_SUM + MAGIC_SUM + flag
  let fits = true
  const text = (offset: number, room: number, value: ByteString): void => {
    const written = writeAscii(block, at + offset, room, value)
    if (written >= 0) sum += written
    else {
      fits = false
      sum += writeLossy(block, at + offset, room, value)
    }
  }
  text(0, 100, name)
  sum += writeOctal(block, at + 100, 7, entry.mode & 0o7777)
  sum += writeOctal(block, at + 108, 7, uid < LIMIT_7 ? uid : 0)
  sum += writeOctal(block, at + 116, 7, gid < LIMIT_7 ? gid : 0)
  sum += writeOctal(block, at + 124, 11, type === 'reg' && size < LIMIT_11 ? size : 0)
  const mtime = storedTime(entry)
  sum += writeOctal(block, at + 136, 11, mtime < LIMIT_11 ? mtime : 0)
  block[at + 156] = flag
  if (link !== '') text(157, 100, link)
  for (let index = 0; index < MAGIC.length; index++) block[at + 257 + index] = MAGIC[index] ?? 0
  text(265, 32, entry.uname)
  text(297, 32, entry.gname)
  if (type === 'chr' || type === 'blk') {
    sum += writeOctal(block, at + 329, 7, entry.major)
    sum += writeOctal(block, at + 337, 7, entry.minor)
  }
  writeOctal(block, at + 148, 6, sum)
  block[at + 155] = 0x20
  return fits
}

/** The sum of the bytes written, or −1 if the text is too long or not ASCII. */
function writeAscii(block: Buffer, at: number, room: number, text: string): number {
  if (text.length > room) return -1
  let sum = 0
  for (let index = 0; index < text.length; index++) {
    const byte = text.charCodeAt(index)
    if (byte >= 0x80) return -1
    block[at + index] = byte
    sum += byte
  }
  return sum
}

function writeLossy(block: Buffer, at: number, room: number, text: ByteString): number {
  return writeAscii(block, at, room, asciiOnly(text).slice(0, room))
}

function nameOf(entry: TarEntry): ByteString {
  return entry.type === 'dir' && !entry.name.endsWith('/') ? `${entry.name}/` : entry.name
}

function storedTime(entry: TarEntry): number {
  return entry.mtime > 0 ? Math.trunc(entry.mtime) : 0
}

function hasBigNumber(entry: TarEntry): boolean {
  const { type, uid, gid, size, mtime } = entry
  return uid >= LIMIT_7 || gid >= LIMIT_7 || mtime >= LIMIT_11 || (type === 'reg' && size >= LIMIT_11)
}

function paxRecordsOf(entry: TarEntry): [string, ByteString][] {
  const records: [string, ByteString][] = []
  const text = (key: string, room: number, value: ByteString): void => {
    if (value.length > room || !isAscii(value)) records.push([key, value])
  }
  const number = (key: string, limit: number, value: number): void => {
    if (value >= limit) records.push([key, String(value)])
  }
  text('path', 100, nameOf(entry))
  text('linkpath', 100, entry.link)
  text('uname', 32, entry.uname)
  text('gname', 32, entry.gname)
  number('uid', LIMIT_7, entry.uid)
  number('gid', LIMIT_7, entry.gid)
  number('size', LIMIT_11, entry.type === 'reg' ? entry.size : 0)
  number('mtime', LIMIT_11, storedTime(entry))
  return records
}
