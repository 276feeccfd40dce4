/** Where a file holds data and where it has holes. */
import { isErrno } from '../lib/errors.ts'
import { type Libc, libc, systemError } from './libc.ts'

/** Bytes `start` up to, not including, `end`. */
export interface Segment {
  readonly start: number
  readonly end: number
}

const SEEK_SET = 0
const SEEK_CUR = 1
const SEEK_DATA = 3
const SEEK_HOLE = 4

/**
 * The parts of an open file that hold data, in order, not beyond `size` bytes; what lies between reads as zeros.
 * One segment for the whole file where holes cannot be asked for. The file position stays. Throws errno errors.
 */
export function dataSegments(fd: number, size: number, load: () => Libc | undefined = libc): Segment[] {
  const calls = load()
  if (size <= 0) return []
  const whole = [{ start: 0, end: size }]
  if (calls === undefined) return whole
  const seek = (offset: number, whence: number): number => {
    const position = Number(calls.lseek(fd, offset, whence))
    if (position < 0) throw systemError(calls.errno(), 'lseek')
    return position
  }
  const before = seek(0, SEEK_CUR)
  const segments: Segment[] = []
  try {
    for (let end = 0; end < size;) {
      const start = seek(end, SEEK_DATA)
      if (start >= size) break
      end = Math.min(seek(start, SEEK_HOLE), size)
      segments.push({ start, end })
    }
  } catch (error) {
    // ENXIO: no data from here to the end. EINVAL: the file system does not know holes.
    if (isErrno(error, 'EINVAL')) return whole
    if (!isErrno(error, 'ENXIO')) throw error
  } finally {
    seek(before, SEEK_SET)
  }
  return segments
}
