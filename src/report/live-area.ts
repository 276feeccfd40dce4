/** Lines at the bottom of a terminal that are drawn again and again, while other lines pass above them. */
import { Writable } from 'node:stream'

export class LiveArea {
  readonly #terminal: Writable
  #lines: readonly string[] = []
  /** What is written here appears above the area. Whole lines only. */
  readonly above: Writable

  constructor(terminal: Writable) {
    this.#terminal = terminal
    this.above = new Writable({
      decodeStrings: false,
      write: (piece: Buffer | string, _encoding, done) => {
        terminal.write(`${this.#cleared()}${String(piece)}${this.#drawn()}`)
        done()
      },
    })
  }

  /** Draws these lines, which must fit the width of the terminal, in place of the ones before. */
  draw(lines: readonly string[]): void {
    const cleared = this.#cleared()
    this.#lines = lines
    const text = `${cleared}${this.#drawn()}`
    if (text !== '') this.#terminal.write(text)
  }

  /** The cursor goes up over the lines, and everything from there is erased (ECMA-48: CUU, ED). */
  #cleared(): string {
    return this.#lines.length === 0 ? '' : `\u001b[${this.#lines.length}A\r\u001b[J`
  }

  #drawn(): string {
    return this.#lines.map((line) => `${line}\n`).join('')
  }
}
