/** The target of a restore as it is before anything is put there. */
import { isInside } from '../../format/path-order.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import { isErrno } from '../../lib/errors.ts'
import type { DirectoryHandle, EntryStat } from '../../sys/directory.ts'
import { openParent } from './parent.ts'
import { split } from './target-path.ts'

/** The target as it is, asked for paths in their order. Makes nothing. */
export class TargetView {
  readonly #parent: DirectoryHandle | undefined
  readonly #name: ByteString
  /** Directories on the way to the last path that are there. */
  readonly #stack: { readonly path: ByteString; readonly handle: DirectoryHandle }[] = []

  constructor(target: ByteString, uid: number) {
    const { parent, name } = split(target)
    this.#name = name
    this.#parent = openParent(parent, { uid, create: false })
  }

  stat(path: ByteString): EntryStat | undefined {
    if (this.#parent === undefined) return undefined
    if (path === '') return this.#name === '' ? this.#parent.statSelf() : this.#parent.stat(this.#name)
    const slash = path.lastIndexOf('/')
    const parent = this.#descend(slash < 0 ? '' : path.slice(0, slash))
    return parent?.stat(path.slice(slash + 1))
  }

  close(): void {
    while (this.#stack.length > 0) this.#stack.pop()?.handle.close()
    this.#parent?.close()
  }

  #descend(path: ByteString): DirectoryHandle | undefined {
    for (let top = this.#stack.at(-1); top !== undefined; top = this.#stack.at(-1)) {
      if (isInside(path, top.path)) break
      this.#stack.pop()?.handle.close()
    }
    let top = this.#stack.at(-1) ?? this.#enter('', this.#parent, this.#name)
    while (top !== undefined && top.path !== path) {
      const rest = path.slice(top.path === '' ? 0 : top.path.length + 1)
      const step = rest.split('/', 1)[0] ?? rest
      top = this.#enter(top.path === '' ? step : `${top.path}/${step}`, top.handle, step)
    }
    return top?.handle
  }

  /** Undefined where there is no such directory: then nothing below can be in the way of anything. */
  #enter(path: ByteString, above: DirectoryHandle | undefined, name: ByteString) {
    if (above === undefined) return undefined
    try {
      const entered = { path, handle: name === '' ? above.openSelf() : above.openDir(name) }
      this.#stack.push(entered)
      return entered
    } catch (error) {
      if (!isErrno(error)) throw error
      return undefined
    }
  }
}
