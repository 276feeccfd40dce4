/** How much can still be written below a directory. */
import { statfsSync } from 'node:fs'
import { messageOf, UserError } from '../lib/errors.ts'

/** Bytes that are free there for whoever is not the super-user. Throws TEMP_SPACE_UNKNOWN. */
export function freeSpace(path: string): number {
  try {
    const { bavail, bsize } = statfsSync(path)
    return bavail * bsize
  } catch (cause) {
    const text = `The free space of ${path} cannot be found out: ${messageOf(cause)}`
    throw new UserError('TEMP_SPACE_UNKNOWN', text, { cause })
  }
}
