import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { linesOf, parseEvent } from '../../../src/run/event-stream.ts'

// eslint-disable-next-line @typescript-eslint/require-await -- a stream of what is there already
async function* pieces(buffers: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* buffers
}

async function linesIn(buffers: readonly Buffer[]): Promise<string[]> {
  const lines: string[] = []
  for await (const line of linesOf(pieces(buffers))) lines.push(line)
  return lines
}

test('lines are the same however they are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'binary' }).map((line) => line.replace(/\n|\p{Cs}/gu, ''))),
      fc.array(fc.nat(40)),
      async (lines, cuts) => {
        const whole = Buffer.from(lines.map((line) => `${line}\n`).join(''))
        const parts: Buffer[] = []
        let at = 0
        for (const cut of cuts) parts.push(whole.subarray(at, (at += cut)))
        parts.push(whole.subarray(at))
        expect(await linesIn(parts)).toEqual(lines)
      },
    ),
  )
})

test('a last line without an end counts; an endless one comes in pieces', async () => {
  expect(await linesIn([Buffer.from('a\r\nb\u2028c')])).toEqual(['a\r', 'b\u2028c'])
  const endless = Array.from({ length: 40 }, () => Buffer.alloc(65536, 'x'))
  expect((await linesIn(endless)).length).toBeGreaterThan(1)
})

test.each([
  ['{"type":"in-sync"}', true],
  ['{"type":"exit","status":0}', true],
  ['{"type":"exit","status":2,"error":{"code":"USAGE","message":"x"}}', true],
  ['{"type":"exit"}', false],
  ['{"type":"exit","status":2,"error":"x"}', false],
  ['{"type":5}', false],
  ['null', false],
  ['{"type"', false],
])('%s', (line, event) => {
  expect(parseEvent(line) !== undefined).toBe(event)
})
