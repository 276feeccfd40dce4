/** What a machine, a file system or a user cannot keep of what is restored: counted, and told once of each kind. */
import { type ByteString, toText } from '../../lib/bytestring.ts'
import type { Emit } from '../events.ts'
import type { Unsettable } from './metadata.ts'

interface Loss {
  objects: number
  readonly path: ByteString
  readonly detail: string
}

export class Losses {
  #owners = 0
  readonly #kinds = new Map<Unsettable, Loss>()

  /** An owner that only the super-user may set. */
  owner(): void {
    this.#owners += 1
  }

  add(path: ByteString, what: Unsettable, detail: string): void {
    const loss = this.#kinds.get(what)
    if (loss === undefined) this.#kinds.set(what, { objects: 1, path, detail })
    else loss.objects += 1
  }

  /** Tells all there is to tell; none of it counts as a failure. */
  tell(emit: Emit): void {
    const note = (text: string): void => {
      emit({ type: 'note', level: 'warning', text })
    }
    if (this.#owners > 0) {
      note(`The owners of ${this.#owners} objects were not restored: only the super-user may set them.`)
    }
    for (const [what, { objects, path, detail }] of this.#kinds) {
      const where = path === '' ? '.' : toText(path)
      note(`Not restored: ${what}, ${objects} times. The first was at ${where}: ${detail}`)
    }
  }
}
