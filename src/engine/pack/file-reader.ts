/** Reads a source file in the pieces that duplicity stores, and tells what went wrong without losing what was read. */
import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { type ByteString, fsPath } from '../../lib/bytestring.ts'
import { isErrno, reasonOf } from '../../lib/errors.ts'
import { nextSegment, type Segment } from '../../sys/seek.ts'
import type { EntryTrouble } from '../events.ts'

/** Bytes of a block of content (archive format §4.4). Resuming counts blocks: never change it. */
export const BLOCK_SIZE = 65536

/** Why a file could not be opened or read. */
export interface ReadTrouble {
  readonly trouble: EntryTrouble
  readonly detail: string
}

/** An open source file. Synchronous: files are local and mostly small. */
export class FileReader {
  /** The descriptor; closed by `close`. */
  readonly fd: number
  /** As the file was when it was opened. */
  readonly stats: BigIntStats
  /** Whether the file has holes; they are not read. */
  readonly sparse: boolean
  #segment: Segment | undefined
  #bytes = 0
  #trouble: ReadTrouble | undefined

  private constructor(fd: number, stats: BigIntStats) {
    this.fd = fd
    this.stats = stats
    this.#segment = firstSegment(fd, stats)
    this.sparse = this.#segment !== undefined
  }

  /** Opens a regular file, never waiting for a fifo and, unless told to, never through a link. */
  static open(path: ByteString, followLinks: boolean): FileReader | ReadTrouble {
    const flags = constants.O_RDONLY | constants.O_NONBLOCK | (followLinks ? 0 : constants.O_NOFOLLOW)
    let fd: number
    try {
      fd = openSync(fsPath(path), flags)
    } catch (error) {
      return troubleOf(error)
    }
    const stats = fstatSync(fd, { bigint: true })
    if (stats.isFile()) return new FileReader(fd, stats)
    closeSync(fd)
    return { trouble: 'changed-while-read', detail: 'is no longer a regular file' }
  }

  /** Bytes read so far. */
  get bytes(): number {
    return this.#bytes
  }

  /** The error that ended the reading early. */
  get trouble(): ReadTrouble | undefined {
    return this.#trouble
  }

  /**
   * Fills the buffer. Fewer bytes than its length mean the end of the file, or an error, which `trouble` then holds.
   */
  fill(buffer: Uint8Array): number {
    let filled = 0
    while (filled < buffer.length) {
      let count: number
      try {
        count = this.#readSome(buffer, filled)
      } catch (error) {
        this.#trouble = troubleOf(error)
        break
      }
      if (count === 0) break
      filled += count
    }
    this.#bytes += filled
    return filled
  }

  #readSome(buffer: Uint8Array, filled: number): number {
    const segment = this.#segment
    if (segment === undefined) return readSync(this.fd, buffer, filled, buffer.length - filled, null)
    const at = this.#bytes + filled
    if (at < segment.start) {
      const count = Math.min(segment.start - at, buffer.length - filled)
      buffer.fill(0, filled, filled + count)
      return count
    }
    const size = Number(this.stats.size)
    if (at < segment.end) {
      return readSync(this.fd, buffer, filled, Math.min(segment.end - at, buffer.length - filled), at)
    }
    // Behind the size that it had the file may have grown.
    if (at >= size) return readSync(this.fd, buffer, filled, buffer.length - filled, at)
    this.#segment = nextSegment(this.fd, at, size)
    return this.#readSome(buffer, filled)
  }

  /** Whether the file was written to since it was opened. Asks the system only where reading took a while. */
  get rewritten(): boolean {
    return this.#bytes >= BLOCK_SIZE && fstatSync(this.fd, { bigint: true }).mtimeNs !== this.stats.mtimeNs
  }

  /** What is not right with what was read to the end, of a file that was listed with `listed` bytes. */
  complaint(listed: number): ReadTrouble | undefined {
    if (this.#trouble !== undefined) return this.#trouble
    if (this.#bytes !== listed) {
      const detail = `had ${listed} bytes when it was listed, ${this.#bytes} when it was read`
      return { trouble: 'changed-while-read', detail }
    }
    if (!this.rewritten) return undefined
    return { trouble: 'changed-while-read', detail: 'was written to while it was read' }
  }

  /**
   * Whether a later write may leave the file with the modification time it has now, as it is stored: it is being
   * written to (last after `since`), and the second of its last write is not over. Both in seconds.
   */
  isFresh(since: number, now: () => number): boolean {
    const modified = Number(this.stats.mtimeNs) / 1e9
    return modified >= since && Math.floor(modified) === Math.floor(now())
  }

  close(): void {
    closeSync(this.fd)
  }
}

/** Size from which on a hole can be: that of a block of the usual file systems. */
const SMALLEST_SPARSE = 4096n
/** Unit of `blocks`. */
const SECTOR = 512n

/** The first data of a file that has a hole, else undefined: the file is read as it is. */
function firstSegment(fd: number, { size, blocks }: BigIntStats): Segment | undefined {
  if (size <= SMALLEST_SPARSE || blocks * SECTOR >= size) return undefined
  // Compressed files take fewer blocks too, and have no holes.
  const first = nextSegment(fd, 0, Number(size))
  return first.start === 0 && BigInt(first.end) === size ? undefined : first
}

function troubleOf(error: unknown): ReadTrouble {
  const detail = reasonOf(error)
  if (isErrno(error, 'ENOENT', 'ENOTDIR')) return { trouble: 'vanished', detail }
  if (isErrno(error, 'ELOOP', 'ENXIO')) return { trouble: 'changed-while-read', detail }
  if (isErrno(error, 'EACCES', 'EPERM')) return { trouble: 'unreadable', detail }
  return { trouble: 'io-error', detail }
}
