/**
 * Extended attributes (xattr(7)), by open descriptor or by path. Names and values are byte strings. Without koffi files
 * have none, and none can be set (`missing.ts` says so).
 */
import { type ByteString, toBytes } from '../lib/bytestring.ts'
import { type Libc, libc, systemError } from './libc.ts'
import { PathBuffer } from './paths.ts'

/** A file: open, or found by its path, the last part of which is followed only if `follow` is set. */
export type AttributeHolder = number | { readonly path: ByteString; readonly follow: boolean }

/** Linux has no longer list of names and no longer value than this. */
const MOST_BYTES = 65536
/** Tried first: the kernel makes, and clears, as much room as it is told there is. */
const USUAL_BYTES = 512
const ERANGE = 34
const ENOSYS = 38
const ENODATA = 61
/** What file systems without attributes say. */
const EOPNOTSUPP = 95

// Calls are synchronous, so one place for each argument is enough.
const paths = new PathBuffer()
const names = new PathBuffer()
const result = Buffer.alloc(MOST_BYTES)

/** The names of a file's attributes, as far as the system shows them. Throws errno errors. */
export function listAttributes(holder: AttributeHolder, load: () => Libc | undefined = libc): ByteString[] {
  const calls = load()
  if (calls === undefined) return []
  const length = list(calls, holder)
  if (length === 0) return []
  if (length < 0) {
    const errno = calls.errno()
    if (errno === EOPNOTSUPP) return []
    throw systemError(errno, 'listxattr', nameOf(holder))
  }
  return result.toString('latin1', 0, length - 1).split('\0')
}

function list(calls: Libc, holder: AttributeHolder): number {
  if (typeof holder === 'number') return fitting(calls, (room) => calls.flistxattr(holder, result, room))
  const path = paths.set(holder.path)
  return fitting(calls, (room) =>
    holder.follow ? calls.listxattr(path, result, room) : calls.llistxattr(path, result, room),
  )
}

/** What a call says that is told how much room there is: little at first, then all. */
function fitting(calls: Libc, call: (room: number) => number | bigint): number {
  const length = Number(call(USUAL_BYTES))
  return length < 0 && calls.errno() === ERANGE ? Number(call(MOST_BYTES)) : length
}

/** The value of an attribute; undefined where it is gone or hidden. Throws errno errors. */
export function getAttribute(
  holder: AttributeHolder,
  name: ByteString,
  load: () => Libc | undefined = libc,
): ByteString | undefined {
  const calls = load()
  if (calls === undefined) return undefined
  const length = get(calls, holder, names.set(name))
  if (length >= 0) return result.toString('latin1', 0, length)
  const errno = calls.errno()
  if (errno === ENODATA || errno === EOPNOTSUPP) return undefined
  throw systemError(errno, 'getxattr', nameOf(holder))
}

function get(calls: Libc, holder: AttributeHolder, name: Buffer): number {
  if (typeof holder === 'number') return fitting(calls, (room) => calls.fgetxattr(holder, name, result, room))
  const path = paths.set(holder.path)
  return fitting(calls, (room) =>
    holder.follow ? calls.getxattr(path, name, result, room) : calls.lgetxattr(path, name, result, room),
  )
}

/** Sets an attribute; a path alone means that of a link its own. Throws errno errors, ENOSYS without koffi. */
export function setAttribute(
  holder: AttributeHolder | ByteString,
  name: ByteString,
  value: ByteString,
  load: () => Libc | undefined = libc,
): void {
  const calls = load()
  const where = typeof holder === 'number' ? undefined : typeof holder === 'string' ? holder : holder.path
  const follow = typeof holder === 'object' && holder.follow
  if (calls === undefined) throw systemError(ENOSYS, 'setxattr', where)
  const bytes = toBytes(value)
  const done =
    typeof holder === 'number'
      ? calls.fsetxattr(holder, names.set(name), bytes, bytes.length, 0)
      : follow
        ? calls.setxattr(paths.set(where ?? ''), names.set(name), bytes, bytes.length, 0)
        : calls.lsetxattr(paths.set(where ?? ''), names.set(name), bytes, bytes.length, 0)
  if (done < 0) throw systemError(calls.errno(), 'setxattr', where)
}

/** Removes an attribute of an open file; one that is gone is no error. Throws errno errors, ENOSYS without koffi. */
export function removeAttribute(fd: number, name: ByteString, load: () => Libc | undefined = libc): void {
  const calls = load()
  if (calls === undefined) throw systemError(ENOSYS, 'removexattr', undefined)
  if (calls.fremovexattr(fd, names.set(name)) >= 0) return
  const errno = calls.errno()
  if (errno !== ENODATA && errno !== EOPNOTSUPP) throw systemError(errno, 'removexattr', undefined)
}

function nameOf(holder: AttributeHolder): string | undefined {
  return typeof holder === 'number' ? undefined : holder.path
}
