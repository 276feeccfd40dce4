import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { loadKernels } from '../../../src/rsync/kernels.ts'
import {
  MAX_BLOCK_LENGTH,
  SignatureBuilder,
  signatureBlockLength,
  signatureOf,
} from '../../../src/rsync/signature.ts'
import { expectBytes, noise, signatureInChunks, variants } from '../../support/rsync.ts'

/** Archive format, appendix A.4. */
const vectors: [string, Buffer, string][] = [
  ['nothing', Buffer.alloc(0), ''],
  ['hello', Buffer.from('hello\n'), '0ad002d863481c78ae04c201'],
  ['512 a', Buffer.alloc(512, 'a'), '8000000071ad0ebe8db92f0d'],
  ['513 a', Buffer.alloc(513, 'a'), '8000000071ad0ebe8db92f0d00800080bde52cb31de33e46'],
  ['512 zeros', Buffer.alloc(512), '1f003e00956cd9194731bbd1'],
]

test.each([
  [0, 2048, 512],
  [1023999, 2048, 512],
  [1024000, 2048, 512],
  [2047999, 2048, 512],
  [2048000, 2048, 1024],
  [3072000, 2048, 1536],
  [4096000, 2048, 2048],
  [1e12, 2048, 2048],
  [1e12, 4096, 4096],
  [1e12, 2 ** 30, MAX_BLOCK_LENGTH],
  [2e6, 100, 100],
  [1000, 100, 512],
])('a file of %d bytes with at most %d has blocks of %d', (size, most, expected) => {
  expect(signatureBlockLength(size, most)).toBe(expected)
})

describe.each(variants)('%s signature', (variant) => {
  const kernels = loadKernels(variant)

  test.each(vectors)('of %s', (_name, content, entries) => {
    const expected = `727301360000020000000008${entries}`
    expect(signatureOf(kernels, content, 512).toString('hex')).toBe(expected)
    expect(signatureInChunks(kernels, content, 512).toString('hex')).toBe(expected)
  })

  test.each([
    ['0136-512-8', 512, 8],
    ['0136-700-16', 700, 16],
    ['0136-64-4', 64, 4],
  ])("is rdiff's: %s", (name, blockLength, strongLength) => {
    const folder = new URL('../../fixtures/rsync/', import.meta.url)
    const expected = readFileSync(new URL(`${name}.sig`, folder))
    const content = readFileSync(new URL('old.bin', folder))
    expect(signatureOf(kernels, content, blockLength, strongLength)).toEqual(expected)
    for (const chunkSize of [1, 511, 513, 5000]) {
      expect(signatureInChunks(kernels, content, blockLength, strongLength, chunkSize)).toEqual(expected)
    }
  })

  test('does not depend on how the content is cut', () => {
    const content = noise('cut', 700000)
    const blockLength = fc.constantFrom(1, 7, 512, 2048, 16384, 65536, 65537, 300000)
    fc.assert(
      fc.property(blockLength, fc.nat(5000), fc.integer({ min: 1, max: 400000 }), (block, size, step) => {
        const part = content.subarray(0, Math.min(content.length, size * block, 3000 * block + size))
        const whole = signatureOf(kernels, part, block)
        expectBytes(signatureInChunks(kernels, part, block, 8, Math.max(step, 50)), whole)
        expect(whole.length).toBe(12 + 12 * Math.ceil(part.length / block))
        for (let at = 0; at < part.length; at += block * 997) {
          const one = part.subarray(at, at + block)
          const entry = whole.subarray(12 + (at / block) * 12)
          expect(entry.readUInt32BE(0)).toBe(kernels.weakSum('rollsum', one))
          expect(entry.subarray(4, 12)).toEqual(kernels.strongSum('md4', one).subarray(0, 8))
        }
      }),
      { numRuns: 40 },
    )
  })

  test('several builders may share the kernels', () => {
    const contents = [noise('x', 30000), noise('y', 30000)]
    const builders = contents.map(() => new SignatureBuilder(kernels, 512))
    const parts: Buffer[][] = [[], []]
    for (let at = 0; at < 30000; at += 700) {
      builders.forEach((builder, i) =>
        parts[i]?.push(builder.update(contents[i]?.subarray(at, at + 700) ?? Buffer.alloc(0))),
      )
    }
    builders.forEach((builder, i) => {
      const expected = signatureOf(kernels, contents[i] ?? Buffer.alloc(0), 512)
      expect(Buffer.concat([...(parts[i] ?? []), builder.end()])).toEqual(expected)
    })
  })

  test('nothing comes after the end', () => {
    const builder = new SignatureBuilder(kernels, 512)
    builder.end()
    expect(() => builder.update(Buffer.alloc(1))).toThrow('ended')
    expect(() => builder.end()).toThrow('ended')
  })

  test.each([
    [0, 8],
    [-1, 8],
    [1.5, 8],
    [MAX_BLOCK_LENGTH + 1, 8],
    [512, 0],
    [512, 17],
  ])('lengths that make no sense are refused: block %d, strong %d', (block, strong) => {
    expect(() => new SignatureBuilder(kernels, block, strong)).toThrow(RangeError)
    expect(() => signatureOf(kernels, Buffer.alloc(1), block, strong)).toThrow(RangeError)
  })
})
