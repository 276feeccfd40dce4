import { tmpdir } from 'node:os'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Pieces } from '../../../../src/engine/restore/delta-commands.ts'
import { patched } from '../../../../src/engine/restore/patched.ts'
import { noise, patched as simplyPatched } from '../../../support/rsync.ts'

type Step = { readonly literal: Buffer } | { readonly offset: number; readonly length: number }

/** A delta of these steps, with numbers of four bytes. */
function deltaOf(steps: readonly Step[]): Buffer {
  const number = (value: number): Buffer => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    return bytes
  }
  const commands = steps.flatMap((step) =>
    'literal' in step
      ? [Buffer.from([0x43]), number(step.literal.length), step.literal]
      : [Buffer.from([0x4f]), number(step.offset), number(step.length)],
  )
  return Buffer.concat([Buffer.from('72730236', 'hex'), ...commands, Buffer.from([0])])
}

/** Pieces of a size, all in one memory that is filled again for each. */
async function* passing(bytes: Buffer, size: number): Pieces {
  const memory = Buffer.alloc(size)
  for (let at = 0; at < bytes.length; at += size) {
    const count = bytes.copy(memory, 0, at, at + size)
    yield await Promise.resolve(memory.subarray(0, count))
    memory.fill(0)
  }
}

async function read(basis: Pieces, delta: Pieces, memory: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of patched(basis, delta, { tempDir: tmpdir(), memory }))
    pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}

const basis = noise('basis', 300_000)

test('whatever a delta copies, in whatever order, the result is the same with any memory', async () => {
  const copy = fc
    .tuple(fc.nat(basis.length - 1), fc.integer({ min: 1, max: 120_000 }))
    .map(([offset, length]) => ({ offset, length: Math.min(length, basis.length - offset) }))
  const literal = fc
    .integer({ min: 1, max: 100_000 })
    .map((length) => ({ literal: noise('literal', length) }))
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof({ arbitrary: copy, weight: 3 }, literal), { maxLength: 12 }),
      fc.constantFrom(1000, 65_536, 1 << 20),
      fc.constantFrom(0, 100_000, 8 << 20),
      async (steps, size, memory) => {
        const delta = deltaOf(steps)
        const expected = simplyPatched(basis, delta)
        const found = await read(passing(basis, size), passing(delta, size), memory)
        expect(found.equals(expected)).toBe(true)
      },
    ),
    { numRuns: 80 },
  )
})

test.each([0, 8 << 20])('a delta on a delta, with %d bytes of memory', async (memory) => {
  const first = deltaOf([{ offset: 100, length: 200_000 }, { literal: noise('new', 70_000) }])
  const second = deltaOf([
    { offset: 150_000, length: 110_000 },
    { offset: 10, length: 100 },
  ])
  const between = patched(passing(basis, 5000), passing(first, 5000), { tempDir: tmpdir(), memory })
  const expected = simplyPatched(simplyPatched(basis, first), second)
  expect((await read(between, passing(second, 5000), memory)).equals(expected)).toBe(true)
})

test.each([0, 8 << 20])(
  'what does not fit or makes too much is refused, with %d bytes of memory',
  async (memory) => {
    const reading = (delta: Buffer, small = basis) => read(passing(small, 5000), passing(delta, 5000), memory)
    await expect(reading(deltaOf([{ offset: 299_000, length: 1001 }]))).rejects.toMatchObject({
      code: 'DELTA_INVALID',
      message: 'The delta does not fit: it copies 1001 bytes from offset 299000 of a file of 300000 bytes.',
    })
    const copies = Array.from({ length: 100 }, () => ({ offset: 0, length: basis.length }))
    expect((await reading(deltaOf(copies))).length).toBe(30_000_000)
    const bomb = Array.from({ length: 5000 }, () => ({ offset: 0, length: basis.length }))
    await expect(reading(deltaOf(bomb))).rejects.toThrow('far more bytes')
    const cut = deltaOf([{ offset: 0, length: 10 }])
    await expect(reading(cut.subarray(0, -1))).rejects.toThrow('is cut short')
    await expect(reading(Buffer.from('no delta'))).rejects.toThrow('does not begin')
  },
)

test('a reader that has enough lets go of both', async () => {
  const ended: string[] = []
  const watched = async function* (name: string, pieces: Pieces): Pieces {
    try {
      yield* pieces
    } finally {
      ended.push(name)
    }
  }
  const delta = deltaOf([{ offset: 0, length: 300_000 }])
  const pieces = patched(watched('basis', passing(basis, 70_000)), watched('delta', passing(delta, 10)), {
    tempDir: tmpdir(),
    memory: 1000,
  })
  expect((await pieces.next()).done).toBe(false)
  await pieces.return()
  expect(ended.sort()).toEqual(['basis', 'delta'])
})
