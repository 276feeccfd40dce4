/**
 * What a program says may get lost: its reader is gone (a closed pipe, a terminal), or a file that it is written to cannot
 * grow. That must not stop its work.
 */
import type { Writable } from 'node:stream'
import { isErrno } from '../lib/errors.ts'

export interface Loss {
  /** Whether something is missing in a file, which nobody could know who reads it. */
  readonly incomplete: boolean
}

/** From now on, a stream that cannot take what is written drops it. Other errors of it are thrown. */
export function endureLoss(stream: Writable): Loss {
  const loss = { incomplete: false }
  stream.on('error', (error) => {
    if (isErrno(error, 'ENOSPC', 'EDQUOT', 'EFBIG')) loss.incomplete = true
    else if (!isErrno(error, 'EPIPE', 'EIO')) throw error
  })
  return loss
}
