import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { loadKernels } from '../../../src/rsync/kernels.ts'
import { signatureOf } from '../../../src/rsync/signature.ts'
import { variants } from '../../support/rsync.ts'

/** RFC 1320, appendix A.5. */
const md4Vectors: [string, string][] = [
  ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
  ['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
  ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
  ['message digest', 'd9130a8164549fe818874806e1c7014b'],
  ['abcdefghijklmnopqrstuvwxyz', 'd79e1c308aa5bbcdeea8ed63df412da9'],
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', '043f8582f241db351ce627e153e7f0e4'],
  ['1234567890'.repeat(8), 'e33b4ddc9c38f2199c3e7b164fcc0536'],
]

/** BLAKE2b with a digest of 32 bytes; "abc" is the well-known one, the others are from Python's hashlib. */
const blakeVectors: [Buffer, string][] = [
  [Buffer.from(''), '0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8'],
  [Buffer.from('abc'), 'bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319'],
  [Buffer.alloc(127, 'x'), '32afe327aece2cc8275e868be2ea929410f47bcfbac87d8197d92c972a290d3d'],
  [Buffer.alloc(128, 'x'), '164ffb7089bae6f5a62fb0795e751dc9e88eac92e1a5b2fafe93a25abf2d9c3b'],
  [Buffer.alloc(129, 'x'), '03b0758fa71d249c846c2304a2b9996e6ae66ffa7e5528f9e612e089a360fc8d'],
  [Buffer.alloc(256, 'x'), 'cb9d468022b930d52da4d9b0226ef9c997e0acc119eeb08afefb8219bc53972b'],
  [Buffer.alloc(1000, 'x'), 'ab75119ede14ef06ebf31f745fb655ed006cccfe8054c635308a557f7c9beaba'],
]

/** The definition, byte by byte. */
function rollsum(content: Uint8Array): number {
  let a = 0
  let b = 0
  content.forEach((byte, i) => {
    a = (a + byte + 31) % 65536
    b = (b + (content.length - i) * (byte + 31)) % 65536
  })
  return b * 65536 + a
}

function rabinkarp(content: Uint8Array): number {
  return content.reduce((hash, byte) => (Math.imul(hash, 0x08104225) + byte) >>> 0, 1)
}

test('the machine of the tests runs both builds, and auto takes SIMD', () => {
  expect(loadKernels().variant).toBe('simd')
  expect(loadKernels('scalar').variant).toBe('scalar')
})

describe.each(variants)('%s kernels', (variant) => {
  const kernels = loadKernels(variant)

  test.each(md4Vectors)('MD4 of %j is that of RFC 1320', (text, digest) => {
    expect(kernels.strongSum('md4', Buffer.from(text)).toString('hex')).toBe(digest)
  })

  test('MD4 of four blocks at once is MD4 of each, at every length around its chunks', () => {
    for (const length of [1, 3, 54, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 129, 512, 700]) {
      for (let blocks = 1; blocks <= 9; blocks += 1) {
        const content = createHash('sha512').update(`${length}`).digest()
        const whole = Buffer.alloc(length * blocks, content)
        whole.forEach((byte, i) => (whole[i] = byte ^ (i * 7)))
        const entries = signatureOf(kernels, whole, length, 16).subarray(12)
        for (let block = 0; block < blocks; block += 1) {
          const one = whole.subarray(block * length, (block + 1) * length)
          expect(entries.subarray(block * 20 + 4, block * 20 + 20)).toEqual(kernels.strongSum('md4', one))
          expect(entries.readUInt32BE(block * 20)).toBe(rollsum(one))
        }
      }
    }
  })

  test('BLAKE2b-256 of known content', () => {
    for (const [content, digest] of blakeVectors)
      expect(kernels.strongSum('blake2b', content).toString('hex')).toBe(digest)
  })

  test('weak sums follow their definitions', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (content) => {
        expect(kernels.weakSum('rollsum', content)).toBe(rollsum(content))
        expect(kernels.weakSum('rabinkarp', content)).toBe(rabinkarp(content))
      }),
    )
    const most = new Uint8Array(1 << 20).fill(255)
    expect(kernels.weakSum('rollsum', most)).toBe(rollsum(most))
  })
})
