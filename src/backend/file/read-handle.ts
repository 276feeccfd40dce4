/** Reads an open file as a stream whose errors are in words and which closes the file however it ends. */
import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { destroyOnAbort } from '../streams.ts'

const PIECE = 1 << 18

/** The bytes of a file from its beginning; owns the handle. `explain` turns system errors into errors for people. */
export function readHandle(
  handle: FileHandle,
  signal: AbortSignal,
  explain: (error: unknown) => unknown,
): Readable {
  let position = 0
  const stream = new Readable({
    highWaterMark: PIECE,
    read() {
      // A new buffer each time: consumers may keep what they get.
      handle.read(Buffer.allocUnsafeSlow(PIECE), 0, PIECE, position).then(
        ({ bytesRead, buffer }) => {
          position += bytesRead
          this.push(bytesRead === 0 ? null : buffer.subarray(0, bytesRead))
        },
        (error: unknown) => {
          this.destroy(explain(error) as Error)
        },
      )
    },
    destroy(error, done) {
      handle.close().then(
        () => {
          done(error)
        },
        (failure: unknown) => {
          done(error ?? (failure as Error))
        },
      )
    },
  })
  destroyOnAbort(stream, signal)
  return stream
}
