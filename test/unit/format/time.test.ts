import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { formatNameTime } from '../../../src/format/name-time.ts'
import {
  formatDuration,
  formatMoment,
  formatPeople,
  parseInterval,
  parseTime,
} from '../../../src/format/time.ts'
import { codeOf } from './fixtures.ts'

interface Vectors {
  readonly parse: readonly {
    readonly input: string
    readonly tz: string
    readonly now: number
    readonly epoch?: number
  }[]
  readonly format: readonly {
    readonly epoch: number
    readonly tz: string
    readonly pretty: string
    readonly file: string
  }[]
  readonly intervalPretty: readonly { readonly seconds: number; readonly text: string }[]
}

const vectors = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/vectors/time-vectors.json'), 'utf8'),
) as Vectors

/** Where we mean something else than duplicity does, on purpose: input and zone → what we say. */
const deviations: Readonly<Record<string, number>> = {
  // The epoch is a moment like any other.
  '1970-01-01T00:00:00Z UTC': 0,
  '1970-01-01T00:00:00Z Europe/Zurich': 0,
  '1970-01-01T00:00:00Z Asia/Kolkata': 0,
  '1970-01-01T00:00:00Z America/St_Johns': 0,
  '1970-01-01T00:00:00Z Europe/Moscow': 0,
  // The minutes of a negative offset are negative.
  '2002-01-25T07:00:00-07:30 Europe/Zurich': 1011969000,
  '2002-01-25T07:00:00-07:30 America/New_York': 1011969000,
  '2002-01-25T07:00:00-07:30 Asia/Kolkata': 1011969000,
  '2002-01-25T07:00:00-07:30 Europe/Moscow': 1011969000,
  '2002-01-25T07:00:00-07:30 Pacific/Auckland': 1011969000,
  // UTC is UTC, whatever this machine's zone once was.
  '1901-01-01T00:00:00Z America/St_Johns': -2177452800,
  '1901-01-01T00:00:00Z Europe/Moscow': -2177452800,
  '1901-01-01T00:00:00Z Pacific/Auckland': -2177452800,
  '2012-06-30T23:59:60Z Europe/Moscow': 1341100800,
  '2012-06-30T23:59:61Z Europe/Moscow': 1341100801,
  // A date is at midnight of today's standard time.
  '1901-1-1 Asia/Kolkata': -2177472600,
  '1901-1-1 America/St_Johns': -2177440200,
  '1901-1-1 Pacific/Auckland': -2177496000,
}

test('every vector of the parser holds, but for the deviations', () => {
  const used = new Set<string>()
  for (const { input, tz, now, epoch } of vectors.parse) {
    const name = `${input} ${tz}`
    const own = deviations[name]
    if (own !== undefined) used.add(name)
    const expected = own ?? epoch
    const parse = (): number => parseTime(input, { now, timeSeparator: ':', zone: tz })
    if (expected === undefined) expect([name, codeOf(parse)]).toEqual([name, 'USAGE'])
    else expect([name, parse()]).toEqual([name, expected])
    if (own !== undefined) expect(own).not.toBe(epoch)
  }
  expect([...used].sort()).toEqual(Object.keys(deviations).sort())
})

test('every vector of the output forms holds', () => {
  for (const { epoch, tz, pretty, file } of vectors.format) {
    expect(formatPeople(epoch, tz)).toBe(pretty)
    expect(formatNameTime(epoch)).toBe(file)
  }
})

test('our own words have years first, also long ago and far ahead', () => {
  expect(formatMoment(1700000000.9, 'UTC')).toBe('2023-11-14 22:13:20')
  expect(formatMoment(-1, 'Europe/Zurich')).toBe('1970-01-01 00:59:59')
  expect(formatMoment(253402300800, 'UTC')).toBe('+010000-01-01 00:00:00')
  expect(formatMoment(9e12)).toBe('+275760-09-13 00:00:00')
  expect(formatMoment(-9e12)).toBe('-271821-04-20 00:00:00')
})

test('every vector of lengths holds, but that a whole number of seconds has no fraction', () => {
  for (const { seconds, text } of vectors.intervalPretty) {
    expect(formatDuration(seconds)).toBe(text === '0.00 seconds' && seconds === 0 ? '0 seconds' : text)
  }
})

test('the separator is taken literally', () => {
  const context = { now: 1700000000, timeSeparator: '.', zone: 'UTC' }
  expect(parseTime('2002-01-25T07.00.00+02.00', context)).toBe(1011934800)
  expect(codeOf(() => parseTime('2002-01-25T07:00:00+02:00', context))).toBe('USAGE')
})

test('a present with a fraction counts as its whole second', () => {
  expect(parseTime('now', { now: 1700000000.9, timeSeparator: ':' })).toBe(1700000000)
  expect(parseTime('1m', { now: 1700000000.9, timeSeparator: ':' })).toBe(1699999940)
})

test('numbers that no clock reaches are refused', () => {
  for (const text of ['99999999999999999999', '999999999999999999Y']) {
    expect(codeOf(() => parseTime(text, { now: 0, timeSeparator: ':' }))).toBe('USAGE')
  }
})

test('a bad time is told with the forms that are good', () => {
  try {
    parseTime('yester\nday', { now: 0, timeSeparator: '_' })
    expect('thrown').toBe('yes')
  } catch (error) {
    expect(error).toMatchObject({ code: 'USAGE', message: 'Bad time string "yester\\nday".' })
    expect(error).toHaveProperty('hint', expect.stringContaining('hh_mm_ss'))
  }
})

test('intervals', () => {
  expect(parseInterval('30D')).toBe(30 * 86400)
  expect(parseInterval('1M')).toBe(30 * 86400)
  expect(parseInterval('1m')).toBe(60)
  expect(parseInterval('1Y2W3h4s')).toBe(365 * 86400 + 14 * 86400 + 3 * 3600 + 4)
  for (const text of ['', '30', 'D', '1.5h', '-1D', '1D ', '1D\n'])
    expect(parseInterval(text)).toBeUndefined()
})

test('people read local time', () => {
  const local = new Date(1700000000 * 1000)
  expect(formatPeople(1700000000)).toContain(local.toTimeString().slice(0, 8))
  expect(formatMoment(1700000000)).toContain(local.toTimeString().slice(0, 8))
})
