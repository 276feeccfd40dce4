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

/**
 * Exchanges every name with a beginning that appears in a directory with others in turn, as fast as it can be seen: the
 * private directories of a restore have names that cannot be known before.
 */
const AMBUSH = `
import ctypes, itertools, os, sys
libc = ctypes.CDLL(None, use_errno=True)
AT_FDCWD, RENAME_EXCHANGE = -100, 2
os.chdir(sys.argv[1])
decoys = itertools.cycle(decoy.encode() for decoy in sys.argv[3:])
while True:
    for name in os.listdir(b'.'):
        if name.startswith(sys.argv[2].encode()):
            libc.renameat2(AT_FDCWD, name, AT_FDCWD, next(decoys), RENAME_EXCHANGE)
`

/** Does the work while `nobody` exchanges the names of pairs (`one:other`) in a directory. */
export function whileSwapping(
  directory: string,
  pairs: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  return whileRunning([SWAPPER, directory, ...pairs], work)
}

/** Does the work while `nobody` exchanges whatever in a directory begins with `start` with one of the decoys. */
export function whileAmbushing(
  directory: string,
  start: string,
  decoys: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  return whileRunning([AMBUSH, directory, start, ...decoys], work)
}

async function whileRunning(program: readonly string[], work: () => Promise<void>): Promise<void> {
  const child = spawn('/usr/bin/python3', ['-c', ...program], {
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
