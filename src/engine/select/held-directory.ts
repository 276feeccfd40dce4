/**
 * A source directory that is held open while the walk is in it. What lies in it is asked for by the open directory,
 * not by its path: a user who puts a link in the place of a directory above sends nobody anywhere.
 */
import { closeSync, constants, openSync, readdirSync, readlinkSync } from 'node:fs'
import { fsPath, type ByteString } from '../../lib/bytestring.ts'
import { isErrno } from '../../lib/errors.ts'

export interface HeldDirectory {
  /** What goes before a name to reach an entry; valid until `close`. */
  readonly below: ByteString
  /** Names of the entries, sorted by bytes. */
  readonly names: readonly ByteString[]
  close(): void
}

/** Opens a directory and reads its names; a link is no directory unless links are followed. Throws errno errors. */
export function holdDirectory(place: ByteString, followLinks: boolean): HeldDirectory {
  const flags = constants.O_RDONLY | constants.O_DIRECTORY | (followLinks ? 0 : constants.O_NOFOLLOW)
  const fd = openSync(fsPath(place), flags)
  try {
    const descriptors = openDescriptors()
    const here = descriptors === undefined ? place : `${descriptors}/${fd}`
    const names = readdirSync(fsPath(here), 'latin1').sort()
    return {
      below: here === '/' ? '/' : `${here}/`,
      names,
      close: () => {
        closeSync(fd)
      },
    }
  } catch (error) {
    closeSync(fd)
    throw error
  }
}

let found: { readonly path: ByteString | undefined } | undefined

/**
 * The directory in which the system shows what this process has open; undefined without /proc: then there are only
 * paths. By number, because to look up `self` each time costs as much as to look at a file.
 */
function openDescriptors(): ByteString | undefined {
  found ??= { path: lookForDescriptors() }
  return found.path
}

function lookForDescriptors(): ByteString | undefined {
  try {
    return `/proc/${readlinkSync('/proc/self')}/fd`
  } catch (error) {
    if (isErrno(error)) return undefined
    throw error
  }
}
