import { expect, test } from '@jest/globals'
import { loadKernels } from '../../../src/rsync/kernels.ts'
import { signatureOf } from '../../../src/rsync/signature.ts'
import { SignatureIndex } from '../../../src/rsync/signature-index.ts'
import { noise } from '../../support/rsync.ts'

const signature = signatureOf(loadKernels(), noise('index', 5000), 512, 16)

test('an index knows its blocks', () => {
  const index = new SignatureIndex(signature)
  expect(index.header).toEqual({ weak: 'rollsum', strong: 'md4', blockLength: 512, strongLength: 16 })
  expect(index).toMatchObject({ blockCount: 10, entrySize: 20, windowBlocks: 10 })
  expect(Buffer.from(index.readEntries(9, 1))).toEqual(signature.subarray(-20))
})

test('a signature of nothing has no blocks', () => {
  expect(new SignatureIndex(signature.subarray(0, 12))).toMatchObject({ blockCount: 0, windowBlocks: 0 })
})

test('a signature that is not in memory is read where it is needed', () => {
  const reads: [number, number][] = []
  const index = new SignatureIndex({
    size: signature.length,
    read: (offset, length) => {
      reads.push([offset, length])
      return signature.subarray(offset, offset + length)
    },
  })
  index.readEntries(2, 3)
  expect(reads).toEqual([
    [0, 12],
    [52, 60],
  ])
})

test('the window is bounded in blocks and in bytes', () => {
  const huge = (strongLength: number): SignatureIndex => {
    const header = Buffer.from('72730137000008000000000000', 'hex').subarray(0, 12)
    header.writeUInt32BE(strongLength, 8)
    const size = 12 + 50_000_000 * (4 + strongLength)
    return new SignatureIndex({ size, read: () => header })
  }
  expect(huge(8)).toMatchObject({ blockCount: 50_000_000, windowBlocks: 3 * 1024 * 1024 })
  expect(huge(32).windowBlocks).toBe(Math.floor((48 * 1024 * 1024) / 36))
})

test('a signature that is cut short is refused', () => {
  expect(() => new SignatureIndex(signature.subarray(0, 31))).toThrow(
    expect.objectContaining({ code: 'DELTA_INVALID', message: expect.stringContaining('inside the sums') }),
  )
  const index = new SignatureIndex({
    size: signature.length,
    read: (offset, length) => signature.subarray(offset, Math.min(offset + length, 100)),
  })
  expect(() => index.readEntries(0, 10)).toThrow(
    expect.objectContaining({ code: 'DELTA_INVALID', message: expect.stringContaining('byte 100 of 212') }),
  )
})
