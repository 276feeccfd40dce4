import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { formatNameTime, formatOldTime, parseNameTime } from '../../../src/format/name-time.ts'

test('the default form is UTC', () => {
  expect(formatNameTime(1700000000)).toBe('20231114T221320Z')
  expect(parseNameTime('20231114T221320Z', ':')).toBe(1700000000)
})

test.each([
  ['America/New_York', 1700000000, '2023-11-14T17:13:20-05:00'],
  ['America/New_York', 1690000000, '2023-07-22T00:26:40-04:00'],
  ['Asia/Kolkata', 1700000000, '2023-11-15T03:43:20+05:30'],
  ['UTC', 1700000000, '2023-11-14T22:13:20Z'],
  // −03:30: hours are rounded down and the minutes added.
  ['America/St_Johns', 1700000000, '2023-11-14T18:43:20-04:30'],
])('the old form in %s at %i is %s', (zone, seconds, text) => {
  expect(formatOldTime(seconds, ':', zone)).toBe(text)
  expect(parseNameTime(text, ':')).toBe(seconds)
})

test('the separator stands in the offset too', () => {
  expect(formatOldTime(1700000000, '_', 'Asia/Kolkata')).toBe('2023-11-15T03_43_20+05_30')
  expect(parseNameTime('2023-11-15T03_43_20+05_30', '_')).toBe(1700000000)
  expect(parseNameTime('2023-11-15T03_43_20+05_30', ':')).toBeUndefined()
})

test('without an offset the standard time of the zone holds', () => {
  expect(parseNameTime('2023-07-01T01:00:00', ':', 'Europe/Zurich')).toBe(1688169600)
  expect(parseNameTime('2023-07-01', ':', 'Europe/Zurich')).toBe(1688166000)
})

test.each([
  '',
  'NOW',
  '3D',
  '2H30M',
  '19700101T000000Z',
  '20231114T241320Z',
  '2023-11-14T22:13:20+5',
  '2023-11-14T22:13:20+24:00',
  '253402300800',
])('%j is no time of a file', (text) => {
  expect(parseNameTime(text, ':', 'UTC')).toBeUndefined()
})

test('a day beyond the end of its month rolls over', () => {
  expect(parseNameTime('20230230T000000Z', ':')).toBe(Date.UTC(2023, 2, 2) / 1000)
})

test('each form is read back in every zone', () => {
  const zones = fc.constantFrom(
    'UTC',
    'Europe/Zurich',
    'America/St_Johns',
    'Asia/Kathmandu',
    'Pacific/Marquesas',
    'Australia/Lord_Howe',
  )
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4102000000 }),
      zones,
      fc.constantFrom(':', '_', '|', '\\'),
      (seconds, zone, separator) => {
        expect(parseNameTime(formatOldTime(seconds, separator, zone), separator, zone)).toBe(seconds)
        expect(parseNameTime(formatNameTime(seconds), separator, zone)).toBe(seconds)
      },
    ),
  )
})
