/** Writes content so that a file that had holes has them again. */
import { ftruncateSync, writeSync } from 'node:fs'

/** What the usual file systems give space in; shorter runs of zeros cannot be holes. */
const UNIT = 4096
const ZEROS = Buffer.alloc(UNIT)

/** Writes all content to an open, empty file. */
export async function writePlain(fd: number, content: AsyncIterable<Buffer>): Promise<void> {
  for await (const piece of content)
    for (let done = 0; done < piece.length;) done += writeSync(fd, piece, done)
}

/** As `writePlain`, but leaves out every aligned block of zeros. */
export async function writeSparse(fd: number, content: AsyncIterable<Buffer>): Promise<void> {
  let position = 0
  for await (const piece of content) {
    let start = 0
    for (let at = 0; at < piece.length;) {
      const length = Math.min(UNIT - ((position + at) % UNIT), piece.length - at)
      if (length === UNIT && ZEROS.equals(piece.subarray(at, at + UNIT))) {
        writeAt(fd, piece.subarray(start, at), position + start)
        start = at + length
      }
      at += length
    }
    writeAt(fd, piece.subarray(start), position + start)
    position += piece.length
  }
  ftruncateSync(fd, position)
}

function writeAt(fd: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(fd, bytes, done, bytes.length - done, position + done)
  }
}
