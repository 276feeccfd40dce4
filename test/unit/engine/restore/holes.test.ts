import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { plainWriter, sparseWriter } from '../../../../src/engine/restore/holes.ts'

function written(pieces: Buffer[], sparse: boolean): { content: Buffer; blocks: number } {
  const dir = mkdtempSync(join(tmpdir(), 'duba-holes-'))
  const path = join(dir, 'f')
  const fd = openSync(path, 'w')
  try {
    const writer = sparse ? sparseWriter(fd) : plainWriter(fd)
    for (const piece of pieces) writer.write(piece)
    writer.end()
    return { content: readFileSync(path), blocks: statSync(path).blocks }
  } finally {
    closeSync(fd)
    rmSync(dir, { recursive: true })
  }
}

test('whatever the pieces are, the content is the same with holes and without', () => {
  const piece = fc
    .tuple(fc.boolean(), fc.integer({ min: 1, max: 10_000 }))
    .map(([zeros, length]) => Buffer.alloc(length, zeros ? 0 : 7))
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const content = Buffer.concat(pieces)
      for (const sparse of [true, false]) {
        expect(written(pieces, sparse).content.equals(content)).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
})

test('runs of zeros take no room', () => {
  const pieces = [Buffer.alloc(1 << 20), Buffer.from('data'), Buffer.alloc(1 << 20)]
  const { content, blocks } = written(pieces, true)
  expect(content.length).toBe(2 * (1 << 20) + 4)
  expect(blocks * 512).toBeLessThan(100_000)
})

test('nor where the pieces that they come in end within blocks', () => {
  const pieces = Array.from({ length: 60 }, () => Buffer.alloc(65_536 + 1000))
  const { content, blocks } = written(pieces, true)
  expect(content.equals(Buffer.concat(pieces))).toBe(true)
  expect(blocks).toBe(0)
})
