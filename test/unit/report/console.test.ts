import { expect, test } from '@jest/globals'
import { Writable } from 'node:stream'
import { type ConsoleFormat, consoleFormat, consoleLog } from '../../../src/report/console.ts'

test('the journal is known by what systemd says of standard error', () => {
  expect(consoleFormat('auto', '8:15', { JOURNAL_STREAM: '8:15' })).toBe('journal')
  expect(consoleFormat('auto', '8:16', { JOURNAL_STREAM: '8:15' })).toBe('text')
  expect(consoleFormat('auto', undefined, {})).toBe('text')
  expect(consoleFormat('json', '8:15', { JOURNAL_STREAM: '8:15' })).toBe('json')
})

async function written(format: ConsoleFormat): Promise<string[]> {
  const pieces: string[] = []
  const stream = new Writable({
    write: (piece: Buffer, _, done) => {
      pieces.push(piece.toString())
      done()
    },
  })
  const log = consoleLog(stream, {
    format,
    redact: (text) => text,
    now: () => 1,
    level: 'debug',
    fields: { run_id: 'r1' },
  })
  log.write('error', 'bad\n<0>news', { job: '/a', code: 'io-error' })
  log.write('warning', 'hm')
  log.write('notice', 'so')
  log.write('info', 'ah')
  log.write('debug', 'oh')
  await log.close()
  return pieces.join('').trimEnd().split('\n')
}

test('people see the level of what is bad', async () => {
  expect(await written('text')).toEqual([
    'duba: error: bad\\n<0>news',
    'duba: warning: hm',
    'duba: so',
    'duba: ah',
    'duba: oh',
  ])
})

test('the journal gets priorities', async () => {
  expect(await written('journal')).toEqual(['<3>bad\\n<0>news', '<4>hm', '<5>so', '<6>ah', '<7>oh'])
})

test('machines get objects', async () => {
  const [first = ''] = await written('json')
  expect(JSON.parse(first)).toEqual({
    time: '1970-01-01T00:00:01.000Z',
    level: 'error',
    run_id: 'r1',
    job: '/a',
    code: 'io-error',
    message: 'bad\n<0>news',
  })
})
