import { expect, test } from '@jest/globals'
import {
  ageText,
  columns,
  durationText,
  isoTime,
  printable,
  sizeText,
} from '../../../src/report/printable.ts'

test('control characters and direction marks are shown as escapes', () => {
  expect(printable('a\nb\t\u001b[1m\u0085\u202ec ä')).toBe('a\\nb\\t\\x1b[1m\\x85\\u202ec ä')
})

test('sizes, durations, ages and times', () => {
  expect([0, 1023, 1536, 3 * 2 ** 30].map(sizeText)).toEqual(['0 B', '1023 B', '1.5 KiB', '3.0 GiB'])
  expect([0.04, 12.4, 185, 7261].map(durationText)).toEqual(['0.0 s', '12 s', '3 min 5 s', '2 h 1 min'])
  expect([59, 60, 7200, 86400 * 3].map(ageText)).toEqual([
    'less than a minute',
    '1 minute',
    '2 hours',
    '3 days',
  ])
  expect(isoTime(1700000000.9)).toBe('2023-11-14T22:13:20Z')
})

test('columns', () => {
  expect(
    columns(
      [
        ['a', 'bb', ''],
        ['ccc', 'd', 'e'],
      ],
      [1],
    ),
  ).toEqual(['a    bb', 'ccc   d  e'])
})
