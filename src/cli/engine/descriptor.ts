/** Writing to open descriptors, byte by byte in order and before the process may end. */
import { fstatSync, openSync, writeSync } from 'node:fs'
import { type ByteString, fsPath } from '../../lib/bytestring.ts'
import { isErrno } from '../../lib/errors.ts'
import type { Sink } from '../../report/duplicity/report.ts'

/** Milliseconds before the next try where a pipe is full and must not be waited for. */
const FULL = 5

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
        else if (isErrno(error, 'EAGAIN')) pause(FULL)
        else throw error
      }
    }
  }
}

/** A sink that appends to a file, which is made if it is missing. Throws the system's error. */
export function fileSink(path: ByteString): Sink {
  return descriptorSink(openSync(fsPath(path), 'a'))
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}
