import { expect, test } from '@jest/globals'
import { Report } from '../../../../src/report/duplicity/report.ts'

function make(now = 0) {
  const written: [string, string][] = []
  const to = (stream: string) => (bytes: Uint8Array) => {
    written.push([stream, Buffer.from(bytes).toString('latin1')])
  }
  const report = new Report({ stdout: to('out'), stderr: to('err'), now: () => now })
  return { report, written, to }
}

test('errors go to stderr, warnings and the rest to stdout', () => {
  const { report, written } = make()
  report.say({ level: 0, code: 1, text: 'e' })
  report.say({ level: 2, code: 1, text: 'w' })
  report.say({ level: 3, code: 1, text: 'n' })
  report.say({ level: 5, code: 1, text: 'not shown' })
  report.say({ level: 5, code: 10, text: 'forced \xff', forced: true })
  expect(written).toEqual([
    ['err', 'e\n'],
    ['out', 'w\n'],
    ['out', 'n\n'],
    ['out', 'forced \xff\n'],
  ])
})

test('a message without words goes to the log only', () => {
  const { report, written, to } = make()
  report.verbosity = 5
  report.addLog(to('log'))
  report.say({ level: 5, code: 2, extra: '8198', text: '' })
  expect(written).toEqual([['log', 'INFO 2 8198\n\n']])
})

test('many small messages are written together, and before anything else', () => {
  const { report, written } = make()
  for (let index = 0; index < 3; index++) report.say({ level: 3, code: 1, text: 'x', bulk: true })
  expect(written).toEqual([])
  report.say({ level: 0, code: 1, text: 'e' })
  expect(written).toEqual([
    ['out', 'x\nx\nx\n'],
    ['err', 'e\n'],
  ])
  report.say({ level: 3, code: 1, text: 'y'.repeat(40_000), bulk: true })
  expect(written).toHaveLength(3)
  report.say({ level: 3, code: 1, text: 'z', bulk: true })
  report.flush()
  expect(written.at(-1)).toEqual(['out', 'z\n'])
})

test('--log-timestamp puts time and level in front of the first line', () => {
  const moment = new Date(2026, 10, 23, 14, 3, 11, 992).getTime() / 1000
  const { report, written } = make(moment)
  report.timestamps = true
  report.say({ level: 3, code: 1, text: 'two\nlines' })
  report.say({ level: 0, code: 1, text: 'e' })
  expect(written).toEqual([
    ['out', '2026-11-23 14:03:11,992 NOTICE two\nlines\n'],
    ['err', '2026-11-23 14:03:11,992 ERROR e\n'],
  ])
})
