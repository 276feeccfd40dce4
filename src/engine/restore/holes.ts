/** Writes content so that a file that had holes has them again. */
import { ftruncateSync, writeSync } from 'node:fs'

/** What the usual file systems give space in; shorter runs of zeros cannot be holes. */
const UNIT = 4096
const ZEROS = Buffer.alloc(UNIT)

/** Writes to an open, empty file; `end` comes last. Throws errno errors. */
export interface ContentWriter {
  write(piece: Buffer): void
  end(): void
}

/** Writes all content. */
export function plainWriter(fd: number): ContentWriter {
  return {
    write: (piece) => {
      for (let done = 0; done < piece.length;) done += writeSync(fd, piece, done)
    },
    end: () => undefined,
  }
}

/** Leaves out zeros wherever they fill an aligned block, or as much of one as a piece holds: pieces end anywhere. */
export function sparseWriter(fd: number): ContentWriter {
  let position = 0
  return {
    write: (piece) => {
      let start = 0
      for (let at = 0; at < piece.length;) {
        const length = Math.min(UNIT - ((position + at) % UNIT), piece.length - at)
        if (ZEROS.subarray(0, length).equals(piece.subarray(at, at + length))) {
          writeAt(fd, piece.subarray(start, at), position + start)
          start = at + length
        }
        at += length
      }
      writeAt(fd, piece.subarray(start), position + start)
      position += piece.length
    },
    end: () => {
      ftruncateSync(fd, position)
    },
  }
}

function writeAt(fd: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(fd, bytes, done, bytes.length - done, position + done)
  }
}
