/** Tells how far the work has come: of real steps only, so that silence means that nothing moves. */
import type { Emit } from './events.ts'

/** Seconds between two events. */
const INTERVAL = 1

/** Counts entries and bytes of the source. */
export class Progress {
  readonly #emit: Emit
  readonly #now: () => number
  #last: number
  #files = 0
  #bytes = 0

  constructor({ emit, now }: { readonly emit: Emit; readonly now: () => number }) {
    this.#emit = emit
    this.#now = now
    this.#last = now()
  }

  /** An entry has been dealt with; its bytes, where they were not read. */
  entry(bytes = 0): void {
    this.#files += 1
    this.#bytes += bytes
    this.#tell()
  }

  /** Bytes of a file have been read. */
  read(bytes: number): void {
    this.#bytes += bytes
    this.#tell()
  }

  #tell(): void {
    const now = this.#now()
    // A clock that was set back must not silence it.
    if (now >= this.#last && now - this.#last < INTERVAL) return
    this.#last = now
    this.#emit({ type: 'progress', files: this.#files, bytes: this.#bytes })
  }
}
