/**
 * Writes OpenPGP messages with the gpg program: for secret keys that only its agent has, and where it was asked for.
 */
import type { Writable } from 'node:stream'
import type { ByteSink, Seal } from './crypt.ts'
import { gpgFailed, type Gpg, type GpgChild } from './gpg-process.ts'
import { Output } from './seal-plain.ts'

export interface GpgSealOptions {
  readonly gpg: Gpg
  /** From `sealArguments`. */
  readonly args: readonly string[]
  readonly passphrase: string | undefined
}

/** gpg is started with the first byte (or the end), so that a seal that is given up costs nothing. */
export function sealGpg(sink: ByteSink, options: GpgSealOptions): Seal {
  return new GpgSeal(sink, options)
}

/** What gpg and the pipes can hold back beside the last piece: its buffers, deflate's window, two socket buffers. */
const slack = 1 << 20
/** More than the head and the end of a message. */
const frameBytes = 16384

class GpgSeal implements Seal {
  readonly #options: GpgSealOptions
  readonly #output: Output
  #child: GpgChild | undefined
  #copied: Promise<void> = Promise.resolve()
  #failure: { error: unknown } | undefined
  #taken = 0
  #largest = 0
  #finished = false

  constructor(sink: ByteSink, options: GpgSealOptions) {
    this.#options = options
    this.#output = new Output(sink)
  }

  get written(): number {
    return this.#output.written
  }

  get pending(): number {
    return this.#finished ? 0 : Math.min(this.#taken + (this.#taken >> 8) + frameBytes, slack + this.#largest)
  }

  /** What gpg has not taken yet waits in the pipe. */
  readonly copies = false

  async write(plain: Uint8Array): Promise<void> {
    this.#check()
    const { stdin } = this.#begin()
    this.#taken += plain.length
    this.#largest = Math.max(this.#largest, plain.length)
    if (!stdin.write(plain)) await drained(stdin)
    // A gpg that went away says why when it has ended.
    if (stdin.destroyed) await this.#copied
    this.#check()
  }

  /** gpg cannot be made to flush: there is nothing to wait for. */
  settle(): Promise<void> {
    return Promise.resolve()
  }

  /** Where gpg's output begins to stand for it is not known. */
  access(): Promise<undefined> {
    return Promise.resolve(undefined)
  }

  async finish(): Promise<void> {
    const { stdin, done } = this.#begin()
    stdin.end()
    await this.#copied
    const report = await done
    this.#check()
    if (report.exitCode !== 0) throw gpgFailed(report)
    this.#finished = true
  }

  abort(): void {
    this.#output.abort()
    this.#child?.kill()
  }

  #begin(): GpgChild {
    if (this.#child) return this.#child
    const { gpg, args, passphrase } = this.#options
    const child = gpg.start({ args, passphrase })
    this.#child = child
    // gpg's exit tells what went wrong; a broken pipe is only its consequence.
    child.stdin.on('error', () => undefined)
    child.done.catch((error: unknown) => {
      this.#failure ??= { error }
    })
    this.#copied = this.#copy(child).catch((error: unknown) => {
      this.#failure ??= { error }
      child.kill()
    })
    return child
  }

  async #copy(child: GpgChild): Promise<void> {
    for await (const piece of child.stdout as AsyncIterable<Buffer>) await this.#output.put(piece)
    const report = await child.done
    if (report.exitCode !== 0) throw gpgFailed(report)
  }

  #check(): void {
    if (this.#failure) throw this.#failure.error
  }
}

/** Resolves when a stream takes more, or is (or was) closed. */
function drained(stream: Writable): Promise<void> {
  if (stream.destroyed) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done)
      stream.off('close', done)
      resolve()
    }
    stream.on('drain', done)
    stream.on('close', done)
  })
}
