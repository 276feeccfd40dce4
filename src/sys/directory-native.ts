/** A directory handle out of the `*at` calls of the C library: half the time of the way through `/proc`. */
import { constants } from 'node:fs'
import type { ByteString } from '../lib/bytestring.ts'
import type { DirectoryHandle, EntryStat } from './directory.ts'
import { kindOfMode, O_PATH, ProcDirectory } from './directory-proc.ts'
import { type Libc, systemError } from './libc.ts'
import { checkName, PathBuffer } from './paths.ts'
import { deviceNumber } from './special-files.ts'
import { timesFor } from './times.ts'

// The same numbers on every Linux.
const O_CLOEXEC = 0o2000000
const AT_FDCWD = -100
const AT_SYMLINK_NOFOLLOW = 0x100
const AT_SYMLINK_FOLLOW = 0x400
const AT_REMOVEDIR = 0x200
const RENAME_NOREPLACE = 1
const ENOENT = 2
const EINVAL = 22
/** EINVAL, ENOSYS, EOPNOTSUPP: the file system or the kernel does not know the flag. */
const NOT_HERE: ReadonlySet<number> = new Set([EINVAL, 38, 95])
const STATX_BASIC_STATS = 0x7ff

// Calls are synchronous and each copies its arguments in, so one place for them is enough.
const paths = new PathBuffer()
const otherPaths = new PathBuffer()
/** `struct statx`, which is laid out alike on every machine. */
const statx = Buffer.alloc(256)

export class NativeDirectory extends ProcDirectory implements DirectoryHandle {
  readonly #libc: Libc

  /** Takes over an open descriptor of a directory. */
  constructor(fd: number, calls: Libc) {
    super(fd, calls)
    this.#libc = calls
  }

  override openDir(name: ByteString): DirectoryHandle {
    const flags = constants.O_RDONLY | constants.O_DIRECTORY
    return new NativeDirectory(this.#openAt(name, flags, 0), this.#libc)
  }

  override passDir(name: ByteString): DirectoryHandle {
    return new NativeDirectory(this.#openAt(name, O_PATH | constants.O_DIRECTORY, 0), this.#libc)
  }

  override openSelf(): DirectoryHandle {
    const flags = constants.O_RDONLY | constants.O_DIRECTORY | O_CLOEXEC
    const result = this.#libc.openat(this.fd, paths.set('.'), flags, 0)
    return new NativeDirectory(this.#check(result, 'open', '.'), this.#libc)
  }

  override makeDir(name: ByteString, mode: number): void {
    this.#check(this.#libc.mkdirat(this.fd, this.#name(name, 'mkdir'), mode), 'mkdir', name)
  }

  override createFile(name: ByteString, mode: number): number {
    return this.#openAt(name, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, mode)
  }

  override openFile(name: ByteString, flags: number): number {
    return this.#openAt(name, flags, 0)
  }

  override symlink(target: ByteString, name: ByteString): void {
    const path = this.#name(name, 'symlink')
    this.#check(this.#libc.symlinkat(otherPaths.set(target), this.fd, path), 'symlink', name)
  }

  override stat(name: ByteString): EntryStat | undefined {
    const path = this.#name(name, 'stat')
    if (this.#libc.statx(this.fd, path, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, statx) < 0) {
      const errno = this.#libc.errno()
      if (errno === ENOENT) return undefined
      throw systemError(errno, 'stat', name)
    }
    const mode = statx.readUInt16LE(28)
    return {
      kind: kindOfMode(mode),
      mode: mode & 0o7777,
      uid: statx.readUInt32LE(20),
      gid: statx.readUInt32LE(24),
      size: Number(statx.readBigUInt64LE(40)),
      mtime: Number(statx.readBigInt64LE(112)),
      links: statx.readUInt32LE(16),
      device: deviceOf(statx.readUInt32LE(136), statx.readUInt32LE(140)),
    }
  }

  override link(fd: number, name: ByteString): void {
    checkName(name, 'link')
    const there = otherPaths.set(`/proc/self/fd/${fd}`)
    const result = this.#libc.linkat(AT_FDCWD, there, this.fd, paths.set(name), AT_SYMLINK_FOLLOW)
    this.#check(result, 'link', name)
  }

  override rename(from: ByteString, to: ByteString): void {
    checkName(to, 'rename')
    const result = this.#libc.renameat(this.fd, this.#name(from, 'rename'), this.fd, otherPaths.set(to))
    this.#check(result, 'rename', from)
  }

  override moveTo(name: ByteString, to: DirectoryHandle, newName: ByteString, replace: boolean): void {
    const { renameat2 } = this.#libc
    if (replace || renameat2 === undefined) {
      super.moveTo(name, to, newName, replace)
      return
    }
    checkName(newName, 'rename')
    const from = this.#name(name, 'rename')
    const result = renameat2(this.fd, from, to.fd, otherPaths.set(newName), RENAME_NOREPLACE)
    if (result < 0 && NOT_HERE.has(this.#libc.errno())) super.moveTo(name, to, newName, replace)
    else this.#check(result, 'rename', newName)
  }

  override unlink(name: ByteString): void {
    this.#check(this.#libc.unlinkat(this.fd, this.#name(name, 'unlink'), 0), 'unlink', name)
  }

  override rmdir(name: ByteString): void {
    this.#check(this.#libc.unlinkat(this.fd, this.#name(name, 'rmdir'), AT_REMOVEDIR), 'rmdir', name)
  }

  override chown(name: ByteString, uid: number, gid: number): void {
    const path = this.#name(name, 'chown')
    // −1 as the unsigned number that C makes of it.
    const result = this.#libc.fchownat(this.fd, path, uid >>> 0, gid >>> 0, AT_SYMLINK_NOFOLLOW)
    this.#check(result, 'chown', name)
  }

  override utimes(name: ByteString, seconds: number, nanoseconds?: number): void {
    const times = timesFor(seconds, nanoseconds)
    const result = this.#libc.utimensat(this.fd, this.#name(name, 'utimes'), times, AT_SYMLINK_NOFOLLOW)
    this.#check(result, 'utimes', name)
  }

  override utimesSelf(seconds: number, nanoseconds?: number): void {
    this.#check(this.#libc.futimens(this.fd, timesFor(seconds, nanoseconds)), 'utimes', '.')
  }

  #openAt(name: ByteString, flags: number, mode: number): number {
    const path = this.#name(name, 'open')
    const result = this.#libc.openat(this.fd, path, flags | constants.O_NOFOLLOW | O_CLOEXEC, mode)
    return this.#check(result, 'open', name)
  }

  #name(name: ByteString, syscall: string): Buffer {
    checkName(name, syscall)
    return paths.set(name)
  }

  #check(result: number, syscall: string, name: ByteString): number {
    if (result < 0) throw systemError(this.#libc.errno(), syscall, name)
    return result
  }
}

/** Major and minor number in one, as `st_dev` has them (glibc makedev(3)). */
function deviceOf(major: number, minor: number): number {
  return Number(deviceNumber(major, minor))
}
