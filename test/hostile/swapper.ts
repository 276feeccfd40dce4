/** A local user who swaps names in a directory of theirs, as fast as they can. */
import { spawn } from 'node:child_process'
import { expect } from '@jest/globals'

/** The user `nobody`. */
export const NOBODY = 65534

/**
 * Exchanges pairs of names, atomically, again and again. In Python, which duplicity brings to every machine that runs
 * these tests: Node has no call for it, and cannot be started by every user.
 */
const SWAPPER = `
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
AT_FDCWD, RENAME_EXCHANGE = -100, 2
os.chdir(sys.argv[1])
pairs = [pair.encode().split(b':') for pair in sys.argv[2:]]
count = 0
while True:
    for one, other in pairs:
        libc.renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE)
        # Now longer, now shorter: any step of the other side shall be met.
        for _ in range(count % 11 * 3):
            os.getppid()
        count += 1
`

/** Does the work while `nobody` exchanges the names of pairs (`one:other`) in a directory. */
export async function whileSwapping(
  directory: string,
  pairs: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const child = spawn('/usr/bin/python3', ['-c', SWAPPER, directory, ...pairs], {
    uid: NOBODY,
    gid: NOBODY,
    stdio: 'ignore',
  })
  const ended = new Promise((resolve) => child.on('close', resolve))
  try {
    await work()
    expect([child.exitCode, child.signalCode]).toEqual([null, null])
  } finally {
    child.kill('SIGKILL')
    await ended
  }
}
