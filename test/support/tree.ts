/**
 * Directory trees as literals. A tree is a flat record from path to entry, so that the next session of a backup is
 * `{ ...tree, 'new.txt': file('…') }`. Paths are byte strings relative to the root, which is the empty path; every
 * parent directory is an entry of its own.
 */
import { createCipheriv, createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs'
import { toBytes, type ByteString } from '../../src/lib/bytestring.ts'

/** What every entry may say; times in seconds (fractions allowed), `mode` with setuid, setgid and sticky bits. */
interface Attributes {
  mode?: number
  mtime?: number
  uid?: number
  gid?: number
}

/** A regular file. `hard` names a group: files of one group are links to one inode. `holes` leaves zeros unwritten. */
export interface FileEntry extends Attributes {
  type: 'reg'
  content: Uint8Array
  hard?: string
  holes?: boolean
}

/** Anything a backup can hold. */
export type Entry =
  | FileEntry
  | (Attributes & { type: 'dir' })
  | (Attributes & { type: 'sym'; target: ByteString })
  | (Attributes & { type: 'fifo' })
  | (Attributes & { type: 'chr' | 'blk'; device: readonly [major: number, minor: number] })

/** A tree: path → entry. */
export type Tree = Readonly<Record<ByteString, Entry>>

/** The time that entries have unless they say otherwise: 2020-09-13T12:26:40Z. */
export const usualTime = 1_600_000_000

/** A regular file with this content (text is taken as UTF-8). */
export function file(content: string | Uint8Array, attributes: Partial<FileEntry> = {}): FileEntry {
  return { ...attributes, type: 'reg', content: typeof content === 'string' ? Buffer.from(content) : content }
}

/** A directory. */
export function dir(attributes: Attributes = {}): Entry {
  return { ...attributes, type: 'dir' }
}

/** A symbolic link. */
export function link(target: ByteString, attributes: Attributes = {}): Entry {
  return { ...attributes, type: 'sym', target }
}

/** A named pipe. */
export function fifo(attributes: Attributes = {}): Entry {
  return { ...attributes, type: 'fifo' }
}

/** A character or block device. */
export function device(
  type: 'chr' | 'blk',
  major: number,
  minor: number,
  attributes: Attributes = {},
): Entry {
  return { ...attributes, type, device: [major, minor] }
}

/** `length` bytes that do not compress, always the same for a seed, from `offset` of the seed's endless stream. */
export function noise(seed: string, length: number, offset = 0): Buffer {
  const key = createHash('sha256').update(seed).digest().subarray(0, 16)
  const stream = createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(offset + length))
  return stream.subarray(offset)
}

/** Makes the tree at `root`, which must not exist. Devices and foreign owners need root. */
export function buildTree(root: string, tree: Tree): void {
  const paths = Object.keys(tree).sort(byComponents)
  const linked = new Map<string, Buffer>()
  for (const path of paths) {
    const entry = entryOf(tree, path)
    const place = placeOf(root, path)
    create(place, entry, linked)
    fs.lchownSync(place, entry.uid ?? 0, entry.gid ?? 0)
    if (entry.type !== 'sym') fs.chmodSync(place, entry.mode ?? (entry.type === 'dir' ? 0o755 : 0o644))
  }
  for (const path of paths.reverse()) {
    // As text, because Node takes a negative number for "now".
    const time = String(entryOf(tree, path).mtime ?? usualTime)
    fs.lutimesSync(placeOf(root, path), time, time)
  }
}

function create(place: Buffer, entry: Entry, linked: Map<string, Buffer>): void {
  switch (entry.type) {
    case 'dir':
      fs.mkdirSync(place)
      return
    case 'sym':
      fs.symlinkSync(toBytes(entry.target), place)
      return
    case 'reg': {
      const first = entry.hard === undefined ? undefined : linked.get(entry.hard)
      if (first !== undefined) fs.linkSync(first, place)
      else writeContent(place, entry)
      if (entry.hard !== undefined && first === undefined) linked.set(entry.hard, place)
      return
    }
    case 'fifo':
      makeNode(place, ['p'])
      return
    case 'chr':
    case 'blk':
      makeNode(place, [entry.type === 'chr' ? 'c' : 'b', ...entry.device.map(String)])
  }
}

function writeContent(place: Buffer, { content, holes = false }: FileEntry): void {
  const handle = fs.openSync(place, 'wx')
  try {
    fs.ftruncateSync(handle, content.length)
    const step = holes ? 4096 : Math.max(content.length, 1)
    for (let at = 0; at < content.length; at += step) {
      const part = content.subarray(at, at + step)
      if (!holes || part.some((byte) => byte !== 0)) fs.writeSync(handle, part, 0, part.length, at)
    }
  } finally {
    fs.closeSync(handle)
  }
}

/** Node cannot make nodes; the program `mknod` can, but takes no name that is not text. */
function makeNode(place: Buffer, kind: string[]): void {
  const name = place.toString('utf8')
  if (!Buffer.from(name).equals(place))
    throw new Error(`a node needs a name in UTF-8: ${place.toString('latin1')}`)
  execFileSync('mknod', ['--', name, ...kind])
}

function entryOf(tree: Tree, path: ByteString): Entry {
  const entry = tree[path]
  if (entry === undefined) throw new Error(`no entry for ${path}`)
  return entry
}

function placeOf(root: string, path: ByteString): Buffer {
  return path === '' ? Buffer.from(root) : Buffer.concat([Buffer.from(`${root}/`), toBytes(path)])
}

/** Parents before children, siblings in byte order: the order of an archive. */
export function byComponents(a: ByteString, b: ByteString): number {
  const [left, right] = [a.replaceAll('/', '\0'), b.replaceAll('/', '\0')]
  return left < right ? -1 : left > right ? 1 : 0
}
