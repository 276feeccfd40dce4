import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ByteReader } from '../../../src/crypt/byte-reader.ts'
import { packet, packetHeader } from '../../../src/crypt/packet.ts'
import { blocksOf, cut } from './blocks.ts'

const lengths = [0, 1, 191, 192, 8383, 8384, 65535, 0xffffffff]

test.each(lengths)('a new-format header says that the body has %d bytes', async (bytes) => {
  const reader = new ByteReader(blocksOf(packetHeader(11, bytes)))
  expect(await reader.header()).toEqual({ tag: 11, length: { kind: 'definite', bytes } })
})

test.each([
  ['8501', { tag: 1, length: { kind: 'definite', bytes: 256 + 0x8c } }, '8c'],
  ['8c0d', { tag: 3, length: { kind: 'definite', bytes: 13 } }, ''],
  ['8e00000102', { tag: 3, length: { kind: 'definite', bytes: 258 } }, ''],
  ['a3', { tag: 8, length: { kind: 'indeterminate' } }, ''],
  ['d2ed', { tag: 18, length: { kind: 'partial', bytes: 8192 } }, ''],
])('the header %s is read', async (hex, header, rest) => {
  const reader = new ByteReader(blocksOf(Buffer.from(hex + rest, 'hex')))
  expect(await reader.header()).toEqual(header)
})

test('a byte without the high bit is no packet', async () => {
  await expect(new ByteReader(blocksOf(Buffer.from('7f', 'hex'))).header()).rejects.toThrow(
    'not an OpenPGP packet',
  )
})

test('a header that is cut off is malformed; an absent one is the end', async () => {
  await expect(new ByteReader(blocksOf(Buffer.from('d2', 'hex'))).header()).rejects.toThrow('cut off')
  await expect(new ByteReader(blocksOf(Buffer.from('d2c0', 'hex'))).header()).rejects.toThrow('cut off')
  expect(await new ByteReader(blocksOf()).header()).toBeUndefined()
})

test('bodies come out as they went in, however the data is cut into blocks', async () => {
  const bodies = fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(bodies, fc.integer({ min: 1, max: 50 }), async (all, size) => {
      const data = Buffer.concat(all.map((body) => packet(10, body)))
      const reader = new ByteReader(cut(data, size))
      for (const body of all) {
        const header = await reader.header()
        expect(await reader.smallBody(header?.length ?? { kind: 'indeterminate' })).toEqual(Buffer.from(body))
      }
      expect(await reader.header()).toBeUndefined()
    }),
  )
})

test('a header packet of absurd length is refused before it is held', async () => {
  const reader = new ByteReader(blocksOf(Buffer.alloc(100000)))
  await expect(reader.smallBody({ kind: 'definite', bytes: 0xffffffff })).rejects.toThrow('far too long')
})
