/** Byte strings as NUL-terminated bytes for system calls, without an allocation each. */
import type { ByteString } from '../lib/bytestring.ts'
import { systemError } from './libc.ts'

const PATH_MAX = 4096
const EINVAL = 22
const ENAMETOOLONG = 36

/** A place for one path at a time: what `set` returns is overwritten by the next `set`. */
export class PathBuffer {
  readonly #bytes = Buffer.alloc(PATH_MAX)

  /** The bytes of a path. Throws EINVAL where it holds NUL, ENAMETOOLONG from 4,096 bytes on. */
  set(path: ByteString): Buffer {
    if (path.length >= PATH_MAX) throw systemError(ENAMETOOLONG, 'path', path)
    if (path.includes('\0')) throw systemError(EINVAL, 'path', path)
    this.#bytes.write(path, 0, 'latin1')
    this.#bytes[path.length] = 0
    return this.#bytes
  }
}

/**
 * Throws EINVAL unless a name is one entry of a directory: not empty, not `.` or `..`, without slash and NUL. Names
 * from an archive pass through here, so none leads out of its directory.
 */
export function checkName(name: ByteString, syscall: string): void {
  if (name === '' || name === '.' || name === '..' || name.includes('/') || name.includes('\0')) {
    throw systemError(EINVAL, syscall, name)
  }
}
