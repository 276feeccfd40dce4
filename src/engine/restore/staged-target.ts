/**
 * A restore that is built in private directories and moved into place when it is complete. Where other file systems are
 * mounted below the target, what belongs there is built there: a rename cannot cross.
 */
import { formatNameTime } from '../../format/name-time.ts'
import { isInside } from '../../format/path-order.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import { isErrno } from '../../lib/errors.ts'
import type { DirectoryHandle } from '../../sys/directory.ts'
import { mountPoints, pathOfOpen } from '../../sys/mounts.ts'
import { writeObject } from './file-writer.ts'
import type { RestoredObject } from './object.ts'
import { openParent } from './parent.ts'
import { type Placed, type PlaceOptions, place, type Step } from './place.ts'
import { Staging } from './staging.ts'
import type { RestoreTarget } from './target.ts'
import { split, unwritable } from './target-path.ts'
import { boundTo, TreeWriter, type TreeWriterOptions } from './tree-writer.ts'

export interface StagedOptions extends Omit<PlaceOptions, 'suffix'> {
  /** Who restores. */
  readonly uid: number
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
    const to = openParent(parent, { uid: staged.uid, create: true })
    if (to === undefined) throw new TypeError('a parent that is made is there')
    return new StagedTarget({ to, name, path: target }, options, staged)
  } catch (error) {
    throw isErrno(error) ? unwritable(target, error) : error
  }
}

/** Its content, whatever it is, has this name in the staging directory. */
const STAGED = 'restored'

interface Place {
  /** Directory that holds the target, and its name there. */
  readonly to: DirectoryHandle
  readonly name: ByteString
  /** For messages. */
  readonly path: ByteString
}

class StagedTarget implements RestoreTarget {
  readonly #place: Place
  readonly #options: TreeWriterOptions
  readonly #placing: StagedOptions
  readonly #whole: Part
  /** Paths below the target where something is mounted, the longest first. */
  readonly #mounts: readonly ByteString[]
  /** What is restored into these. */
  readonly #parts = new Map<ByteString, Part>()
  /** Directories of these paths, of which it is not known yet whether anything is restored into them. */
  readonly #waiting = new Map<ByteString, RestoredObject>()

  constructor(place: Place, options: TreeWriterOptions, placing: StagedOptions) {
    this.#place = place
    // What is made here is new: nothing can be in its way.
    this.#options = { ...options, force: false }
    this.#placing = placing
    const { to, name } = place
    const inside = directoryAt(to, name)
    try {
      const mounts = inside === undefined ? [] : mountsIn(inside)
      this.#mounts = mounts.filter((path) => path !== '')
      const homes = inside === undefined ? [to] : mounts.includes('') ? [inside] : [to, inside]
      this.#whole = new Part({ to, name, path: '' }, Staging.open(homes, placing), this.#options)
    } catch (error) {
      to.close()
      throw error
    } finally {
      inside?.close()
    }
  }

  async write(path: ByteString, object: RestoredObject): Promise<void> {
    const mount = this.#mounts.find((each) => isInside(path, each))
    const isDirectory = object.header.type === 'dir'
    if (mount === undefined || (path === mount && !isDirectory)) await this.#whole.write(path, object)
    // As the root of another file system it stays as it is, unless something is restored into it.
    else if (path === mount) this.#waiting.set(mount, object)
    else await (await this.#part(mount)).write(path.slice(mount.length + 1), object)
  }

  finish(): void {
    for (const part of [this.#whole, ...this.#parts.values()]) part.finish()
  }

  place(): Promise<Placed> {
    const steps = [this.#whole, ...this.#parts.values()].map((part) => part.step)
    const moment = formatNameTime(Math.floor(this.#placing.now))
    return place(steps, { ...this.#placing, suffix: `.restored-${moment}` })
  }

  close(): void {
    this.finish()
    try {
      for (const part of this.#parts.values()) part.close()
    } finally {
      this.#whole.close()
    }
  }

  /** The part that is built on the file system at a mount point. Throws TARGET_UNWRITABLE. */
  async #part(mount: ByteString): Promise<Part> {
    const known = this.#parts.get(mount)
    if (known !== undefined) return known
    const { to, name } = openSteps(this.#place, mount)
    try {
      const home = to.openDir(name)
      try {
        const part = new Part({ to, name, path: mount }, Staging.open([home], this.#placing), this.#options)
        this.#parts.set(mount, part)
        const root = this.#waiting.get(mount)
        if (root !== undefined) await part.write('', root)
        return part
      } finally {
        home.close()
      }
    } catch (error) {
      if (!this.#parts.has(mount)) to.close()
      throw isErrno(error) ? unwritable(`${this.#place.path}/${mount}`, error) : error
    }
  }
}

/** What is built in one staging directory. */
class Part {
  readonly #place: Place
  readonly #staging: Staging
  readonly #options: TreeWriterOptions
  #tree: TreeWriter | undefined

  constructor(place: Place, staging: Staging, options: TreeWriterOptions) {
    this.#place = place
    this.#staging = staging
    this.#options = below(place.path, options)
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

  get step(): Step {
    const { to, name, path } = this.#place
    return { from: this.#staging.handle, name: STAGED, to, target: name, path }
  }

  close(): void {
    try {
      this.#staging.close()
    } finally {
      this.#place.to.close()
    }
  }

  #openTree(root: RestoredObject | undefined): TreeWriter {
    const { handle } = this.#staging
    handle.makeDir(STAGED, 0o700)
    return new TreeWriter(handle.openDir(STAGED), root, this.#options)
  }
}

/** The options for paths that lie below another. */
function below(path: ByteString, options: TreeWriterOptions): TreeWriterOptions {
  if (path === '') return options
  const full = (inner: ByteString): ByteString => (inner === '' ? path : `${path}/${inner}`)
  return {
    ...options,
    onTrouble: (inner, detail) => {
      options.onTrouble(full(inner), detail)
    },
    onOwnerRefused: (inner, detail) => {
      options.onOwnerRefused(full(inner), detail)
    },
    onUnsettable: (inner, what, detail) => {
      options.onUnsettable(full(inner), what, detail)
    },
  }
}

/** Mount points at (as '') and below a directory, the longest first. */
function mountsIn(directory: DirectoryHandle): ByteString[] {
  const path = pathOfOpen(directory.fd)
  if (path === undefined) return []
  const start = path === '/' ? '' : path
  return mountPoints()
    .filter((mount) => mount === path || mount.startsWith(`${start}/`))
    .map((mount) => mount.slice(start.length + 1))
    .sort((a, b) => b.length - a.length)
}

/** The directory that holds a path below the target, open, and the last step. Follows no link. Throws errno errors. */
function openSteps({ to, name }: Place, path: ByteString): { to: DirectoryHandle; name: ByteString } {
  const steps = path.split('/')
  const last = steps.pop() ?? path
  let handle = name === '' ? to.openSelf() : to.openDir(name)
  for (const step of steps) {
    const above = handle
    try {
      handle = above.openDir(step)
    } finally {
      above.close()
    }
  }
  return { to: handle, name: last }
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
