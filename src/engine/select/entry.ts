/** One entry of the source tree as the walk sees it. Archive format §4.7. */
import { lstatSync, readlinkSync, statSync, type Stats } from 'node:fs'
import { fsPath, type ByteString } from '../../lib/bytestring.ts'
import { isErrno, reasonOf } from '../../lib/errors.ts'
import type { EntryTrouble } from '../events.ts'

/** Types of entries that are backed up. */
export type SourceKind = 'reg' | 'dir' | 'sym' | 'fifo' | 'chr' | 'blk'

export interface SourceEntry {
  /** Relative to the source; '' is the source itself. */
  readonly path: ByteString
  /**
   * Where the system finds it, until the walk is asked for the next entry: below the open directory that holds it, so
   * that no link in the place of a directory above leads elsewhere.
   */
  readonly place: ByteString
  readonly kind: SourceKind
  /** Permission bits, 07777. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Bytes, as the file system tells; means file content for 'reg' only. */
  readonly size: number
  /** Whole seconds since the epoch, rounded down; may be negative. */
  readonly mtime: number
  /** When the entry itself, not its content, last changed: microseconds since the epoch, rounded as Node does. */
  readonly ctime: number
  /** Target of a symbolic link, '' for the rest. */
  readonly link: ByteString
  /** Device numbers of 'chr' and 'blk', 0 for the rest. */
  readonly major: number
  readonly minor: number
  /** Device and inode it lies on, number of hard links. Inodes above 2^53 are rounded. */
  readonly dev: number
  readonly ino: number
  readonly nlink: number
}

/** Why an entry could not be looked at. */
export interface Setback {
  readonly trouble: EntryTrouble
  readonly detail: string
}

const kinds: Readonly<Record<number, SourceKind | 'sock'>> = {
  0o100000: 'reg',
  0o040000: 'dir',
  0o120000: 'sym',
  0o010000: 'fifo',
  0o020000: 'chr',
  0o060000: 'blk',
  0o140000: 'sock',
}
const meanings: Readonly<Record<string, EntryTrouble>> = {
  ENOENT: 'vanished',
  ENOTDIR: 'vanished',
  ELOOP: 'vanished',
  EACCES: 'unreadable',
  EPERM: 'unreadable',
}
const quiet = { throwIfNoEntry: false } as const

/**
 * Looks at one path. `place` is what the system is asked for, `path` what the entry is called. With `copyLinks` a
 * symbolic link is taken for what it points to.
 */
export function lookAt(place: ByteString, path: ByteString, copyLinks: boolean): SourceEntry | Setback {
  try {
    const where = fsPath(place)
    const stats = copyLinks ? statSync(where, quiet) : lstatSync(where, quiet)
    if (stats === undefined) return gone(place, copyLinks)
    const kind = kinds[stats.mode & 0o170000]
    if (kind === 'sock') return { trouble: 'socket', detail: 'is a socket' }
    if (kind === undefined) {
      return { trouble: 'unknown-type', detail: `has an unknown type (mode ${stats.mode.toString(8)})` }
    }
    return entryOf(path, place, kind, stats, kind === 'sym' ? readlinkSync(where, 'latin1') : '')
  } catch (error) {
    return setbackOf(error)
  }
}

/** What an error from the system means for the entry it befell; errors that are not the system's are thrown on. */
export function setbackOf(error: unknown): Setback {
  if (!isErrno(error)) throw error
  return { trouble: meanings[error.code ?? ''] ?? 'io-error', detail: reasonOf(error) }
}

function gone(place: ByteString, copyLinks: boolean): Setback {
  const dangling = copyLinks && lstatSync(fsPath(place), quiet) !== undefined
  return {
    trouble: 'vanished',
    detail: dangling ? 'is a symbolic link that points nowhere' : 'vanished before it was looked at',
  }
}

function entryOf(
  path: ByteString,
  place: ByteString,
  kind: SourceKind,
  stats: Stats,
  link: ByteString,
): SourceEntry {
  const device = kind === 'chr' || kind === 'blk'
  return {
    path,
    place,
    kind,
    mode: stats.mode & 0o7777,
    uid: stats.uid,
    gid: stats.gid,
    size: stats.size,
    mtime: Math.floor(stats.mtimeMs / 1000),
    // Compared with what earlier backups recorded: it must come from this number, in this way, for ever.
    ctime: Math.floor(stats.ctimeMs * 1000),
    link,
    major: device ? majorOf(stats.rdev) : 0,
    minor: device ? minorOf(stats.rdev) : 0,
    dev: stats.dev,
    ino: stats.ino,
    nlink: stats.nlink,
  }
}

/** Major device number, as Linux packs it: bits 8 to 19. */
function majorOf(rdev: number): number {
  return (rdev >>> 8) & 0xfff
}

/** Minor device number, as Linux packs it: bits 0 to 7 and 20 to 31. */
function minorOf(rdev: number): number {
  return (rdev & 0xff) | ((rdev >>> 12) & 0xfff00)
}
