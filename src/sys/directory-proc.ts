/**
 * A directory handle out of Node's own calls: `/proc/self/fd/N/name` starts at the directory that descriptor N holds
 * open, wherever it has been moved to. Needs `/proc`. Also the base of the native handle, which does the frequent
 * calls faster and the ones Node lacks at all.
 */
import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  futimesSync,
  lchownSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  type Stats,
  symlinkSync,
  unlinkSync,
} from 'node:fs'
import { type ByteString, fsPath } from '../lib/bytestring.ts'
import type { DirectoryHandle, EntryKind, EntryStat } from './directory.ts'
import { type Libc, systemError } from './libc.ts'
import { checkName } from './paths.ts'
import { deviceNumber, mkfifoAt, mknodAt } from './special-files.ts'
import { nodeTime } from './times.ts'
import { setAttribute } from './xattr.ts'

/** Not known to Node; the same number on every Linux. Opens a place in the tree without touching what is there. */
export const O_PATH = 0o10000000
const EEXIST = 17
const EINVAL = 22
const ELOOP = 40
const ENOSYS = 38

export class ProcDirectory implements DirectoryHandle {
  readonly fd: number
  readonly #here: string
  readonly #libc: Libc | undefined
  #open = true

  /** Takes over an open descriptor of a directory. */
  constructor(fd: number, calls?: Libc) {
    this.fd = fd
    this.#libc = calls
    this.#here = `/proc/self/fd/${fd}`
  }

  openDir(name: ByteString): DirectoryHandle {
    const flags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW
    return new ProcDirectory(openSync(this.#path(name, 'open'), flags))
  }

  passDir(name: ByteString): DirectoryHandle {
    const flags = O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW
    return new ProcDirectory(openSync(this.#path(name, 'open'), flags))
  }

  openSelf(): DirectoryHandle {
    return new ProcDirectory(openSync(this.#here, constants.O_RDONLY | constants.O_DIRECTORY), this.#libc)
  }

  makeDir(name: ByteString, mode: number): void {
    mkdirSync(this.#path(name, 'mkdir'), mode)
  }

  createFile(name: ByteString, mode: number): number {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW
    return openSync(this.#path(name, 'open'), flags, mode)
  }

  openFile(name: ByteString, flags: number): number {
    return openSync(this.#path(name, 'open'), flags | constants.O_NOFOLLOW)
  }

  symlink(target: ByteString, name: ByteString): void {
    if (target.includes('\0')) throw systemError(EINVAL, 'symlink', name)
    symlinkSync(fsPath(target), this.#path(name, 'symlink'))
  }

  mkfifo(name: ByteString, mode: number): void {
    checkName(name, 'mkfifo')
    mkfifoAt(this.#libc, this.fd, name, mode)
  }

  mknod(name: ByteString, type: 'chr' | 'blk', mode: number, major: number, minor: number): void {
    checkName(name, 'mknod')
    mknodAt(this.#libc, this.fd, name, type, mode, deviceNumber(major, minor))
  }

  link(_fd: number, name: ByteString): void {
    throw systemError(ENOSYS, 'link', name)
  }

  setAttribute(name: ByteString, attribute: ByteString, value: ByteString): void {
    checkName(name, 'setxattr')
    setAttribute(`${this.#here}/${name}`, attribute, value)
  }

  setAttributeSelf(attribute: ByteString, value: ByteString): void {
    setAttribute(this.fd, attribute, value)
  }

  stat(name: ByteString): EntryStat | undefined {
    const found = lstatSync(this.#path(name, 'stat'), { throwIfNoEntry: false })
    return found === undefined ? undefined : entryStat(found)
  }

  rename(from: ByteString, to: ByteString): void {
    renameSync(this.#path(from, 'rename'), this.#path(to, 'rename'))
  }

  renameNew(from: ByteString, to: ByteString): void {
    this.moveTo(from, this, to, false)
  }

  /** Not at once: somebody may take the name between the two calls, and lose it. */
  moveTo(name: ByteString, to: DirectoryHandle, newName: ByteString, replace: boolean): void {
    checkName(newName, 'rename')
    if (!replace && to.stat(newName) !== undefined) throw systemError(EEXIST, 'rename', newName)
    renameSync(this.#path(name, 'rename'), fsPath(`/proc/self/fd/${to.fd}/${newName}`))
  }

  readLink(name: ByteString): ByteString {
    return readlinkSync(this.#path(name, 'readlink'), { encoding: 'latin1' })
  }

  unlink(name: ByteString): void {
    unlinkSync(this.#path(name, 'unlink'))
  }

  rmdir(name: ByteString): void {
    rmdirSync(this.#path(name, 'rmdir'))
  }

  chown(name: ByteString, uid: number, gid: number): void {
    lchownSync(this.#path(name, 'chown'), uid, gid)
  }

  chmod(name: ByteString, mode: number): void {
    // O_PATH opens neither a device nor a pipe, only finds it; then the mode is set on what was found.
    const fd = openSync(this.#path(name, 'chmod'), O_PATH | constants.O_NOFOLLOW)
    try {
      if (fstatSync(fd).isSymbolicLink()) throw systemError(ELOOP, 'chmod', name)
      chmodSync(`/proc/self/fd/${fd}`, mode)
    } finally {
      closeSync(fd)
    }
  }

  utimes(name: ByteString, seconds: number, nanoseconds = 0): void {
    const path = this.#path(name, 'utimes')
    lutimesSync(path, nodeTime(lstatSync(path).atimeMs / 1000), nodeTime(seconds + nanoseconds / 1e9))
  }

  list(): ByteString[] {
    return readdirSync(this.#here, { encoding: 'latin1' })
  }

  statSelf(): EntryStat {
    return entryStat(fstatSync(this.fd))
  }

  chownSelf(uid: number, gid: number): void {
    fchownSync(this.fd, uid, gid)
  }

  chmodSelf(mode: number): void {
    fchmodSync(this.fd, mode)
  }

  utimesSelf(seconds: number, nanoseconds = 0): void {
    futimesSync(this.fd, nodeTime(fstatSync(this.fd).atimeMs / 1000), nodeTime(seconds + nanoseconds / 1e9))
  }

  close(): void {
    if (!this.#open) return
    this.#open = false
    closeSync(this.fd)
  }

  #path(name: ByteString, syscall: string): string | Buffer {
    checkName(name, syscall)
    return fsPath(`${this.#here}/${name}`)
  }
}

function entryStat(stat: Stats): EntryStat {
  return {
    kind: kindOfMode(stat.mode),
    mode: stat.mode & 0o7777,
    uid: stat.uid,
    gid: stat.gid,
    size: stat.size,
    mtime: Math.floor(stat.mtimeMs / 1000),
    links: stat.nlink,
    device: stat.dev,
  }
}

/** The type in a `st_mode`. */
export function kindOfMode(mode: number): EntryKind {
  switch (mode & constants.S_IFMT) {
    case constants.S_IFREG:
      return 'reg'
    case constants.S_IFDIR:
      return 'dir'
    case constants.S_IFLNK:
      return 'sym'
    case constants.S_IFIFO:
      return 'fifo'
    case constants.S_IFCHR:
      return 'chr'
    case constants.S_IFBLK:
      return 'blk'
    default:
      return 'sock'
  }
}
