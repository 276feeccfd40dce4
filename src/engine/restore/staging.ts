/**
 * The private directory in which a restore is built before it is moved into place: on the same file system, beside the
 * target or in it. Nobody else can look into it, and what a killed restore leaves is removed by the next one there.
 */
import { randomBytes } from 'node:crypto'
import { type ByteString, toText } from '../../lib/bytestring.ts'
import { hasCode, isErrno, messageOf } from '../../lib/errors.ts'
import type { DirectoryHandle } from '../../sys/directory.ts'
import { lockArchiveDir } from '../../sys/record-lock.ts'
import type { Emit } from '../events.ts'

const PREFIX = '.duba-restore-'
const isStaging = (name: ByteString): boolean => /^\.duba-restore-[0-9a-f]{16}$/.test(name)

export interface StagingOptions {
  readonly uid: number
  readonly emit: Emit
}

export class Staging {
  readonly handle: DirectoryHandle
  readonly #home: DirectoryHandle
  readonly #name: ByteString
  readonly #release: () => void

  private constructor(home: DirectoryHandle, name: ByteString, handle: DirectoryHandle) {
    this.#home = home
    this.#name = name
    this.handle = handle
    const lock = lockArchiveDir(pathOf(handle))
    this.#release = () => {
      if (lock.held) lock.release()
    }
  }

  /** Makes one in the first of the directories that lets us, after removing what died there. Throws errno errors. */
  static open(homes: readonly DirectoryHandle[], options: StagingOptions): Staging {
    let refused: unknown
    for (const home of homes) {
      sweep(home, options)
      const name = PREFIX + randomBytes(8).toString('hex')
      try {
        home.makeDir(name, 0o700)
        return new Staging(home.openSelf(), name, home.openDir(name))
      } catch (error) {
        if (!isErrno(error, 'EACCES', 'EPERM', 'EROFS')) throw error
        refused ??= error
      }
    }
    throw refused
  }

  /** Removes it with everything that is still in it. Throws errno errors. */
  close(): void {
    try {
      this.#release()
      this.handle.close()
      removeTree(this.#home, this.#name)
    } finally {
      this.#home.close()
    }
  }
}

/** Removes what restores that were killed have left: directories of ours that no process has locked. */
function sweep(home: DirectoryHandle, { uid, emit }: StagingOptions): void {
  for (const name of home.list().filter(isStaging)) {
    const say = (level: 'notice' | 'warning', what: string): void => {
      emit({ type: 'note', level, text: `${what}: ${toText(name)}, left by a restore that was interrupted` })
    }
    try {
      const found = home.stat(name)
      if (found?.kind !== 'dir' || found.uid !== uid || (found.mode & 0o077) !== 0) continue
      if (!isAbandoned(home, name)) continue
      removeTree(home, name)
      say('notice', 'Removed')
    } catch (error) {
      if (!isErrno(error)) throw error
      say('warning', `Cannot be removed (${messageOf(error)})`)
    }
  }
}

/** Where no lock can be had it is not known, and the directory stays. */
function isAbandoned(home: DirectoryHandle, name: ByteString): boolean {
  const handle = home.openDir(name)
  try {
    const lock = lockArchiveDir(pathOf(handle))
    if (lock.held) lock.release()
    return lock.held
  } catch (error) {
    if (hasCode(error, 'LOCKED')) return false
    throw error
  } finally {
    handle.close()
  }
}

/** The system takes this name for the directory itself, wherever it is. */
function pathOf(handle: DirectoryHandle): ByteString {
  return `/proc/self/fd/${handle.fd}`
}

/** Removes an entry and everything below it, following no link. Throws errno errors. */
export function removeTree(parent: DirectoryHandle, name: ByteString): void {
  const found = parent.stat(name)
  if (found === undefined) return
  if (found.kind !== 'dir') {
    parent.unlink(name)
    return
  }
  const handle = parent.openDir(name)
  try {
    if ((found.mode & 0o700) !== 0o700) handle.chmodSelf(0o700)
    for (const child of handle.list()) removeTree(handle, child)
  } finally {
    handle.close()
  }
  parent.rmdir(name)
}
