import { expect, test } from '@jest/globals'
import { formatSignatureHeader, parseSignatureHeader } from '../../../src/rsync/signature-header.ts'

function header(magic: number, block: number, strong: number): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUInt32BE(magic, 0)
  bytes.writeUInt32BE(block, 4)
  bytes.writeUInt32BE(strong, 8)
  return bytes
}

test.each([
  [0x72730136, 8, 'rollsum', 'md4'],
  [0x72730136, 16, 'rollsum', 'md4'],
  [0x72730137, 32, 'rollsum', 'blake2b'],
  [0x72730146, 1, 'rabinkarp', 'md4'],
  [0x72730147, 12, 'rabinkarp', 'blake2b'],
])('magic %d with a strong length of %d is read', (magic, strongLength, weak, strong) => {
  const bytes = Buffer.concat([Buffer.alloc(3), header(magic, 700, strongLength), Buffer.alloc(5)])
  expect(parseSignatureHeader(bytes.subarray(3))).toEqual({ weak, strong, blockLength: 700, strongLength })
})

test('what is written is the kind of rolling sums and MD4', () => {
  expect(formatSignatureHeader(2048, 8)).toEqual(header(0x72730136, 2048, 8))
})

test.each([
  ['short', Buffer.alloc(11), 'inside its header'],
  ['empty', Buffer.alloc(0), 'inside its header'],
  ['a delta', header(0x72730236, 512, 8), 'not a librsync signature: it begins with 0x72730236'],
  ['no block length', header(0x72730136, 0, 8), 'block length 0'],
  ['a huge block length', header(0x72730136, 0x80000000, 8), 'block length 2147483648'],
  ['no strong sum', header(0x72730136, 512, 0), 'strong sum length 0'],
  ['more than MD4 has', header(0x72730146, 512, 17), 'strong sum length 17'],
  ['more than BLAKE2b-256 has', header(0x72730147, 512, 33), 'strong sum length 33'],
])('a header that is %s is refused', (_name, bytes, message) => {
  expect(() => parseSignatureHeader(bytes)).toThrow(
    expect.objectContaining({ code: 'DELTA_INVALID', message: expect.stringContaining(message) }),
  )
})
