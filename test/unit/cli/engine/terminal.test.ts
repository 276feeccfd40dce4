import { Readable } from 'node:stream'
import { expect, test } from '@jest/globals'
import { readSecret } from '../../../../src/cli/engine/terminal.ts'

async function type(...keys: string[]): Promise<{ secret: string | undefined; interrupted: number }> {
  let interrupted = 0
  const stream = Readable.from(keys.map((key) => Buffer.from(key, 'latin1')))
  const secret = await readSecret(stream, () => {
    interrupted += 1
  })
  return { secret, interrupted }
}

test.each([
  [['se', 'cret\r'], 'secret'],
  [['\n'], ''],
  [['ab\u007fc\r'], 'ac'],
  [['wrong\u0015right\r'], 'right'],
  [['a\u0004b\r'], 'ab'],
  [['\u0004'], undefined],
  [[], undefined],
])('%j gives %j', async (keys, secret) => {
  expect(await type(...keys)).toEqual({ secret, interrupted: 0 })
})

test('a character may come in pieces, and goes as one', async () => {
  expect((await type('\xc3', '\xa4x\r')).secret).toBe('äx')
  expect((await type('x\xc3\xa4\b\r')).secret).toBe('x')
})

test('Ctrl-C interrupts', async () => {
  expect(await type('ab\u0003')).toEqual({ secret: undefined, interrupted: 1 })
})
