/**
 * Writes restored objects below a target directory, by directory handles that are held open: no link that somebody
 * puts in the way is followed (archive format §13.2). Directories get their owner, mode and time when they are left.
 */
import { randomBytes } from 'node:crypto'
import { closeSync, fchmodSync, fchownSync, futimesSync, writeSync } from 'node:fs'
import type { TarEntry } from '../../format/tar/header.ts'
import { isInside } from '../../format/path-order.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import { isErrno, messageOf } from '../../lib/errors.ts'
import type { DirectoryHandle } from '../../sys/directory.ts'
import { localId } from '../diff/compare.ts'
import type { OwnerTable } from '../select/owner.ts'

export interface TreeWriterOptions {
  readonly owners: OwnerTable
  readonly numericOwner: boolean
  /** Whether to set owners at all. */
  readonly restoreOwner: boolean
  /** Whether what is in the way may be replaced. */
  readonly force: boolean
  readonly now: () => number
  /** Told when something of an object could not be set; the object itself is there. */
  readonly onTrouble: (path: ByteString, detail: string) => void
  /** Told instead of that where the system does not let this user set an owner. */
  readonly onOwnerRefused: (path: ByteString, detail: string) => void
}

interface OpenDirectory {
  readonly path: ByteString
  readonly handle: DirectoryHandle
  readonly header: TarEntry | undefined
}

export class TreeWriter {
  readonly #options: TreeWriterOptions
  readonly #stack: OpenDirectory[]

  /** `root` is the target directory, open; its own metadata comes with `writeRoot`. The writer closes it. */
  constructor(root: DirectoryHandle, header: TarEntry | undefined, options: TreeWriterOptions) {
    this.#options = options
    this.#stack = [{ path: '', handle: root, header }]
  }

  /** Writes one object; paths must come in order. Throws errno errors: the caller tells and goes on. */
  async write(path: ByteString, header: TarEntry, content: () => AsyncIterable<Buffer>): Promise<void> {
    const { parent, name } = this.#descend(path)
    if (header.type === 'dir') {
      this.#makeDirectory(parent, name)
      this.#stack.push({ path, handle: parent.openDir(name), header })
      return
    }
    await writeObject(parent, name, header, content, {
      ...this.#options,
      ...boundTo(path, this.#options),
    })
  }

  /** Leaves every directory that is still open. */
  finish(): void {
    while (this.#stack.length > 0) this.#leave()
  }

  /** Handle of the directory that holds `path`, and the last component. Missing directories on the way are made. */
  #descend(path: ByteString): { parent: DirectoryHandle; name: ByteString } {
    const slash = path.lastIndexOf('/')
    const parentPath = slash < 0 ? '' : path.slice(0, slash)
    while (this.#stack.length > 1 && !isInside(parentPath, this.#top().path)) this.#leave()
    let top = this.#top()
    while (top.path !== parentPath) {
      const rest = parentPath.slice(top.path === '' ? 0 : top.path.length + 1)
      const component = rest.split('/', 1)[0] ?? rest
      // A parent that the archive does not hold (the object was renamed or its set is damaged), or one left before.
      this.#makeDirectory(top.handle, component)
      const deeper = top.path === '' ? component : `${top.path}/${component}`
      this.#stack.push({ path: deeper, handle: top.handle.openDir(component), header: undefined })
      top = this.#top()
    }
    return { parent: top.handle, name: path.slice(slash + 1) }
  }

  #makeDirectory(parent: DirectoryHandle, name: ByteString): void {
    try {
      parent.makeDir(name, 0o700)
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) throw error
      if (parent.stat(name)?.kind === 'dir') return
      if (!this.#options.force) throw error
      parent.unlink(name)
      parent.makeDir(name, 0o700)
    }
  }

  #top(): OpenDirectory {
    const top = this.#stack.at(-1)
    if (top === undefined) throw new Error('The tree writer was used after it was finished.')
    return top
  }

