/** Compares what a restore would write with what is at its target, from signature archives alone. */
import { isInside } from '../../format/path-order.ts'
import { recordedSize } from '../../format/records.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import { isErrno } from '../../lib/errors.ts'
import type { DirectoryHandle, EntryStat } from '../../sys/directory.ts'
import type { StateReader } from '../diff/state.ts'
import type { Emit } from '../events.ts'
import type { Conflict } from '../request.ts'
import { actionFor } from './conflict.ts'
import { openParent } from './parent.ts'
import { privilegesOf } from './privileges.ts'
import { split } from './target.ts'

export interface Survey {
  entries: number
  contentBytes: number
  unknownSizes: number
  conflicts: number
  stripped: number
}

export interface SurveyOptions {
  readonly target: ByteString
  /** Path inside the backup. */
  readonly wanted: ByteString
  readonly conflict: Conflict
  readonly uid: number
  readonly emit: Emit
  readonly signal: AbortSignal
}

/** Reads the state and looks at the target for each path; every conflict is told. Closes the state. */
export async function survey(state: StateReader, options: SurveyOptions): Promise<Survey> {
  const { wanted, conflict, emit, signal } = options
  const found: Survey = { entries: 0, contentBytes: 0, unknownSizes: 0, conflicts: 0, stripped: 0 }
  const view = new TargetView(options.target, options.uid)
  try {
    for (let entry = await state.next(); entry !== undefined; entry = await state.next()) {
      signal.throwIfAborted()
      const { path, header } = entry
      if (!isInside(path, wanted)) continue
      found.entries += 1
      if (header.type === 'reg') {
        const size = recordedSize(header.records)
        if (size === undefined || Number.isNaN(size)) found.unknownSizes += 1
        else found.contentBytes += size
      }
      if (privilegesOf(header).length > 0) found.stripped += 1
      const below = wanted === '' ? path : path.slice(wanted.length + 1)
      const incoming = { directory: header.type === 'dir', mtime: header.mtime }
      const action = actionFor(conflict, incoming, view.stat(below))
      if (action === undefined) continue
      found.conflicts += 1
      emit({ type: 'restore-conflict', path: below, action })
    }
  } finally {
    view.close()
    await state.close()
  }
  return found
}

/** The target as it is, asked for paths in their order. Makes nothing. */
class TargetView {
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
