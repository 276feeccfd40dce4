/** Open descriptors, read and written at once: byte by byte in order, and before the process may end. */
import { fstatSync, openSync, readSync, writeSync } from 'node:fs'
import { type ByteString, fromBytes, fsPath } from '../../lib/bytestring.ts'
import { isErrno } from '../../lib/errors.ts'
import type { Sink } from '../../report/duplicity/report.ts'

/** Milliseconds before the next try where a pipe is full, or empty, and must not be waited for. */
const WAIT = 5

/** A sink for an open descriptor. Throws the system's error if it is not open. */
export function descriptorSink(descriptor: number): Sink {
  fstatSync(descriptor)
  let broken = false
  return (bytes) => {
    for (let done = 0; done < bytes.length && !broken;) {
      try {
        done += writeSync(descriptor, bytes, done)
      } catch (error) {
        // Who read it has gone: what is left to tell must not stop a backup.
        if (isErrno(error, 'EPIPE')) broken = true
        else if (isErrno(error, 'EAGAIN')) pause(WAIT)
        else throw error
      }
    }
  }
}

/** A sink that appends to a file, which is made if it is missing. Throws the system's error. */
export function fileSink(path: ByteString): Sink {
  return descriptorSink(openSync(fsPath(path), 'a'))
}

/** Everything that comes over an open descriptor until its end. Throws the system's error. */
export function readDescriptor(descriptor: number): ByteString {
  const pieces: Buffer[] = []
  for (;;) {
    const piece = Buffer.alloc(1 << 16)
    try {
      const length = readSync(descriptor, piece)
      if (length === 0) return fromBytes(Buffer.concat(pieces))
      pieces.push(piece.subarray(0, length))
    } catch (error) {
      if (!isErrno(error, 'EAGAIN')) throw error
      pause(WAIT)
    }
  }
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}
