/**
 * The private directory in which a restore is built before it is moved into place: on the same file system, beside the
 * target or in it. Nobody else can look into it, and what a killed restore leaves is removed by the next one there.
 */
import { randomBytes } from 'node:crypto'
import { closeSync } from 'node:fs'
import { type ByteString, toText } from '../../lib/bytestring.ts'
import { hasCode, isErrno, messageOf, UserError } from '../../lib/errors.ts'
import type { DirectoryHandle } from '../../sys/directory.ts'
import { lockArchiveDir } from '../../sys/record-lock.ts'
import type { Emit } from '../events.ts'

const PREFIX = '.duba-restore-'
const isStaging = (name: ByteString): boolean => /^\.duba-restore-[0-9a-f]{16}$/.test(name)
/** Stands in every one: whoever may rename a directory of ours to such a name must not get it removed. */
const MARK = '.duba-staging'

export interface StagingOptions {
  readonly uid: number
  readonly emit: Emit
}

export class Staging {
  readonly handle: DirectoryHandle
  readonly #home: DirectoryHandle
  readonly #name: ByteString
  readonly #emit: Emit
  readonly #release: () => void

  private constructor(home: DirectoryHandle, name: ByteString, handle: DirectoryHandle, emit: Emit) {
    this.#home = home
    this.#name = name
    this.#emit = emit
    this.handle = handle
    const lock = lockArchiveDir(pathOf(handle))
    this.#release = () => {
      if (lock.held) lock.release()
    }
  }

  /**
   * Makes one in the first of the directories that lets us, after removing what died there. Throws errno errors, and
   * TARGET_UNWRITABLE where somebody put another directory in its place.
   */
  static open(homes: readonly DirectoryHandle[], options: StagingOptions): Staging {
    let refused: unknown
    for (const home of homes) {
      sweep(home, options)
      const name = PREFIX + randomBytes(8).toString('hex')
      try {
        home.makeDir(name, 0o700)
        return new Staging(home.openSelf(), name, openNew(home, name, options.uid), options.emit)
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
      empty(this.handle)
      if (!removeEmpty(this.#home, this.#name)) {
        const text = `The private directory ${this.#name} was renamed meanwhile; it is empty now, and stays`
        this.#emit({ type: 'note', level: 'warning', text })
      }
    } finally {
      this.handle.close()
      this.#home.close()
    }
  }
}

/** The directory that was just made. Who may write beside it can have put another in its place. */
function openNew(home: DirectoryHandle, name: ByteString, uid: number): DirectoryHandle {
  const handle = home.openDir(name)
  if (isPrivate(handle, uid) && handle.list().length === 0) {
    closeSync(handle.createFile(MARK, 0o600))
    return handle
  }
  handle.close()
  throw new UserError('TARGET_UNWRITABLE', `Another user exchanged ${name}, which was made for the restore`, {
    hint: 'Restore to a directory in which no other user may write.',
  })
}

function isPrivate(handle: DirectoryHandle, uid: number): boolean {
  const found = handle.statSelf()
  return found.uid === uid && (found.mode & 0o077) === 0
}

/** Removes what restores that were killed have left: directories of ours that no process has locked. */
function sweep(home: DirectoryHandle, { uid, emit }: StagingOptions): void {
  for (const name of home.list().filter(isStaging)) {
    const say = (level: 'notice' | 'warning', what: string): void => {
      emit({ type: 'note', level, text: `${what}: ${toText(name)}, left by a restore that was interrupted` })
    }
    try {
      if (home.stat(name)?.kind !== 'dir') continue
      const handle = home.openDir(name)
      try {
        if (!isPrivate(handle, uid) || handle.stat(MARK)?.kind !== 'reg' || !isAbandoned(handle)) continue
        // What was opened is emptied, whatever has its name by now.
        empty(handle)
      } finally {
        handle.close()
      }
      if (removeEmpty(home, name)) say('notice', 'Removed')
    } catch (error) {
      if (!isErrno(error)) throw error
      say('warning', `Cannot be removed (${messageOf(error)})`)
    }
  }
}

/** Where no lock can be had it is not known, and the directory stays. */
function isAbandoned(handle: DirectoryHandle): boolean {
  try {
    const lock = lockArchiveDir(pathOf(handle))
    if (lock.held) lock.release()
    return lock.held
  } catch (error) {
    if (hasCode(error, 'LOCKED')) return false
    throw error
  }
}

/** The mark goes last: what is left of an emptying that was interrupted is still known for what it is. */
function empty(handle: DirectoryHandle): void {
  for (const child of handle.list()) if (child !== MARK) removeTree(handle, child)
  removeTree(handle, MARK)
}

/** False: the name is gone, or belongs to something else. */
function removeEmpty(home: DirectoryHandle, name: ByteString): boolean {
  try {
    home.rmdir(name)
    return true
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR')) return false
    throw error
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
