/** A place in memory: what tests use instead of a destination, and the base on which wrappers are tested. */
import { Readable } from 'node:stream'
import type { Backend, BackendTraits, Body, RemoteFile } from '../backend.ts'
import { closed, notFound } from '../failure.ts'
import { bodyBytes, destroyOnAbort } from '../streams.ts'

/** What a memory backend holds, by name. Several backends may share one. */
export type MemoryStore = Map<string, Buffer>

/** An empty backend in memory, or one on the files of `store`. */
export function createMemoryBackend(store: MemoryStore = new Map()): Backend {
  return new MemoryBackend(store)
}

const PIECE = 65_536

class MemoryBackend implements Backend {
  readonly label = 'memory://'
  readonly traits: BackendTraits = { atomicPut: true, concurrency: 8, local: false }
  readonly #store: MemoryStore
  #closed = false

  constructor(store: MemoryStore) {
    this.#store = store
  }

  async list(signal: AbortSignal): Promise<RemoteFile[]> {
    await this.#begin(signal)
    return [...this.#store].map(([name, { length }]) => ({ name, size: length }))
  }

  async size(name: string, signal: AbortSignal): Promise<number | undefined> {
    await this.#begin(signal)
    return this.#store.get(name)?.length
  }

  async put(name: string, body: Body, signal: AbortSignal): Promise<void> {
    await this.#begin(signal)
    const chunks: Buffer[] = []
    for await (const chunk of bodyBytes(name, body, signal)) chunks.push(chunk)
    signal.throwIfAborted()
    this.#store.set(name, Buffer.concat(chunks))
  }

  async get(name: string, signal: AbortSignal): Promise<Readable> {
    await this.#begin(signal)
    const bytes = this.#store.get(name)
    if (bytes === undefined) throw notFound(this.label, name)
    let position = 0
    const stream = new Readable({
      read() {
        const piece = bytes.subarray(position, position + PIECE)
        position += piece.length
        this.push(piece.length === 0 ? null : piece)
      },
    })
    destroyOnAbort(stream, signal)
    return stream
  }

  async delete(name: string, signal: AbortSignal): Promise<void> {
    await this.#begin(signal)
    this.#store.delete(name)
  }

  localPath(): undefined {
    return undefined
  }

  close(): Promise<void> {
    this.#closed = true
    return Promise.resolve()
  }

  /** Every call takes at least one turn of the event loop, as on a real destination. */
  async #begin(signal: AbortSignal): Promise<void> {
    if (this.#closed) throw closed(this.label)
    signal.throwIfAborted()
    await new Promise(setImmediate)
    signal.throwIfAborted()
  }
}
