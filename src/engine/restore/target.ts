/**
 * Where a restore goes. A directory is restored into the target directory, anything else as the target itself; the
 * target's parent is opened once and everything below goes by handles.
 */
import { type ByteString, toText } from '../../lib/bytestring.ts'
import { isErrno, UserError } from '../../lib/errors.ts'
import type { DirectoryHandle } from '../../sys/directory.ts'
import { writeObject } from './file-writer.ts'
import type { RestoredObject } from './object.ts'
import { makeDirectory, openParent } from './parent.ts'
import type { Placed } from './place.ts'
import { split, unwritable } from './target-path.ts'
import { boundTo, TreeWriter, type TreeWriterOptions } from './tree-writer.ts'

export interface RestoreTarget {
  /** Writes an object; '' is the target itself. */
  write(path: ByteString, object: RestoredObject): Promise<void>
  /** Applies what is applied last: owner, mode and times of directories. */
  finish(): void
  /** Puts what is staged in place, where it is; the last step. Throws TARGET_EXISTS. */
  place(): Promise<Placed>
  /** Frees handles, and removes what is not in place. */
  close(): void
}

const NOTHING_MET: Placed = { kept: 0, replaced: 0, renamed: 0 }

/**
 * Throws TARGET_EXISTS unless the target is missing, an empty directory, or `force` is set. Called by the command
 * before the remote is asked for anything; `openTarget` looks again. `uid`: who restores. Throws TARGET_UNWRITABLE where
 * the target cannot be looked at, or is exchanged meanwhile.
 */
export function checkTarget(target: ByteString, force: boolean, uid: number): void {
  if (force) return
  const { parent, name } = split(target)
  reach(target, () => {
    const handle = openParent(parent, { uid, create: false })
    if (handle === undefined) return
    try {
      const present = name === '' ? { kind: 'dir' } : handle.stat(name)
      if (present === undefined) return
      const empty = present.kind === 'dir' && isEmpty(handle, name)
      if (!empty) throw targetExists(target)
    } finally {
      handle.close()
    }
  })
}

/**
 * Opens the target for a restore whose root is `root` (undefined: unknown, a directory is made). `uid`: who restores.
 * Throws TARGET_UNWRITABLE, and TARGET_EXISTS as `checkTarget`: others may have been quicker since.
 */
export function openTarget(
  target: ByteString,
  root: RestoredObject | undefined,
  options: TreeWriterOptions,
  uid: number,
): RestoreTarget {
  const { parent, name } = split(target)
  if (root !== undefined && root.header.type !== 'dir')
    return new SingleTarget(openMade(parent, target, uid), name, options)
  // With `force` the operator may name a directory by a link of theirs, as in duplicity.
  const handle = options.force ? openMade(target, target, uid) : openFresh(target, uid)
  return new DirectoryTarget(handle, root, options)
}

class DirectoryTarget implements RestoreTarget {
  readonly #tree: TreeWriter

  constructor(root: DirectoryHandle, object: RestoredObject | undefined, options: TreeWriterOptions) {
    this.#tree = new TreeWriter(root, object, options)
  }

  async write(path: ByteString, object: RestoredObject): Promise<void> {
    if (path !== '') await this.#tree.write(path, object)
  }

  finish(): void {
    this.#tree.finish()
  }

  place(): Promise<Placed> {
    return Promise.resolve(NOTHING_MET)
  }

  close(): void {
    this.#tree.finish()
  }
}

class SingleTarget implements RestoreTarget {
  readonly #parent: DirectoryHandle
  readonly #name: ByteString
  readonly #options: TreeWriterOptions

  constructor(parent: DirectoryHandle, name: ByteString, options: TreeWriterOptions) {
    this.#parent = parent
    this.#name = name
    this.#options = options
  }

  async write(path: ByteString, object: RestoredObject): Promise<void> {
    if (path !== '') return
    // An empty directory may stand in the way without --force (archive format §13.2).
    const present = this.#parent.stat(this.#name)
    if (present?.kind === 'dir') this.#parent.rmdir(this.#name)
    await writeObject(this.#parent, this.#name, object, boundTo('', this.#options))
  }

  finish(): void {
    // Everything was applied when the object was written.
  }

  place(): Promise<Placed> {
    return Promise.resolve(NOTHING_MET)
  }

  close(): void {
    this.#parent.close()
  }
}

/** A directory on the way to the target, or the target; what is missing is made. */
function openMade(path: ByteString, target: ByteString, uid: number): DirectoryHandle {
  return reach(target, () => {
    const handle = openParent(path, { uid, create: true })
    if (handle === undefined) throw new TypeError('a directory that is made is there')
    return handle
  })
}

/** The target, made or empty. What has its name now is no link. */
function openFresh(target: ByteString, uid: number): DirectoryHandle {
  const { parent, name } = split(target)
  const above = openMade(parent, target, uid)
  try {
    const handle = reach(target, () => {
      if (name === '') return above.openSelf()
      makeDirectory(above, name)
      return above.openDir(name)
    })
    if (reach(target, () => handle.list()).length === 0) return handle
    handle.close()
  } finally {
    above.close()
  }
  throw targetExists(target)
}

function reach<T>(target: ByteString, step: () => T): T {
  try {
    return step()
  } catch (error) {
    throw isErrno(error) ? unwritable(target, error) : error
  }
}

function targetExists(target: ByteString): UserError {
  return new UserError(
    'TARGET_EXISTS',
    `Restore destination directory ${toText(target)} already exists.\nWill not overwrite.`,
    { hint: 'Choose a new or empty directory, or pass --force to write into this one.' },
  )
}

function isEmpty(parent: DirectoryHandle, name: ByteString): boolean {
  const handle = name === '' ? parent : parent.openDir(name)
  try {
    return handle.list().length === 0
  } finally {
    if (handle !== parent) handle.close()
  }
}
