/** Keeps two programs from writing the status document at once: one would lose what the other adds. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fromText } from '../lib/bytestring.ts'
import { hasCode } from '../lib/errors.ts'

const patience = 30_000
const step = 20

/**
 * Takes the lock, waiting for others. Where it cannot be had (no such system call here, or somebody holds it for half a
 * minute) `onMissing` hears why, and the caller goes on without.
 */
export async function lockStatus(
  stateDir: string,
  onMissing: (text: string) => void,
): Promise<{ release(): void }> {
  // Loaded late: only what writes needs the foreign function interface.
  const { lockArchiveDir } = await import('../sys/record-lock.ts')
  const directory = join(stateDir, 'status-lock')
  await mkdir(directory, { recursive: true, mode: 0o700 })
  for (let waited = 0; ; waited += step) {
    try {
      const lock = lockArchiveDir(fromText(directory))
      if (lock.held) return lock
      return { release: () => undefined }
    } catch (error) {
      if (!hasCode(error, 'LOCKED')) throw error
      if (waited < patience) {
        await sleep(step)
        continue
      }
      onMissing(`somebody holds the lock of ${directory}; the status is written without it`)
      return { release: () => undefined }
    }
  }
}
