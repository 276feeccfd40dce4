import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { writePlain, writeSparse } from '../../../../src/engine/restore/holes.ts'

async function written(pieces: Buffer[], sparse: boolean): Promise<{ content: Buffer; blocks: number }> {
  const dir = mkdtempSync(join(tmpdir(), 'duba-holes-'))
  const path = join(dir, 'f')
  const fd = openSync(path, 'w')
  try {
    await (sparse ? writeSparse : writePlain)(fd, Readable.from(pieces))
    return { content: readFileSync(path), blocks: statSync(path).blocks }
  } finally {
    closeSync(fd)
    rmSync(dir, { recursive: true })
  }
}

test('whatever the pieces are, the content is the same with holes and without', async () => {
  const piece = fc
    .tuple(fc.boolean(), fc.integer({ min: 1, max: 10_000 }))
    .map(([zeros, length]) => Buffer.alloc(length, zeros ? 0 : 7))
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
      const content = Buffer.concat(pieces)
      for (const sparse of [true, false]) {
        expect((await written(pieces, sparse)).content.equals(content)).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
})

test('runs of zeros take no room', async () => {
  const pieces = [Buffer.alloc(1 << 20), Buffer.from('data'), Buffer.alloc(1 << 20)]
  const { content, blocks } = await written(pieces, true)
  expect(content.length).toBe(2 * (1 << 20) + 4)
  expect(blocks * 512).toBeLessThan(100_000)
})
