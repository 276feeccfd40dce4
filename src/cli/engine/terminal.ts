/** Asks for secrets: on the terminal without showing what is typed, else on standard input. Facts §1.4, §1.5. */
import { closeSync, openSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { ReadStream } from 'node:tty'
import { isErrno } from '../../lib/errors.ts'

const TERMINAL = '/dev/tty'

/** Whether this process has a terminal. */
export function hasTerminal(): boolean {
  const descriptor = openTerminal()
  if (descriptor !== undefined) closeSync(descriptor)
  return descriptor !== undefined
}

function openTerminal(): number | undefined {
  try {
    return openSync(TERMINAL, 'r+')
  } catch (error) {
    if (isErrno(error)) return undefined
    throw error
  }
}

export interface AskerOptions {
  readonly stdin: Readable
  /** For prompts where there is no terminal. */
  readonly write: (text: string) => void
  /** What Ctrl-C does. */
  readonly interrupt: () => void
  /** Ends a question on the terminal, which is left as it was. */
  readonly signal?: AbortSignal
}

/** Asks questions, one at a time. */
export class Asker {
  readonly #options: AskerOptions
  #lines: AsyncIterator<string> | undefined
  #close: (() => void) | undefined

  constructor(options: AskerOptions) {
    this.#options = options
  }

  /** The answer without its line end; undefined: there is nobody, or they gave up. */
  async ask(prompt: string): Promise<string | undefined> {
    const descriptor = openTerminal()
    return descriptor === undefined ? this.#askStdin(prompt) : this.#askTerminal(descriptor, prompt)
  }

  /** Lets standard input go. */
  close(): void {
    this.#close?.()
  }

  async #askStdin(prompt: string): Promise<string | undefined> {
    this.#options.write(prompt)
    if (this.#lines === undefined) {
      const input = createInterface({ input: this.#options.stdin, terminal: false })
      this.#lines = input[Symbol.asyncIterator]()
      this.#close = () => {
        input.close()
        this.#options.stdin.destroy()
      }
    }
    const line = await this.#lines.next()
    return line.done === true ? undefined : line.value
  }

  async #askTerminal(descriptor: number, prompt: string): Promise<string | undefined> {
    const terminal = new ReadStream(descriptor)
    const { signal, interrupt } = this.#options
    const stop = (): void => {
      terminal.push(null)
    }
    terminal.setRawMode(true)
    signal?.addEventListener('abort', stop)
    try {
      writeSync(descriptor, prompt)
      return signal?.aborted === true ? undefined : await readSecret(terminal, interrupt)
    } finally {
      signal?.removeEventListener('abort', stop)
      terminal.setRawMode(false)
      writeSync(descriptor, '\n')
      terminal.destroy()
    }
  }
}

/** What is typed until the line ends. Ctrl-C interrupts, Ctrl-D on an empty line gives up, backspace and Ctrl-U erase. */
export async function readSecret(
  keys: AsyncIterable<Buffer>,
  interrupt: () => void,
): Promise<string | undefined> {
  const typed: string[] = []
  const decoder = new TextDecoder()
  for await (const bytes of keys) {
    for (const key of decoder.decode(bytes, { stream: true })) {
      switch (key) {
        case '\r':
        case '\n':
          return typed.join('')
        case '\u0003':
          interrupt()
          return undefined
        case '\u0004':
          if (typed.length === 0) return undefined
          break
        case '\u0015':
          typed.length = 0
          break
        case '\b':
        case '\u007f':
          typed.pop()
          break
        default:
          typed.push(key)
      }
    }
  }
  return undefined
}
