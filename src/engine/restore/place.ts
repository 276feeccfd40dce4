/**
 * Moves what was restored from its staging directory into place: each object by one rename, so that none is ever half
 * there. Directories that exist are merged. Everything goes by open directories; no link is followed.
 */
import { setImmediate } from 'node:timers/promises'
import { comparePaths } from '../../format/path-order.ts'
import { type ByteString, toText } from '../../lib/bytestring.ts'
import { isErrno, messageOf, UserError } from '../../lib/errors.ts'
import type { DirectoryHandle, EntryStat } from '../../sys/directory.ts'
import type { Emit } from '../events.ts'
import type { Conflict } from '../request.ts'
import { actionFor, otherName } from './conflict.ts'
import { copyMetadata, timeOf } from './copy-metadata.ts'

export interface PlaceOptions {
  readonly conflict: Conflict
  /** Stands behind the name of what is restored beside something. */
  readonly suffix: ByteString
  /** Whether directories that exist get the owner of the backup with `overwrite`; those of others cannot be given away. */
  readonly setsOwner: boolean
  readonly emit: Emit
  readonly signal: AbortSignal
}

/** Objects that met something. */
export interface Placed {
  /** Not restored, because what was there stayed. */
  kept: number
  replaced: number
  renamed: number
}

/** A staged entry and where it goes. `path` is for messages; '' is the target itself. */
export interface Step {
  readonly from: DirectoryHandle
  readonly name: ByteString
  readonly to: DirectoryHandle
  readonly target: ByteString
  readonly path: ByteString
}

/** So many entries are moved before signals are heard again. */
const AT_ONCE = 500
const NAMED = 5

/**
 * Moves entries, each with everything below. Throws TARGET_EXISTS, before anything is moved, where `fail` finds a conflict with
 * any of them.
 */
export async function place(steps: readonly Step[], options: PlaceOptions): Promise<Placed> {
  const placer = new Placer(options)
  if (options.conflict === 'fail') await placer.refuse(steps)
  for (const step of steps) await placer.move(step)
  return placer.placed
}

class Placer {
  readonly placed: Placed = { kept: 0, replaced: 0, renamed: 0 }
  readonly #options: PlaceOptions
  #sinceBreak = 0

  constructor(options: PlaceOptions) {
    this.#options = options
  }

  /** Throws TARGET_EXISTS if anything is in the way of anything. */
  async refuse(steps: readonly Step[]): Promise<void> {
    const found: ByteString[] = []
    for (const step of steps) await this.#search(step, (path) => found.push(path))
    if (found.length === 0) return
    const named = found.slice(0, NAMED).map((path) => (path === '' ? 'the target itself' : toText(path)))
    const more = found.length > NAMED ? ` and ${found.length - NAMED} more` : ''
    throw new UserError(
      'TARGET_EXISTS',
      `Nothing was restored: ${found.length} ${found.length === 1 ? 'object exists' : 'objects exist'} already: ${named.join(', ')}${more}`,
      { hint: 'Restore to another directory, or say what to do with --conflict.' },
    )
  }

