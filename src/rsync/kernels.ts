/**
 * The librsync kernels: rolling sums, MD4, BLAKE2b and the delta search in WebAssembly (docs/format/librsync.md; the
 * sources are in assembly/). Everything is synchronous work on the bytes handed in.
 */
import { bestVariant, KernelInstance } from './wasm.ts'
import type { KernelVariant } from './wasm.ts'

/** Kinds of sums, numbered as the kernels number them. */
export const weakKinds = ['rollsum', 'rabinkarp'] as const
export const strongKinds = ['md4', 'blake2b'] as const
export type WeakKind = (typeof weakKinds)[number]
export type StrongKind = (typeof strongKinds)[number]

/** Whole length of each strong sum in bytes; signatures hold that many first bytes of it or fewer. */
export const strongLengths: Readonly<Record<StrongKind, number>> = { md4: 16, blake2b: 32 }

/** Instances whose memory has grown beyond this are not kept for the next delta. */
const KEEP_BYTES = 16 * 1024 * 1024
const KEEP_INSTANCES = 4

/**
 * One user's kernels. Any number of signatures and deltas may be under way with the same kernels: a signature leaves
 * nothing in the memory between two calls, and each delta works in an instance of its own, lent and given back.
 */
export class Kernels {
  readonly variant: KernelVariant
  readonly #shared: KernelInstance
  readonly #idle: KernelInstance[] = []

  constructor(variant: KernelVariant) {
    this.variant = variant
    this.#shared = new KernelInstance(variant)
  }

  /**
   * The signature entries of the blocks in `head` and `tail`, taken as one run of bytes; a rest that is shorter than
   * a block is the last block. The result is valid until the next call of any method.
   */
  sign(head: Uint8Array, tail: Uint8Array, blockLength: number, strongLength: number): Buffer {
    const instance = this.#shared
    const length = head.length + tail.length
    const entries = Math.ceil(length / blockLength) * (4 + strongLength)
    const input = instance.reserve(length + entries)
    instance.bytes.set(head, input)
    instance.bytes.set(tail, input + head.length)
    const output = input + length
    const size = instance.exports.sign(input, length, blockLength, strongLength, output)
    return instance.bytes.subarray(output, output + size)
  }

  /** The weak sum of some bytes, unsigned. */
  weakSum(kind: WeakKind, content: Uint8Array): number {
    const { exports } = this.#shared
    return exports.weakSum(weakKinds.indexOf(kind), this.#put(content), content.length) >>> 0
  }

  /** The whole strong sum of some bytes. */
  strongSum(kind: StrongKind, content: Uint8Array): Buffer {
    const { exports } = this.#shared
    const input = this.#put(content)
    const output = input + content.length
    exports.strongSum(strongKinds.indexOf(kind), input, content.length, output)
    return Buffer.from(this.#shared.bytes.subarray(output, output + strongLengths[kind]))
  }

  /** An instance for one delta, which no other delta uses until it is given back. */
  lend(): KernelInstance {
    return this.#idle.pop() ?? new KernelInstance(this.variant)
  }

  /** Takes back what `lend` gave; to forget this costs memory until the garbage collector comes, nothing else. */
  giveBack(instance: KernelInstance): void {
    if (this.#idle.length < KEEP_INSTANCES && instance.bytes.length <= KEEP_BYTES) this.#idle.push(instance)
  }

  #put(content: Uint8Array): number {
    const input = this.#shared.reserve(content.length + 32)
    this.#shared.bytes.set(content, input)
    return input
  }
}

/** Kernels with a memory of their own; `auto` takes SIMD where the machine has it. */
export function loadKernels(variant: KernelVariant | 'auto' = 'auto'): Kernels {
  return new Kernels(variant === 'auto' ? bestVariant() : variant)
}
