import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { linesOf, longestEvent, parseEvent } from '../../../src/run/event-stream.ts'

// eslint-disable-next-line @typescript-eslint/require-await -- a stream of what is there already
async function* pieces(buffers: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* buffers
}

async function linesIn(buffers: readonly Buffer[], longest?: number): Promise<string[]> {
  const lines: string[] = []
  for await (const line of linesOf(pieces(buffers), longest)) lines.push(line)
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

test('an event that names 30,000 backup sets comes whole', async () => {
  const set = { type: 'inc', start: 1_700_000_000, end: 1_700_000_000, volumes: 1, encrypted: true, bytes: 1 }
  const event = JSON.stringify({ type: 'restore-outlook', outlook: { sets: Array(30_000).fill(set) } })
  const whole = Buffer.from(`${event}\n`)
  const parts = Array.from({ length: 60 }, (_, at) => whole.subarray(at << 16, (at + 1) << 16))
  expect(await linesIn(parts, longestEvent)).toEqual([event])
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
