/** What the tests of src/rsync share: whole signatures, deltas and patches from chunks, and content to try them on. */
import { createHash } from 'node:crypto'
import { expect } from '@jest/globals'
import fc from 'fast-check'
import { DeltaBuilder } from '../../src/rsync/delta.ts'
import type { Kernels } from '../../src/rsync/kernels.ts'
import { DeltaParser } from '../../src/rsync/patch.ts'
import { SignatureBuilder } from '../../src/rsync/signature.ts'
import type { SignatureIndex } from '../../src/rsync/signature-index.ts'

/** Both builds of the kernels, for `describe.each`. */
export const variants = ['simd', 'scalar'] as const

/** Bytes without pattern, always the same for a seed. */
export function noise(seed: string, size: number): Buffer {
  const parts: Buffer[] = []
  for (let n = 0; n * 64 < size; n += 1) parts.push(createHash('sha512').update(`${seed} ${n}`).digest())
  return Buffer.concat(parts).subarray(0, size)
}

/** Expects two byte arrays to be equal; on large ones this is much faster than `toEqual`. */
export function expectBytes(actual: Buffer, expected: Buffer): void {
  const at = actual.equals(expected) ? -1 : actual.findIndex((byte, i) => byte !== expected[i])
  expect({ size: actual.length, firstDifference: at }).toEqual({ size: expected.length, firstDifference: -1 })
}

/** The chunks of some content, `size` bytes each. Every chunk is a copy that is wiped after use, as a caller may do. */
export function* chunks(content: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < content.length; at += size) {
    const chunk = Buffer.from(content.subarray(at, at + size))
    yield chunk
    chunk.fill(0xee)
  }
}

/** A signature made of chunks. */
export function signatureInChunks(
  kernels: Kernels,
  content: Buffer,
  blockLength: number,
  strongLength = 8,
  chunkSize = 65536,
): Buffer {
  const builder = new SignatureBuilder(kernels, blockLength, strongLength)
  const parts: Buffer[] = []
  for (const chunk of chunks(content, chunkSize)) parts.push(builder.update(chunk))
  return Buffer.concat([...parts, builder.end()])
}

/** A delta made of chunks. */
export function deltaOf(kernels: Kernels, index: SignatureIndex, content: Buffer, chunkSize = 65536): Buffer {
  const builder = new DeltaBuilder(kernels, index)
  const parts: Buffer[] = []
  for (const chunk of chunks(content, chunkSize)) parts.push(...builder.update(chunk))
  return Buffer.concat([...parts, ...builder.end()])
}

/** What a delta makes of a basis. */
export function patched(basis: Buffer, delta: Buffer, chunkSize = 65536): Buffer {
  const parser = new DeltaParser(basis.length)
  const parts: Buffer[] = []
  for (const chunk of chunks(delta, chunkSize)) {
    for (const command of parser.push(chunk)) {
      if ('literal' in command) parts.push(Buffer.from(command.literal))
      else parts.push(basis.subarray(command.copy.offset, command.copy.offset + command.copy.length))
    }
  }
  parser.end()
  return Buffer.concat(parts)
}

type Step = { literal: number } | { offset: number; length: number }

/** The commands of a delta in short, pieces of one literal put together. */
export function stepsOf(delta: Buffer, basisSize: number): Step[] {
  const steps: Step[] = []
  const parser = new DeltaParser(basisSize)
  for (const command of parser.push(delta)) {
    const before = steps.at(-1)
    if ('copy' in command) steps.push(command.copy)
    else if (before !== undefined && 'literal' in before) before.literal += command.literal.length
    else steps.push({ literal: command.literal.length })
  }
  parser.end()
  return steps
}

/** An old and a new version of a file around a block length: pieces kept, moved, doubled, put in, left out. */
export function versions(blockLength: number): fc.Arbitrary<{ old: Buffer; new: Buffer }> {
  const size = fc.oneof(
    fc.integer({ min: 0, max: 12 }).map((blocks) => blocks * blockLength),
    fc.integer({ min: 0, max: 12 * blockLength }),
    fc.integer({ min: 0, max: 10 }).map((blocks) => blocks * blockLength + 1),
    fc.integer({ min: 1, max: 10 }).map((blocks) => blocks * blockLength - 1),
  )
  // `alike` makes blocks that repeat, and sums that are equal where the content is not
  const content = fc.tuple(size, fc.constantFrom('noise', 'alike', 'zero'), fc.nat({ max: 3 })).map(fill)
  const piece = fc.oneof(
    { weight: 3, arbitrary: fc.record({ from: fc.nat(1000), to: fc.nat(1000) }) },
    { weight: 2, arbitrary: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)) },
    { weight: 1, arbitrary: content },
  )
  return fc.tuple(content, fc.array(piece, { maxLength: 5 })).map(([old, pieces]) => {
    const kept = pieces.map((one) =>
      Buffer.isBuffer(one) ? one : old.subarray((one.from * old.length) / 1000, (one.to * old.length) / 1000),
    )
    return { old, new: Buffer.concat(kept) }
  })
}

function fill([size, kind, seed]: [number, string, number]): Buffer {
  if (kind === 'zero') return Buffer.alloc(size, seed)
  const bytes = noise(`${seed}`, size)
  return kind === 'noise' ? bytes : (bytes.map((byte) => byte & 1) as Buffer)
}
