/** Where a file holds data and where it has holes. */
import { isErrno } from '../lib/errors.ts'
import { type Libc, libc, systemError } from './libc.ts'

/** Bytes `start` up to, not including, `end`. */
export interface Segment {
  readonly start: number
  readonly end: number
}

const SEEK_DATA = 3
const SEEK_HOLE = 4

/**
 * The next part of an open file that holds data, from `from` on and not beyond `size` bytes; what lies before it reads as
 * zeros. Empty, at `size`, if there is no more. Everything counts as data where holes cannot be asked for. Moves the file
 * position. Throws errno errors.
 */
export function nextSegment(
  fd: number,
  from: number,
  size: number,
  load: () => Libc | undefined = libc,
): Segment {
  const calls = load()
  if (calls === undefined) return { start: from, end: size }
  const seek = (offset: number, whence: number): number => {
    const position = Number(calls.lseek(fd, offset, whence))
    if (position < 0) throw systemError(calls.errno(), 'lseek')
    return position
  }
  try {
    const start = seek(from, SEEK_DATA)
    return start >= size ? { start: size, end: size } : { start, end: Math.min(seek(start, SEEK_HOLE), size) }
  } catch (error) {
    // ENXIO: no data from here to the end. EINVAL: the file system does not know holes.
    if (isErrno(error, 'EINVAL')) return { start: from, end: size }
    if (isErrno(error, 'ENXIO')) return { start: size, end: size }
    throw error
  }
}
