/**
 * Writes restored objects below a target directory, by directory handles that are held open: no link that somebody
 * puts in the way is followed (archive format §13.2). Directories get their owner, mode and time when they are left.
 */
import { isInside } from '../../format/path-order.ts'
import type { FileRecords } from '../../format/records.ts'
import type { TarEntry } from '../../format/tar/header.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import { isErrno } from '../../lib/errors.ts'
import type { DirectoryHandle } from '../../sys/directory.ts'
import { type WriteOptions, writeObject } from './file-writer.ts'
import { HardLinks } from './hard-links.ts'
import { applyMetadata, directoryPlace, type Listeners, type Unsettable } from './metadata.ts'
import type { RestoredObject } from './object.ts'

/** As for one object, but told with its path. */
export interface TreeWriterOptions extends Omit<WriteOptions, keyof Listeners> {
  readonly onTrouble: (path: ByteString, detail: string) => void
  readonly onOwnerRefused: (path: ByteString, detail: string) => void
  readonly onUnsettable: (path: ByteString, what: Unsettable, detail: string) => void
}

interface OpenDirectory {
  readonly path: ByteString
  readonly handle: DirectoryHandle
  /** What it gets when it is left; undefined for one that the backup does not hold. */
  readonly metadata: { readonly header: TarEntry; readonly records: FileRecords } | undefined
}

export class TreeWriter {
  readonly #options: TreeWriterOptions
  readonly #root: DirectoryHandle
  readonly #stack: OpenDirectory[]
  readonly #links = new HardLinks((path) => this.#reopen(path))

  /** `root` is the target directory, open; `object` says what it gets in the end. The writer closes it. */
  constructor(root: DirectoryHandle, object: RestoredObject | undefined, options: TreeWriterOptions) {
    this.#options = options
    this.#root = root
    this.#stack = [{ path: '', handle: root, metadata: object && metadataOf(object) }]
  }

  /** Writes one object; paths must come in order. Throws errno errors: the caller tells and goes on. */
  async write(path: ByteString, object: RestoredObject): Promise<void> {
    const { parent, name } = this.#descend(path)
    if (object.header.type === 'dir') {
      this.#makeDirectory(parent, name)
      this.#stack.push({ path, handle: parent.openDir(name), metadata: metadataOf(object) })
      return
    }
    await writeObject(parent, name, object, boundTo(path, this.#options), { links: this.#links, path })
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
      this.#stack.push({ path: deeper, handle: top.handle.openDir(component), metadata: undefined })
      top = this.#top()
    }
    return { parent: top.handle, name: path.slice(slash + 1) }
  }

  /** The directory of a path that was written before, opened step by step from the root. */
  #reopen(path: ByteString): { handle: DirectoryHandle; name: ByteString } {
    const components = path.split('/')
    const name = components.pop() ?? path
    let handle = this.#root.openSelf()
    for (const component of components) {
      const above = handle
      try {
        handle = above.openDir(component)
      } finally {
        above.close()
      }
    }
    return { handle, name }
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
    const { handle, metadata, path } = directory
    try {
      if (metadata === undefined) return
      applyMetadata(directoryPlace(handle), metadata.header, metadata.records, boundTo(path, this.#options))
    } finally {
      handle.close()
    }
  }
}

function metadataOf(object: RestoredObject): OpenDirectory['metadata'] {
  return { header: object.header, records: object.records() }
}

/** The options of a tree for one of its objects. */
export function boundTo(path: ByteString, options: TreeWriterOptions): WriteOptions {
  return {
    owners: options.owners,
    numericOwner: options.numericOwner,
    restoreOwner: options.restoreOwner,
    ownerRules: options.ownerRules,
    force: options.force,
    onTrouble: (detail) => {
      options.onTrouble(path, detail)
    },
    onOwnerRefused: (detail) => {
      options.onOwnerRefused(path, detail)
    },
    onUnsettable: (what, detail) => {
      options.onUnsettable(path, what, detail)
    },
  }
}
