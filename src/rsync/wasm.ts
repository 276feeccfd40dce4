/**
 * The kernels' WebAssembly: the two builds, their exports, and instances of them. Compiling happens once per process
 * and build; an instance costs about 0.1 ms and one memory.
 */
import { scalarModule, simdModule } from './kernels.generated.ts'

/** The two builds: `simd` needs the fixed-width SIMD proposal, `scalar` runs everywhere. */
export type KernelVariant = 'simd' | 'scalar'

/** What a build exports. Addresses and lengths are bytes; contracts are in assembly/. */
export interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer }
  heap(): number
  reserve(bytes: number): number
  sign(data: number, length: number, blockLength: number, strongLength: number, to: number): number
  weakSum(kind: number, data: number, length: number): number
  strongSum(kind: number, data: number, length: number, to: number): void
  deltaStart(
    blockLength: number,
    strongLength: number,
    weakKind: number,
    strongKind: number,
    blocks: number,
    window: number,
  ): number
  deltaEntries(): number
  deltaLast(): number
  deltaLoad(firstBlock: number, count: number): void
  deltaExpected(): number
  deltaRoom(): number
  deltaInput(): number
  deltaFeed(length: number, last: number): number
  deltaMore(): number
  deltaOutput(): number
}

/** The part of the WebAssembly interface that is used here: the types of Node 20 leave it out. */
interface WebAssemblyGlobal {
  validate(bytes: Uint8Array): boolean
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object) => { readonly exports: unknown }
}

const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyGlobal }

/** The smallest module with a SIMD instruction: a function `i32x4.splat 0; drop`. */
const simdProbe = Uint8Array.of(
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // magic, version
  ...[1, 4, 1, 0x60, 0, 0], // type: () → ()
  ...[3, 2, 1, 0], // function 0 has type 0
  ...[10, 9, 1, 7, 0, 0x41, 0, 0xfd, 0x11, 0x1a, 0x0b], // i32.const 0, i32x4.splat, drop, end
)

/** The best build that this machine runs. */
export function bestVariant(): KernelVariant {
  return WebAssembly.validate(simdProbe) ? 'simd' : 'scalar'
}

const modules = new Map<KernelVariant, object>()

function moduleOf(variant: KernelVariant): object {
  let module = modules.get(variant)
  if (module === undefined) {
    module = new WebAssembly.Module(Buffer.from(variant === 'simd' ? simdModule : scalarModule, 'base64'))
    modules.set(variant, module)
  }
  return module
}

/** One instance: its exports and a view of its memory. */
export class KernelInstance {
  readonly exports: KernelExports
  #bytes: Buffer

  constructor(variant: KernelVariant) {
    this.exports = new WebAssembly.Instance(moduleOf(variant)).exports as KernelExports
    this.#bytes = Buffer.from(this.exports.memory.buffer)
  }

  /** The whole memory. Take it anew after each call that may grow it. */
  get bytes(): Buffer {
    const { buffer } = this.exports.memory
    if (this.#bytes.buffer !== buffer) this.#bytes = Buffer.from(buffer)
    return this.#bytes
  }

  /** Grows the heap to `bytes` bytes; returns its address. Throws a RangeError if the host has no more memory. */
  reserve(bytes: number): number {
    if (this.exports.reserve(bytes) === 0) throw outOfMemory(bytes)
    return this.exports.heap()
  }
}

/** The error for a memory that cannot grow. */
export function outOfMemory(bytes: number): RangeError {
  return new RangeError(`The librsync kernels cannot get ${bytes} bytes of memory.`)
}
