import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { CfbMdcWriter, decryptCfbMdc, fitsCfb } from '../../../src/crypt/cfb-mdc.ts'
import { noise } from '../../support/crypt.ts'
import { all, cut } from './blocks.ts'

const session = { algorithm: 9, key: noise(32) }

function encrypted(data: Buffer): Buffer {
  const writer = new CfbMdcWriter(session)
  return Buffer.concat([writer.begin(), writer.update(data), writer.end()])
}

test('data comes back, however the body is cut into blocks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 300 }),
      fc.integer({ min: 1, max: 400 }),
      async (data, size) => {
        const body = encrypted(Buffer.from(data))
        expect(await all(decryptCfbMdc(cut(body.subarray(1), size), session))).toEqual(Buffer.from(data))
      },
    ),
  )
})

test('every single flipped bit is noticed', async () => {
  const body = encrypted(Buffer.from('some data')).subarray(1)
  for (let bit = 0; bit < body.length * 8; bit++) {
    const bad = Buffer.from(body)
    bad.writeUInt8(bad.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
    await expect(all(decryptCfbMdc(cut(bad, 7), session))).rejects.toThrow('modification detection code')
  }
})

test('every missing end is noticed', async () => {
  const body = encrypted(Buffer.from('some data')).subarray(1)
  for (let end = 0; end < body.length; end++) {
    await expect(all(decryptCfbMdc(cut(body.subarray(0, end), 9), session))).rejects.toThrow()
  }
})

test('the random prefix tells a wrong key', () => {
  const start = encrypted(Buffer.from('x')).subarray(1)
  expect(fitsCfb(session, start)).toBe(true)
  const wrong = [1, 2, 3].filter((n) => fitsCfb({ algorithm: 9, key: noise(32, `${n}`) }, start))
  expect(wrong).toEqual([])
  expect(fitsCfb(session, start.subarray(0, 17))).toBe(false)
})

test('two messages never begin alike', () => {
  expect(encrypted(Buffer.from('x'))).not.toEqual(encrypted(Buffer.from('x')))
})
