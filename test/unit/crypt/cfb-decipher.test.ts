import { createCipheriv, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from '@jest/globals'
import { CfbDecipher } from '../../../src/crypt/cfb-decipher.ts'

test.each([
  [7, 16],
  [8, 24],
  [9, 32],
])('cipher %d: what OpenSSL encrypts is decrypted, in pieces of any length', (algorithm, keyBytes) => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 100 }), { maxLength: 20 })
  fc.assert(
    fc.property(
      pieces,
      fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 8 }),
      (parts, sizes) => {
        const key = randomBytes(keyBytes)
        const plain = Buffer.concat(parts)
        const stored = createCipheriv(`aes-${keyBytes * 8}-cfb`, key, Buffer.alloc(16)).update(plain)
        const decipher = new CfbDecipher({ algorithm, key })
        const found: Buffer[] = []
        for (let at = 0, turn = 0; at < stored.length; turn += 1) {
          const end = at + (sizes[turn % sizes.length] ?? 1)
          found.push(decipher.update(stored.subarray(at, end)))
          at = end
        }
        expect(Buffer.concat(found)).toEqual(plain)
      },
    ),
  )
})

test('what was given back stays as it is', () => {
  const key = randomBytes(32)
  const plain = randomBytes(3000)
  const stored = createCipheriv('aes-256-cfb', key, Buffer.alloc(16)).update(plain)
  const decipher = new CfbDecipher({ algorithm: 9, key })
  const first = decipher.update(stored.subarray(0, 1001))
  decipher.update(stored.subarray(1001))
  expect(first).toEqual(plain.subarray(0, 1001))
})