  #leave(): void {
    const directory = this.#stack.pop()
    if (directory === undefined) return
    const { handle, header, path } = directory
    try {
      if (header === undefined) return
      const attempt = attempting(boundTo(path, this.#options))
      const owner = ownerOf(header, this.#options)
      if (owner !== undefined)
        attempt(OWNER, () => {
          handle.chownSelf(owner.uid, owner.gid)
        })
      attempt('set the mode', () => {
        handle.chmodSelf(header.mode)
      })
      attempt('set the time', () => {
        handle.utimesSelf(header.mtime)
      })
    } finally {
      handle.close()
    }
  }
}

/** Who is told of one object. */
interface Listeners {
  readonly onTrouble: (detail: string) => void
  readonly onOwnerRefused: (detail: string) => void
}

interface ObjectOptions extends Omit<TreeWriterOptions, keyof Listeners>, Listeners {}

/** The listeners of a tree for one of its objects. */
export function boundTo(
  path: ByteString,
  { onTrouble, onOwnerRefused }: Pick<TreeWriterOptions, keyof Listeners>,
): Listeners {
  return {
    onTrouble: (detail) => {
      onTrouble(path, detail)
    },
    onOwnerRefused: (detail) => {
      onOwnerRefused(path, detail)
    },
  }
}

/**
 * Makes one object that is not a directory. A file is written under a name of its own and renamed when it is complete,
 * so that neither a half-written file nor one whose integrity check failed ever has its final name.
 */
export async function writeObject(
  parent: DirectoryHandle,
  name: ByteString,
  header: TarEntry,
  content: () => AsyncIterable<Buffer>,
  options: ObjectOptions,
): Promise<void> {
  if (header.type === 'reg') {
    await writeFileObject(parent, name, header, content(), options)
    return
  }
  replaceable(parent, name, options.force)
  const attempt = attempting(options)
  const owner = ownerOf(header, options)
  if (header.type === 'sym') {
    parent.symlink(header.link, name)
    if (owner !== undefined)
      attempt(OWNER, () => {
        parent.chown(name, owner.uid, owner.gid)
      })
    return
  }
  if (header.type === 'fifo') parent.mkfifo(name, 0o600)
  else if (header.type === 'chr' || header.type === 'blk') {
    parent.mknod(name, header.type, 0o600, header.major, header.minor)
  }
  if (owner !== undefined)
    attempt(OWNER, () => {
      parent.chown(name, owner.uid, owner.gid)
    })
  attempt('set the mode', () => {
    parent.chmod(name, header.mode)
  })
  attempt('set the time', () => {
    parent.utimes(name, header.mtime)
  })
}

async function writeFileObject(
  parent: DirectoryHandle,
  name: ByteString,
  header: TarEntry,
  content: AsyncIterable<Buffer>,
  options: ObjectOptions,
): Promise<void> {
  const temporary = temporaryName()
  const fd = parent.createFile(temporary, 0o600)
  let complete = false
  try {
    try {
      for await (const piece of content)
        for (let done = 0; done < piece.length;) done += writeSync(fd, piece, done)
      const attempt = attempting(options)
      const owner = ownerOf(header, options)
      // Mode after owner: a change of owner clears setuid.
      if (owner !== undefined)
        attempt(OWNER, () => {
          fchownSync(fd, owner.uid, owner.gid)
        })
      attempt('set the mode', () => {
        fchmodSync(fd, header.mode)
      })
      attempt('set the time', () => {
        // A Date, because Node takes a negative number for the present.
        futimesSync(fd, options.now(), new Date(header.mtime * 1000))
      })
    } finally {
      closeSync(fd)
    }
    replaceable(parent, name, options.force)
    parent.rename(temporary, name)
    complete = true
  } finally {
    if (!complete) parent.unlink(temporary)
  }
}

/** Nobody guesses the first part; the second makes names differ without asking for randomness for every file. */
const TEMPORARY = `.duba-${randomBytes(8).toString('hex')}`
let serial = 0

function temporaryName(): ByteString {
  serial += 1
  return `${TEMPORARY}-${serial}.tmp`
}

/** Clears the way for a new object, or throws EEXIST. A directory goes only if it is empty. */
function replaceable(parent: DirectoryHandle, name: ByteString, force: boolean): void {
  const present = parent.stat(name)
  if (present === undefined) return
  if (!force)
    throw Object.assign(new Error(`EEXIST: file already exists, '${name}'`), { code: 'EEXIST', errno: -17 })
  if (present.kind === 'dir') parent.rmdir(name)
  else parent.unlink(name)
}

function ownerOf(
  header: TarEntry,
  options: Pick<TreeWriterOptions, 'owners' | 'numericOwner' | 'restoreOwner'>,
): { uid: number; gid: number } | undefined {
  if (!options.restoreOwner) return undefined
  const { owners, numericOwner } = options
  return {
    uid: localId('user', header, owners, numericOwner),
    gid: localId('group', header, owners, numericOwner),
  }
}

const OWNER = 'set the owner'

/** Runs a step whose failure is told but does not stop the steps after it. */
function attempting({ onTrouble, onOwnerRefused }: Listeners): (what: string, step: () => void) => void {
  return (what, step) => {
    try {
      step()
    } catch (error) {
      const tell = what === OWNER && isErrno(error, 'EPERM') ? onOwnerRefused : onTrouble
      tell(`cannot ${what}: ${messageOf(error)}`)
    }
  }
}
