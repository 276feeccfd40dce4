/** Whoever reads what a program says may go away: a closed pipe, a terminal that is gone. That is no error of the program. */
import type { Writable } from 'node:stream'
import { isErrno } from '../lib/errors.ts'

/** From now on, a stream whose reader is gone takes what is written and drops it. Other errors of it are thrown. */
export function endureLostReader(stream: Writable): void {
  stream.on('error', (error) => {
    if (!isErrno(error, 'EPIPE', 'EIO')) throw error
  })
}
