/** The lock of a run: one run of duba at a time for a state directory. The kernel drops it with the process. */
import { fromText } from '../lib/bytestring.ts'
import { hasCode, messageOf, UserError } from '../lib/errors.ts'

/**
 * Takes the lock, or throws NOTHING_DONE if another run has it, STATE_UNWRITABLE if there can be none. Where the system call is missing, `onMissing` hears why
 * and the run goes on: each job still has the lock of its cache directory.
 */
export async function lockRun(
  stateDir: string,
  onMissing: (text: string) => void,
): Promise<{ release(): void }> {
  // Loaded late: only runs need the foreign function interface.
  const { lockArchiveDir } = await import('../sys/record-lock.ts')
  try {
    const lock = lockArchiveDir(fromText(stateDir))
    if (lock.held) return lock
    onMissing(`two runs at once are not prevented here: ${lock.reason}`)
    return { release: () => undefined }
  } catch (error) {
    if (hasCode(error, 'ARCHIVE_DIR')) {
      throw new UserError(
        'STATE_UNWRITABLE',
        `No lock can be taken in "state_dir" (${stateDir}): ${messageOf(error.cause ?? error)}`,
        {
          hint: 'Make the directory writable for the user who runs duba, or set "state_dir" to another one.',
          cause: error,
        },
      )
    }
    if (!hasCode(error, 'LOCKED')) throw error
    const process = /^Process \d+/.exec(error.message)?.[0]
    const who = process === undefined ? '' : ` (${process.toLowerCase()})`
    throw new UserError('NOTHING_DONE', `Another run of duba${who} holds the lock in ${stateDir}`, {
      hint: 'Wait until it has ended.',
      cause: error,
    })
  }
}
