/** What a tree is made of, as rows, and how two such listings differ, in words. */
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { fromBytes, toBytes, type ByteString } from '../../src/lib/bytestring.ts'
import { byComponents } from './tree.ts'

/** Everything about one entry that a restore must bring back. Times in whole seconds, before 1970 counted as 0. */
export interface Row {
  path: ByteString
  type: 'reg' | 'dir' | 'sym' | 'fifo' | 'chr' | 'blk' | 'other'
  mode: string
  uid: number
  gid: number
  mtime: number
  size?: number
  sha256?: string
  link?: ByteString
  device?: string
}

/** The rows of a tree on disk, in the order of an archive. */
export function listTree(root: string): Row[] {
  const rows: Row[] = []
  const waiting: ByteString[] = ['']
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const place = path === '' ? Buffer.from(root) : Buffer.concat([Buffer.from(`${root}/`), toBytes(path)])
    const row = rowOf(path, place)
    rows.push(row)
    if (row.type !== 'dir') continue
    for (const name of fs.readdirSync(place, { encoding: 'buffer' })) {
      waiting.push(path === '' ? fromBytes(name) : `${path}/${fromBytes(name)}`)
    }
  }
  return rows.sort((a, b) => byComponents(a.path, b.path))
}

function rowOf(path: ByteString, place: Buffer): Row {
  const stat = fs.lstatSync(place, { bigint: true })
  const row: Row = {
    path,
    type: typeOf(stat),
    mode: (Number(stat.mode) & 0o7777).toString(8).padStart(4, '0'),
    uid: Number(stat.uid),
    gid: Number(stat.gid),
    mtime: Math.max(0, Number(stat.mtimeNs / 1_000_000_000n)),
  }
  if (row.type === 'reg') {
    const content = fs.readFileSync(place)
    row.size = content.length
    row.sha256 = createHash('sha256').update(content).digest('hex')
  }
  if (row.type === 'sym') row.link = fromBytes(fs.readlinkSync(place, { encoding: 'buffer' }))
  if (row.type === 'chr' || row.type === 'blk') row.device = deviceOf(Number(stat.rdev))
  return row
}

function typeOf(stat: fs.BigIntStats): Row['type'] {
  if (stat.isFile()) return 'reg'
  if (stat.isDirectory()) return 'dir'
  if (stat.isSymbolicLink()) return 'sym'
  if (stat.isFIFO()) return 'fifo'
  if (stat.isCharacterDevice()) return 'chr'
  return stat.isBlockDevice() ? 'blk' : 'other'
}

/** Major and minor of Linux's device number: the minor's upper bits stand above the major. */
function deviceOf(rdev: number): string {
  return `${(rdev >> 8) & 0xfff}:${(rdev & 0xff) | ((rdev >> 12) & 0xfff00)}`
}

/** The rows of a listing in JSON lines, as the golden repositories have them (test/golden/README.md). */
export function readListing(path: string): Row[] {
  const lines = fs.readFileSync(path, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => rowFromJson(JSON.parse(line) as JsonRow))
}

interface JsonRow {
  path_b64: string
  type: Row['type']
  mode: string
  uid: number
  gid: number
  mtime: number
  size?: number
  sha256?: string
  link_b64?: string
  dev?: [number, number]
}

function rowFromJson(json: JsonRow): Row {
  const { path_b64, type, mode, uid, gid, mtime, size, sha256, link_b64, dev } = json
  return {
    path: fromBytes(Buffer.from(path_b64, 'base64')),
    type,
    mode,
    uid,
    gid,
    mtime,
    ...(size === undefined ? {} : { size }),
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(link_b64 === undefined ? {} : { link: fromBytes(Buffer.from(link_b64, 'base64')) }),
    ...(dev === undefined ? {} : { device: dev.join(':') }),
  }
}

/**
 * How `actual` differs from `expected`, one line for each entry that is missing, extra or different; empty if they
 * are equal. Mode and time of symbolic links are not compared: the format's reference does not restore them.
 */
export function differences(expected: readonly Row[], actual: readonly Row[]): string[] {
  const found = new Map(actual.map((row) => [row.path, row]))
  const lines: string[] = []
  for (const row of expected) {
    const other = found.get(row.path)
    found.delete(row.path)
    if (other === undefined) lines.push(`${shown(row.path)}: missing (${row.type})`)
    else lines.push(...changesOf(row, other))
  }
  for (const row of found.values()) lines.push(`${shown(row.path)}: extra (${row.type})`)
  return lines
}

function changesOf(expected: Row, actual: Row): string[] {
  if (expected.type !== actual.type)
    return [`${shown(expected.path)}: ${expected.type} became ${actual.type}`]
  const fields =
    expected.type === 'sym'
      ? (['uid', 'gid', 'link'] as const)
      : (['mode', 'uid', 'gid', 'mtime', 'size', 'sha256', 'device'] as const)
  const changed = fields.filter((field) => expected[field] !== actual[field as keyof Row])
  if (changed.length === 0) return []
  const words = changed.map(
    (field) => `${field} ${show(expected[field as keyof Row])} became ${show(actual[field as keyof Row])}`,
  )
  return [`${shown(expected.path)}: ${words.join(', ')}`]
}

function show(value: string | number | undefined): string {
  return value === undefined ? 'nothing' : typeof value === 'string' ? shown(value) : String(value)
}

function shown(text: ByteString): string {
  return JSON.stringify(text)
}

/** Throws an error that lists the differences (the first 20) if there are any. */
export function assertSame(expected: readonly Row[], actual: readonly Row[]): void {
  const lines = differences(expected, actual)
  if (lines.length === 0) return
  const more = lines.length > 20 ? [`… and ${lines.length - 20} more`] : []
  throw new Error(['the trees differ:', ...lines.slice(0, 20), ...more].join('\n  '))
}
