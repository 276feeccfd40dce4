/** Named pipes and device files, which Node cannot make. */
import { constants } from 'node:fs'
import type { ByteString } from '../lib/bytestring.ts'
import { type Libc, libc, systemError } from './libc.ts'
import { PathBuffer } from './paths.ts'

const AT_FDCWD = -100
const ENOSYS = 38
const paths = new PathBuffer()

/** The number by which Linux (glibc and musl, 64 bits) knows a device. */
export function deviceNumber(major: number, minor: number): bigint {
  const [a, b] = [BigInt(major), BigInt(minor)]
  return ((a & 0xfffff000n) << 32n) | ((a & 0xfffn) << 8n) | ((b & 0xffffff00n) << 12n) | (b & 0xffn)
}

/** Makes a named pipe; the umask applies. Throws errno errors, ENOSYS where koffi is missing. */
export function mkfifo(path: ByteString, mode: number): void {
  mkfifoAt(libc(), AT_FDCWD, path, mode)
}

/** Makes a character or block device; as `mkfifo`. */
export function mknod(
  path: ByteString,
  type: 'chr' | 'blk',
  mode: number,
  major: number,
  minor: number,
): void {
  mknodAt(libc(), AT_FDCWD, path, type, mode, deviceNumber(major, minor))
}

/** `mkfifo` below an open directory. */
export function mkfifoAt(calls: Libc | undefined, directory: number, path: ByteString, mode: number): void {
  if (calls === undefined) throw systemError(ENOSYS, 'mkfifo', path)
  if (calls.mkfifoat(directory, paths.set(path), mode) < 0) throw systemError(calls.errno(), 'mkfifo', path)
}

/** `mknod` below an open directory. */
export function mknodAt(
  calls: Libc | undefined,
  directory: number,
  path: ByteString,
  type: 'chr' | 'blk',
  mode: number,
  device: bigint,
): void {
  if (calls === undefined) throw systemError(ENOSYS, 'mknod', path)
  const kind = type === 'chr' ? constants.S_IFCHR : constants.S_IFBLK
  if (calls.mknodat(directory, paths.set(path), kind | mode, device) < 0) {
    throw systemError(calls.errno(), 'mknod', path)
  }
}
