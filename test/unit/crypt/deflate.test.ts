import { readFileSync } from 'node:fs'
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { defaultLevel, Deflater } from '../../../src/crypt/deflate.ts'
import { noise, prose } from '../../support/crypt.ts'

async function deflated(
  pieces: readonly (Buffer | 'settle')[],
  level = 4,
): Promise<{ out: Buffer; calls: number }> {
  const parts: Buffer[] = []
  const deflater = new Deflater(level, 2, (bytes) => void parts.push(bytes))
  for (const piece of pieces) {
    if (piece === 'settle') await deflater.settle()
    else await deflater.write(piece)
  }
  await deflater.end()
  return { out: Buffer.concat(parts), calls: parts.length }
}

test('any pieces and settles give one raw deflate stream', async () => {
  const data = Buffer.concat([prose(700_000), noise(600_000), prose(100_000)])
  const cuts = fc.array(fc.nat(data.length), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(cuts, fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }), async (at, settle) => {
      const borders = [0, ...at.sort((a, b) => a - b), data.length]
      const pieces = borders.slice(1).flatMap((end, n) => {
        const piece = data.subarray(borders[n], end)
        return settle[n] ? [piece, 'settle' as const] : [piece]
      })
      expect(inflateRawSync((await deflated(pieces)).out).equals(data)).toBe(true)
    }),
    { numRuns: 15 },
  )
})

test.each([0, 1, 511, 512, 262_143, 262_144, 262_145, 524_288, 786_433])(
  '%d bytes come back',
  async (bytes) => {
    for (const data of [prose(bytes), noise(bytes), Buffer.alloc(bytes)]) {
      expect(inflateRawSync((await deflated([data])).out).equals(data)).toBe(true)
    }
  },
)

test('what was taken can be read after settle', async () => {
  const parts: Buffer[] = []
  const deflater = new Deflater(4, 2, (bytes) => void parts.push(bytes))
  await deflater.write(prose(1000))
  await deflater.settle()
  const readable = inflateRawSync(Buffer.concat(parts), { finishFlush: constants.Z_SYNC_FLUSH })
  expect(readable.equals(prose(1000))).toBe(true)
  expect(deflater.pending).toBe(0)
})

test('a small file is one call and as small as zlib makes it', async () => {
  const { out, calls } = await deflated([prose(300), prose(300)])
  expect(calls).toBe(1)
  expect(out.length).toBe(deflateRawSync(Buffer.concat([prose(300), prose(300)]), { level: 4 }).length)
})

test('chunks cost at most 1 percent against one stream of the same level', async () => {
  const data = prose(2_000_000)
  const whole = deflateRawSync(data, { level: 4 }).length
  expect((await deflated([data])).out.length).toBeLessThan(whole * 1.01)
})

test('at the default level real files are at most 5 percent larger than at level 6', async () => {
  // Source text and a program: what the disks of hosts hold.
  const data = Buffer.concat([
    readFileSync('node_modules/typescript/lib/typescript.js').subarray(0, 4_000_000),
    readFileSync(process.execPath).subarray(20_000_000, 24_000_000),
  ])
  const { out } = await deflated([data], defaultLevel)
  expect(out.length).toBeLessThan(deflateRawSync(data, { level: 6 }).length * 1.05)
})

test('noise is stored: five bytes in 64 KiB more', async () => {
  const data = noise(1_000_000)
  expect((await deflated([data])).out.length).toBeLessThan(data.length + 200)
})

test('a failing receiver is heard at the next write, at settle or at the end', async () => {
  const deflater = new Deflater(4, 1, () => Promise.reject(new Error('sink is full')))
  await expect(
    (async () => {
      for (let n = 0; n < 20; n++) await deflater.write(prose(300_000))
      await deflater.end()
    })(),
  ).rejects.toThrow('sink is full')
})

test('after an abort nothing is delivered', async () => {
  const parts: Buffer[] = []
  const deflater = new Deflater(4, 2, (bytes) => void parts.push(bytes))
  await deflater.write(prose(300_000))
  deflater.abort()
  await deflater.settle()
  expect(parts).toEqual([])
})
