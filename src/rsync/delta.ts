/** Making deltas: the new file against the signature of the old one (docs/format/librsync.md §2). */
import type { Kernels } from './kernels.ts'
import { strongKinds, weakKinds } from './kernels.ts'
import { MAX_BLOCK_LENGTH } from './signature.ts'
import type { SignatureIndex } from './signature-index.ts'
import type { KernelInstance } from './wasm.ts'
import { outOfMemory } from './wasm.ts'

/** Entries are read in pieces of at most so many bytes. */
const READ_BYTES = 1024 * 1024

/**
 * The delta from the basis, known by its signature only, to content that arrives in chunks of any size. Memory is
 * bounded: the window of the index, four blocks and half a megabyte. Where blocks are longer than MAX_BLOCK_LENGTH
 * the delta has only literals. After an error call `close`.
 */
export class DeltaBuilder {
  readonly #kernels: Kernels
  readonly #index: SignatureIndex
  #instance: KernelInstance | undefined
  #windowStart = 0
  /** Bytes of the new file taken in, and how many there were when the window was last moved. */
  #received = 0
  #movedAt = 0

  constructor(kernels: Kernels, index: SignatureIndex) {
    const { blockLength, strongLength, weak, strong } = index.header
    this.#kernels = kernels
    this.#index = index
    this.#instance = kernels.lend()
    const { exports } = this.#instance
    const usable = blockLength <= MAX_BLOCK_LENGTH
    const window = usable ? index.windowBlocks : 0
    const started = exports.deltaStart(
      usable ? blockLength : 0,
      strongLength,
      weakKinds.indexOf(weak),
      strongKinds.indexOf(strong),
      usable ? index.blockCount : 0,
      window,
    )
    if (started === 0) throw outOfMemory(window * index.entrySize + 4 * blockLength)
    if (window > 0) {
      this.#instance.bytes.set(index.readEntries(index.blockCount - 1, 1), exports.deltaLast())
      this.#load(this.#instance, 0)
    }
  }

  /** Takes the next bytes of the new file; returns the pieces of the delta that they complete, often none. */
  update(chunk: Uint8Array): Buffer[] {
    const instance = this.#open()
    const pieces: Buffer[] = []
    for (let from = 0; from < chunk.length;) {
      const size = Math.min(instance.exports.deltaRoom(), chunk.length - from)
      instance.bytes.set(chunk.subarray(from, from + size), instance.exports.deltaInput())
      from += size
      this.#received += size
      feed(instance, size, false, pieces)
      this.#moveWindow(instance)
    }
    return pieces
  }

  /** The rest of the delta, which ends with END. */
  end(): Buffer[] {
    const instance = this.#open()
    const pieces: Buffer[] = []
    feed(instance, 0, true, pieces)
    this.close()
    return pieces
  }

  /** Gives the memory back; nothing can be done with the builder afterwards. Needed only where `end` is not reached. */
  close(): void {
    if (this.#instance !== undefined) this.#kernels.giveBack(this.#instance)
    this.#instance = undefined
  }

  #open(): KernelInstance {
    if (this.#instance === undefined) throw new Error('The delta has ended.')
    return this.#instance
  }

  /** Keeps the window around the block that is expected next, a quarter of it behind. */
  #moveWindow(instance: KernelInstance): void {
    const { blockCount, windowBlocks, header } = this.#index
    if (windowBlocks === blockCount || header.blockLength > MAX_BLOCK_LENGTH) return
    // A file that makes the search jump to and fro may not make it read the signature all the time.
    if (this.#received - this.#movedAt < (windowBlocks * header.blockLength) / 16) return
    const expected = Math.floor(instance.exports.deltaExpected())
    const place = expected - this.#windowStart
    if (place >= windowBlocks / 8 && place < windowBlocks * 0.75) return
    const start = Math.min(Math.max(0, expected - Math.floor(windowBlocks / 4)), blockCount - windowBlocks)
    if (start === this.#windowStart) return
    this.#load(instance, start)
    this.#movedAt = this.#received
  }

  #load(instance: KernelInstance, start: number): void {
    const { entrySize, windowBlocks } = this.#index
    const at = instance.exports.deltaEntries()
    const step = Math.floor(READ_BYTES / entrySize)
    for (let done = 0; done < windowBlocks; done += step) {
      const entries = this.#index.readEntries(start + done, Math.min(step, windowBlocks - done))
      instance.bytes.set(entries, at + done * entrySize)
    }
    instance.exports.deltaLoad(start, windowBlocks)
    this.#windowStart = start
  }
}

function feed(instance: KernelInstance, size: number, last: boolean, pieces: Buffer[]): void {
  const { exports } = instance
  let rest = size
  do {
    const length = exports.deltaFeed(rest, last ? 1 : 0)
    rest = 0
    if (length > 0) {
      const at = exports.deltaOutput()
      pieces.push(Buffer.from(instance.bytes.subarray(at, at + length)))
    }
  } while (exports.deltaMore() !== 0)
}
