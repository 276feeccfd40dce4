/** One line on a terminal that is written over while something goes on. */
import { printable } from '../report/printable.ts'
import type { Shell } from './io.ts'

/** Seconds between two versions of the line. */
const PACE = 0.2

export class ProgressLine {
  readonly #shell: Shell
  #shown = false
  #last = -Infinity

  constructor(shell: Shell) {
    this.#shell = shell
  }

  /** Shows a text, not too often; nothing where there is no terminal. */
  show(text: () => string): void {
    const now = this.#shell.now()
    const width = this.#shell.terminalWidth?.()
    if (width === undefined || now - this.#last < PACE) return
    this.#last = now
    this.#shown = true
    this.#shell.stderr.write(`\r\u001b[K${printable(text()).slice(0, width - 1)}`)
  }

  /** Takes the line away, before anything else is written. */
  clear(): void {
    if (!this.#shown) return
    this.#shown = false
    this.#shell.stderr.write('\r\u001b[K')
  }
}
