import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ByteReader } from '../../../src/crypt/byte-reader.ts'
import { PartialWriter } from '../../../src/crypt/partial.ts'
import { blocksOf, cut } from './blocks.ts'

async function bodyOf(frames: Buffer[], block = 7): Promise<Buffer> {
  const reader = new ByteReader(cut(Buffer.concat(frames), block))
  const header = await reader.header()
  expect(header?.tag).toBe(11)
  const body = await reader.smallBody(header?.length ?? { kind: 'indeterminate' }, 1e6)
  expect(await reader.byte()).toBeUndefined()
  return body
}

test('any writes and flushes give one body back', async () => {
  const step = fc.oneof(fc.nat(2000), fc.constant('flush' as const))
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 12 }),
      fc.integer({ min: 1, max: 999 }),
      async (steps, block) => {
        const writer = new PartialWriter(11, 1024)
        const plain: Buffer[] = []
        const frames: Buffer[] = []
        for (const each of steps) {
          if (each === 'flush') {
            frames.push(...writer.flush())
            continue
          }
          const bytes = Buffer.alloc(each, plain.length + 1)
          plain.push(bytes)
          frames.push(...writer.push(bytes))
        }
        frames.push(...writer.end())
        expect((await bodyOf(frames, block)).equals(Buffer.concat(plain))).toBe(true)
      },
    ),
  )
})

test('a flush leaves nothing behind, except fewer than 512 bytes at the beginning', () => {
  const writer = new PartialWriter(11, 1024)
  writer.push(Buffer.alloc(511))
  expect(writer.flush()).toEqual([])
  expect(writer.held).toBe(511)
  writer.push(Buffer.alloc(2))
  expect(writer.flush().length).toBeGreaterThan(0)
  expect(writer.held).toBe(0)
  writer.push(Buffer.alloc(1))
  writer.flush()
  expect(writer.held).toBe(0)
})

test('the first part has 512 bytes or more, as RFC 4880 demands', () => {
  const writer = new PartialWriter(11, 1024)
  writer.push(Buffer.alloc(513))
  const [tag, length] = writer.flush()
  expect(tag).toEqual(Buffer.from([0xcb]))
  expect(length).toEqual(Buffer.from([0xe0 | 9]))
})

test('a first part of fewer than 512 bytes is refused when read', async () => {
  const data = Buffer.concat([Buffer.from([0xcb, 0xe8]), Buffer.alloc(256), Buffer.from([0])])
  const reader = new ByteReader(blocksOf(data))
  const header = await reader.header()
  await expect(reader.smallBody(header?.length ?? { kind: 'indeterminate' })).rejects.toThrow('too short')
})

test('a body that is cut off anywhere is malformed', async () => {
  const writer = new PartialWriter(11, 1024)
  const frames = [...writer.push(Buffer.alloc(3000)), ...writer.end()]
  const data = Buffer.concat(frames)
  for (let end = 3; end < data.length; end += 101) {
    const reader = new ByteReader(blocksOf(data.subarray(0, end)))
    const header = await reader.header()
    await expect(reader.smallBody(header?.length ?? { kind: 'indeterminate' })).rejects.toThrow('cut off')
  }
})