  async #search(step: Step, onConflict: (path: ByteString) => void): Promise<void> {
    await this.#pause()
    const { from, name, to, target, path } = step
    const staged = from.stat(name)
    const existing = present(to, target)
    if (staged === undefined || existing === undefined) return
    if (actionFor('fail', incoming(staged), existing) !== undefined) {
      onConflict(path)
      return
    }
    await this.#both(step, staged, async (fromDir, toDir) => {
      for (const child of fromDir.list()) await this.#search(below(fromDir, child, toDir, path), onConflict)
    })
  }

  async move(step: Step): Promise<void> {
    await this.#pause()
    const { emit, conflict } = this.#options
    const { from, name, to, target, path } = step
    try {
      const staged = from.stat(name)
      if (staged === undefined) return
      const existing = present(to, target)
      const action = actionFor(conflict, incoming(staged), existing)
      if (action === undefined) {
        if (existing === undefined) this.#rename(step, staged, target, false)
        else await this.#merge(step, staged)
        return
      }
      await this.#settle(step, staged, action)
    } catch (error) {
      if (!isErrno(error)) throw error
      emit({ type: 'restore-trouble', path, detail: words(error) })
    }
  }

  async #settle(
    step: Step,
    staged: EntryStat,
    action: 'found' | 'kept' | 'replaced' | 'renamed',
  ): Promise<void> {
    const { emit, suffix } = this.#options
    const { from, name, to, target, path } = step
    switch (action) {
      case 'found':
        // It came between the search and now.
        throw Object.assign(new Error('EEXIST: something appeared in its place'), {
          code: 'EEXIST',
          errno: -17,
        })
      case 'kept':
        this.placed.kept += await this.#count(from, name)
        emit({ type: 'restore-conflict', path, action })
        return
      case 'renamed': {
        const other = otherName(target, suffix, (each) => to.stat(each) !== undefined)
        this.#rename(step, staged, other, false)
        this.placed.renamed += 1
        const slash = path.lastIndexOf('/')
        emit({ type: 'restore-conflict', path, action, to: path.slice(0, slash + 1) + other })
        return
      }
      case 'replaced': {
        const existing = to.stat(target)
        if (existing?.kind === 'dir') to.rmdir(target)
        else if (staged.kind === 'dir' && existing !== undefined) to.unlink(target)
        this.#rename(step, staged, target, staged.kind !== 'dir')
        this.placed.replaced += 1
        emit({ type: 'restore-conflict', path, action })
      }
    }
  }

  /** The owner, mode and time of an existing directory stay, unless everything is to be as in the backup. */
  async #merge(step: Step, staged: EntryStat): Promise<void> {
    await this.#both(step, staged, async (from, to) => {
      const time = timeOf(from)
      for (const child of from.list().sort(comparePaths)) await this.move(below(from, child, to, step.path))
      if (this.#options.conflict !== 'overwrite') return
      copyMetadata(from, to, { ...staged, time }, this.#options)
    })
  }

  async #both(
    { from, name, to, target }: Step,
    staged: EntryStat,
    work: (from: DirectoryHandle, to: DirectoryHandle) => Promise<void>,
  ): Promise<void> {
    const fromDir = from.openDir(name)
    try {
      // Ours, and nobody sees it: it must let us take things out of it.
      if ((staged.mode & 0o700) !== 0o700) fromDir.chmodSelf(staged.mode | 0o700)
      const toDir = target === '' ? to.openSelf() : to.openDir(target)
      try {
        await work(fromDir, toDir)
      } finally {
        toDir.close()
      }
    } finally {
      fromDir.close()
    }
  }

  #rename({ from, name, to }: Step, staged: EntryStat, target: ByteString, replace: boolean): void {
    try {
      from.moveTo(name, to, target, replace)
    } catch (error) {
      // To move a directory one must be allowed to write in it, because its parent changes.
      if (staged.kind !== 'dir' || !isErrno(error, 'EACCES') || (staged.mode & 0o200) !== 0) throw error
      from.chmod(name, staged.mode | 0o700)
      from.moveTo(name, to, target, replace)
      to.chmod(target, staged.mode)
    }
  }

  async #count(parent: DirectoryHandle, name: ByteString): Promise<number> {
    await this.#pause()
    const found = parent.stat(name)
    if (found?.kind !== 'dir') return 1
    let count = 1
    if ((found.mode & 0o700) !== 0o700) parent.chmod(name, found.mode | 0o700)
    const handle = parent.openDir(name)
    try {
      for (const child of handle.list()) count += await this.#count(handle, child)
    } finally {
      handle.close()
    }
    return count
  }

  async #pause(): Promise<void> {
    this.#sinceBreak += 1
    if (this.#sinceBreak < AT_ONCE) return
    this.#sinceBreak = 0
    await setImmediate()
    this.#options.signal.throwIfAborted()
  }
}

/** What is at a place; a target without a name is the root directory itself. */
function present(to: DirectoryHandle, target: ByteString): EntryStat | undefined {
  return target === '' ? to.statSelf() : to.stat(target)
}

function below(from: DirectoryHandle, child: ByteString, to: DirectoryHandle, path: ByteString): Step {
  return { from, name: child, to, target: child, path: path === '' ? child : `${path}/${child}` }
}

function incoming({ kind, mtime }: EntryStat): { directory: boolean; mtime: number } {
  return { directory: kind === 'dir', mtime }
}

/** Ends of sentences. */
function words(error: unknown): string {
  if (isErrno(error, 'EXDEV', 'EBUSY')) {
    return `is a mount point, or came to lie on another file system meanwhile, and stays (${messageOf(error)})`
  }
  if (isErrno(error, 'ENOTEMPTY', 'EEXIST')) {
    return `is a directory that is not empty, or appeared meanwhile, and is not replaced (${messageOf(error)})`
  }
  return `cannot be moved into place: ${messageOf(error)}`
}
