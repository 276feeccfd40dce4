/**
 * A destination that holds nothing although backups were stored there: a mount that is gone, a bucket of another account, a
 * disk that was swapped. A new chain there would look like a good backup, and fill the disk below the mount point.
 */
import { readdir } from 'node:fs/promises'
import { parseName } from '../../format/filename.ts'
import { isErrno, UserError } from '../../lib/errors.ts'
import type { EngineContext } from '../request.ts'

type Context = Pick<EngineContext, 'backend' | 'archiveDir' | 'names' | 'signal'>

/** Throws DESTINATION_LOST if the archive directory knows of backups and the destination has no file of any. */
export async function refuseLost({ backend, archiveDir, names, signal }: Context): Promise<void> {
  const known = (await namesIn(archiveDir)).filter((name) => {
    const file = parseName(name, names)
    return file?.kind === 'manifest' && !file.partial
  })
  if (known.length === 0) return
  const there = await backend.list(signal)
  if (there.some(({ name }) => parseName(name, names) !== undefined)) return
  const sets = known.length === 1 ? 'the backup that was' : `the ${known.length} backups that were`
  throw new UserError('DESTINATION_LOST', `Nothing of ${sets} stored on ${backend.label} is there.`, {
    hint: 'Is it mounted, and is it the right one? Nothing was written. If the backups are gone for good, "duba backup --take-over" for the job begins anew.',
  })
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory, { encoding: 'latin1' })
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return []
    throw error
  }
}
