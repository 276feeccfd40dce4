/** Reads a source file in the pieces that duplicity stores, and tells what went wrong without losing what was read. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { type ByteString, fsPath } from '../../lib/bytestring.ts'
import { isErrno, reasonOf } from '../../lib/errors.ts'
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
  readonly #fd: number
  /** Milliseconds since the epoch. */
  readonly #modified: number
  #bytes = 0
  #trouble: ReadTrouble | undefined

  private constructor(fd: number, modified: number) {
    this.#fd = fd
    this.#modified = modified
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
    const stats = fstatSync(fd)
    if (stats.isFile()) return new FileReader(fd, stats.mtimeMs)
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
        count = readSync(this.#fd, buffer, filled, buffer.length - filled, null)
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

  /** Whether the file was written to since it was opened. Asks the system only where reading took a while. */
  get rewritten(): boolean {
    return this.#bytes >= BLOCK_SIZE && fstatSync(this.#fd).mtimeMs !== this.#modified
  }

  /**
   * Whether a later write may leave the file with the modification time it has now, as it is stored: it is being
   * written to (last after `since`), and the second of its last write is not over. Both in seconds.
   */
  isFresh(since: number, now: () => number): boolean {
    const modified = this.#modified / 1000
    return modified >= since && Math.floor(modified) === Math.floor(now())
  }

  close(): void {
    closeSync(this.#fd)
  }
}

function troubleOf(error: unknown): ReadTrouble {
  const detail = reasonOf(error)
  if (isErrno(error, 'ENOENT', 'ENOTDIR')) return { trouble: 'vanished', detail }
  if (isErrno(error, 'ELOOP', 'ENXIO')) return { trouble: 'changed-while-read', detail }
  if (isErrno(error, 'EACCES', 'EPERM')) return { trouble: 'unreadable', detail }
  return { trouble: 'io-error', detail }
}
