/** Long lists, written as they come: a list begins at once, and memory stays bounded. */
import type { Redact } from '../report/log-redact.ts'
import { jsonText } from '../report/printable.ts'
import { type Shell, writeLines } from './io.ts'

/** Lines are written in pieces of this many. */
const AT_ONCE = 500

/** A list of which each item is one line of text, or one element of the JSON array `entries`. */
export class ListWriter<T> {
  readonly #shell: Shell
  readonly #json: boolean
  readonly #asText: (item: T) => string
  readonly #asJson: (item: T) => unknown
  readonly #redact: Redact
  #waiting: string[] = []
  #count = 0

  constructor(
    shell: Shell,
    { json, asText, asJson }: { json: boolean; asText: (item: T) => string; asJson: (item: T) => unknown },
  ) {
    this.#shell = shell
    this.#json = json
    this.#asText = asText
    this.#asJson = asJson
    this.#redact = shell.masking.redact
    if (json) shell.stdout.write('{"version":1,"entries":[')
  }

  /** How many items there were. */
  get count(): number {
    return this.#count
  }

  add(item: T): void {
    const separator = this.#count === 0 ? '\n' : ',\n'
    this.#count += 1
    this.#waiting.push(
      this.#redact(this.#json ? separator + jsonText(this.#asJson(item), 0) : this.#asText(item)),
    )
    if (this.#waiting.length >= AT_ONCE) this.#flush()
  }

  end(): void {
    this.#flush()
    if (this.#json) this.#shell.stdout.write('\n]}\n')
  }

  #flush(): void {
    if (this.#json) this.#shell.stdout.write(this.#waiting.join(''))
    else writeLines(this.#shell.stdout, this.#waiting)
    this.#waiting = []
  }
}
