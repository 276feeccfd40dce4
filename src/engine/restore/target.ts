/**
 * Where a restore goes. A directory is restored into the target directory, anything else as the target itself; the
 * target's parent is opened once and everything below goes by handles.
 */
import { mkdirSync } from 'node:fs'
import { type ByteString, fsPath, toText } from '../../lib/bytestring.ts'
import { isErrno, messageOf, UserError } from '../../lib/errors.ts'
import { type DirectoryHandle, openDirectory } from '../../sys/directory.ts'
import { formatNameTime } from '../../format/name-time.ts'
import { writeObject } from './file-writer.ts'
import type { RestoredObject } from './object.ts'
import { openParent as openTrustedParent } from './parent.ts'
import { type Placed, type PlaceOptions, place } from './place.ts'
import { Staging } from './staging.ts'
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
 * before the remote is asked for anything.
 */
export function checkTarget(target: ByteString, force: boolean): void {
  if (force) return
  const { parent, name } = split(target)
  let handle: DirectoryHandle
  try {
    handle = openDirectory(parent)
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return
    throw unwritable(target, error)
  }
  try {
    const present = name === '' ? { kind: 'dir' } : handle.stat(name)
    if (present === undefined) return
    const empty = present.kind === 'dir' && isEmpty(handle, name)
    if (empty) return
    throw new UserError(
      'TARGET_EXISTS',
      `Restore destination directory ${toText(target)} already exists.\nWill not overwrite.`,
      { hint: 'Choose a new or empty directory, or pass --force to write into this one.' },
    )
  } finally {
    handle.close()
  }
}

/** Opens the target for a restore whose root is `root` (undefined: unknown, a directory is made). */
export function openTarget(
  target: ByteString,
  root: RestoredObject | undefined,
  options: TreeWriterOptions,
): RestoreTarget {
  const { parent, name } = split(target)
  if (root !== undefined && root.header.type !== 'dir')
    return new SingleTarget(openParent(parent, target), name, options)
  try {
    mkdirSync(fsPath(target), { recursive: true, mode: 0o700 })
    return new DirectoryTarget(openDirectory(target), root, options)
  } catch (error) {
    throw unwritable(target, error)
  }
}

export interface StagedOptions extends Omit<PlaceOptions, 'suffix'> {
  /** Seconds since the epoch. */
  readonly now: number
}

/** Opens the target of a restore that is staged and then moved into place. Throws TARGET_UNWRITABLE. */
export function openStagedTarget(
  target: ByteString,
  options: TreeWriterOptions,
  staged: StagedOptions,
): RestoreTarget {
  const { parent, name } = split(target)
  try {
    const to = openTrustedParent(parent, { uid: staged.uid, create: true })
    if (to === undefined) throw new TypeError('a parent that is made is there')
    return new StagedTarget({ to, name }, options, staged)
  } catch (error) {
    throw isErrno(error) ? unwritable(target, error) : error
  }
}

/** Its content, whatever it is, has this name in the staging directory. */
const STAGED = 'restored'

class StagedTarget implements RestoreTarget {
  readonly #to: DirectoryHandle
  readonly #name: ByteString
  readonly #staging: Staging
  readonly #options: TreeWriterOptions
  readonly #placing: StagedOptions
  #tree: TreeWriter | undefined

  constructor(
    { to, name }: { readonly to: DirectoryHandle; readonly name: ByteString },
    options: TreeWriterOptions,
    placing: StagedOptions,
  ) {
    this.#to = to
    this.#name = name
    // What is made here is new: nothing can be in its way.
    this.#options = { ...options, force: false }
    this.#placing = placing
    const inside = directoryAt(to, name)
    try {
      const elsewhere = inside !== undefined && inside.statSelf().device !== to.statSelf().device
      const homes = inside === undefined ? [to] : elsewhere ? [inside] : [to, inside]
      this.#staging = Staging.open(homes, placing)
    } catch (error) {
      to.close()
      throw error
    } finally {
      inside?.close()
    }
  }

  async write(path: ByteString, object: RestoredObject): Promise<void> {
    if (path === '' && object.header.type !== 'dir') {
      await writeObject(this.#staging.handle, STAGED, object, boundTo('', this.#options))
      return
    }
    this.#tree ??= this.#openTree(path === '' ? object : undefined)
    if (path !== '') await this.#tree.write(path, object)
  }

  finish(): void {
    this.#tree?.finish()
  }

  place(): Promise<Placed> {
    const step = { from: this.#staging.handle, name: STAGED, to: this.#to, target: this.#name, path: '' }
    const moment = formatNameTime(Math.floor(this.#placing.now))
    return place(step, { ...this.#placing, suffix: `.restored-${moment}` })
  }

  close(): void {
    this.#tree?.finish()
    try {
      this.#staging.close()
    } finally {
      this.#to.close()
    }
  }

  #openTree(root: RestoredObject | undefined): TreeWriter {
    const { handle } = this.#staging
    handle.makeDir(STAGED, 0o700)
    return new TreeWriter(handle.openDir(STAGED), root, this.#options)
  }
}

/** The directory of this name, open, if it is one and lets itself be opened. */
function directoryAt(parent: DirectoryHandle, name: ByteString): DirectoryHandle | undefined {
  if (name === '') return parent.openSelf()
  try {
    return parent.openDir(name)
  } catch (error) {
    if (isErrno(error)) return undefined
    throw error
  }
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

function openParent(parent: ByteString, target: ByteString): DirectoryHandle {
  try {
    mkdirSync(fsPath(parent), { recursive: true, mode: 0o700 })
    return openDirectory(parent)
  } catch (error) {
    throw unwritable(target, error)
  }
}

/** A path as its parent directory and its last step, which is empty for the root. */
export function split(target: ByteString): { parent: ByteString; name: ByteString } {
  const path = target.replace(/\/+$/, '')
  const slash = path.lastIndexOf('/')
  if (slash < 0) return { parent: '.', name: path === '' ? '' : path }
  return { parent: slash === 0 ? '/' : path.slice(0, slash), name: path.slice(slash + 1) }
}

function isEmpty(parent: DirectoryHandle, name: ByteString): boolean {
  const handle = name === '' ? parent : parent.openDir(name)
  try {
    return handle.list().length === 0
  } finally {
    if (handle !== parent) handle.close()
  }
}

/** TARGET_UNWRITABLE for a system error met at the target. */
export function unwritable(target: ByteString, error: unknown): UserError {
  return new UserError('TARGET_UNWRITABLE', `Cannot write to ${toText(target)}: ${messageOf(error)}`, {
    cause: error,
    hint: 'Check that the directory exists, that you may write there, and that the disk has room.',
  })
}
