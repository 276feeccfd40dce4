/** What a restore need not bring back, because what is there will stay: it is not read from the backup then. */
import { isInside } from '../../format/path-order.ts'
import type { TarEntry } from '../../format/tar/header.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import type { Emit } from '../events.ts'
import type { RestoreRequest } from '../request.ts'
import { actionFor } from './conflict.ts'
import { TargetView } from './target-view.ts'

export class Keeper {
  readonly #request: RestoreRequest
  readonly #uid: number
  #view: TargetView | undefined
  /** What stays, and everything below it. */
  #inTheWay: ByteString | undefined

  constructor(request: RestoreRequest, uid: number) {
    this.#request = request
    this.#uid = uid
  }

  /** Whether the object is not restored; told once for all below one that stays. Throws TARGET_UNWRITABLE and errno errors. */
  keeps(path: ByteString, { type, mtime }: Pick<TarEntry, 'type' | 'mtime'>, emit: Emit): boolean {
    const { conflict, target } = this.#request
    if (conflict !== 'skip' && conflict !== 'newer') return false
    if (this.#inTheWay !== undefined && isInside(path, this.#inTheWay)) return true
    this.#view ??= new TargetView(target, this.#uid)
    const action = actionFor(conflict, { directory: type === 'dir', mtime }, this.#view.stat(path))
    if (action !== 'kept') return false
    this.#inTheWay = path
    emit({ type: 'restore-conflict', path, action })
    return true
  }

  /** Frees handles. */
  close(): void {
    this.#view?.close()
  }
}
