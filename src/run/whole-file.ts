/** Writes files that others read at any moment: they see the old one or the new one, never half of one. */
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fromText } from '../lib/bytestring.ts'
import { isErrno, messageOf } from '../lib/errors.ts'
import { askNameService } from '../sys/name-service.ts'

export interface WholeFileOptions {
  /** Group that may read it and enter its directory; undefined: that of the user. */
  readonly group: string | undefined
  /** Permission bits; default 0640. */
  readonly mode?: number
  /** Hears why the group was not given the file. */
  readonly onTrouble: (text: string) => void
}

/**
 * Writes a file in one step. Throws the system's error; then the old one is still there. Nobody who may write to the
 * directory can lead it elsewhere: the new file has a name that cannot be guessed, and is made, never found.
 */
export async function writeWhole(
  path: string,
  text: string,
  { group, mode = 0o640, onTrouble }: WholeFileOptions,
): Promise<void> {
  const fresh = `${path}.${randomBytes(9).toString('hex')}.new`
  const handle = await open(fresh, 'wx', 0o600)
  try {
    try {
      await handle.writeFile(text)
      if (group !== undefined) await give(path, handle, group, onTrouble)
      await handle.chmod(mode)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(fresh, path)
  } catch (error) {
    await rm(fresh, { force: true })
    throw error
  }
}

async function give(
  path: string,
  file: FileHandle,
  group: string,
  onTrouble: (text: string) => void,
): Promise<void> {
  const id = groupId(group)
  if (id === undefined) {
    onTrouble(`there is no group "${group}" here: ${path} stays with the group of this user`)
    return
  }
  try {
    await file.chown(-1, id)
    const directory = await open(dirname(path), constants.O_RDONLY | constants.O_DIRECTORY)
    try {
      await openTo(directory, id)
    } finally {
      await directory.close()
    }
  } catch (error) {
    if (!isErrno(error)) throw error
    onTrouble(`${path} cannot be given to the group "${group}": ${messageOf(error)}`)
  }
}

/** Lets a group enter a directory. */
async function openTo(directory: FileHandle, id: number): Promise<void> {
  const { mode, gid } = await directory.stat()
  if ((mode & 0o001) !== 0 || (gid === id && (mode & 0o010) !== 0)) return
  await directory.chown(-1, id)
  await directory.chmod((mode & 0o7777) | 0o010)
}

function groupId(group: string): number | undefined {
  const line = askNameService('group', fromText(group), { PATH: '/usr/bin:/bin:/usr/sbin:/sbin' })
  const id = line?.split(':')[2]
  return id === undefined || !/^\d+$/.test(id) ? undefined : Number(id)
}
