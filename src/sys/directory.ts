/**
 * Directories held open, and what is done in them by name: no path is walked again, so a link that somebody puts in
 * the place of a directory leads nowhere. All calls are synchronous (local system calls of a few microseconds).
 */
import { constants, openSync } from 'node:fs'
import { type ByteString, fsPath } from '../lib/bytestring.ts'
import { NativeDirectory } from './directory-native.ts'
import { ProcDirectory } from './directory-proc.ts'
import { libc } from './libc.ts'

/** Type of an entry, in duplicity's words. */
export type EntryKind = 'reg' | 'dir' | 'sym' | 'fifo' | 'chr' | 'blk' | 'sock'

export interface EntryStat {
  readonly kind: EntryKind
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly size: number
  /** Whole seconds, rounded down. */
  readonly mtime: number
  readonly links: number
  /** The file system, as one number. */
  readonly device: number
}

/**
 * An open directory. Names are single entries; anything else (a slash, `.`, `..`, NUL) is EINVAL. No method follows
 * a link. Failures are errno errors as those of `node:fs`.
 */
export interface DirectoryHandle {
  /** The open descriptor: it stays the handle's. */
  readonly fd: number
  /** Opens a directory in this one; ENOTDIR or ELOOP where the name is a link or no directory. */
  openDir(name: ByteString): DirectoryHandle
  /** As `openDir`, only to go on from: no permission to list it is needed, and neither it nor its own metadata can be read or set. */
  passDir(name: ByteString): DirectoryHandle
  /** Another handle on this directory. */
  openSelf(): DirectoryHandle
  makeDir(name: ByteString, mode: number): void
  /** A new file, open for writing; EEXIST where the name is taken, be it by a link. The caller closes it. */
  createFile(name: ByteString, mode: number): number
  /** An existing file with flags of `open`; ELOOP where the name is a link. The caller closes it. */
  openFile(name: ByteString, flags: number): number
  symlink(target: ByteString, name: ByteString): void
  /** ENOSYS without koffi, as `mknod`. */
  mkfifo(name: ByteString, mode: number): void
  mknod(name: ByteString, type: 'chr' | 'blk', mode: number, major: number, minor: number): void
  /** Gives the open file `fd` one more name here. ENOSYS without koffi. */
  link(fd: number, name: ByteString): void
  /** Sets an extended attribute, of a link its own. ENOSYS without koffi. */
  setAttribute(name: ByteString, attribute: ByteString, value: ByteString): void
  setAttributeSelf(attribute: ByteString, value: ByteString): void
  /** Undefined where there is no such entry. */
  stat(name: ByteString): EntryStat | undefined
  rename(from: ByteString, to: ByteString): void
  /** As `rename`, but EEXIST where the new name is taken, be it by a link. */
  renameNew(from: ByteString, to: ByteString): void
  /**
   * Moves an entry to another directory, which must be on the same file system (EXDEV). Unless `replace`, EEXIST where the
   * name is taken; where system or file system cannot promise that, what takes the name in that very moment is replaced.
   */
  moveTo(name: ByteString, to: DirectoryHandle, newName: ByteString, replace: boolean): void
  /** The text of a link. */
  readLink(name: ByteString): ByteString
  unlink(name: ByteString): void
  rmdir(name: ByteString): void
  /** Ids of −1 stay as they are. */
  chown(name: ByteString, uid: number, gid: number): void
  /** Permission bits; ELOOP where the name is a link. */
  chmod(name: ByteString, mode: number): void
  /** Sets the modification time, of a link its own; the access time stays. */
  utimes(name: ByteString, seconds: number, nanoseconds?: number): void
  /** Names of the entries, in no order. */
  list(): ByteString[]
  statSelf(): EntryStat
  chownSelf(uid: number, gid: number): void
  chmodSelf(mode: number): void
  utimesSelf(seconds: number, nanoseconds?: number): void
  /** Frees the handle; closing again is no error. */
  close(): void
}

/**
 * Opens a directory, following links in `path`: it is what the operator named. `viaProc` does without koffi, through
 * `/proc/self/fd`; so does a machine where koffi is missing.
 */
export function openDirectory(path: ByteString, options: { viaProc?: boolean } = {}): DirectoryHandle {
  const fd = openSync(fsPath(path), constants.O_RDONLY | constants.O_DIRECTORY)
  const calls = options.viaProc === true ? undefined : libc()
  return calls === undefined ? new ProcDirectory(fd) : new NativeDirectory(fd, calls)
}
