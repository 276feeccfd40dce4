import { expect, test } from '@jest/globals'
import { standardOffset, zoneOffset } from '../../../src/format/zone.ts'

const SUMMER = 1690000000
const WINTER = 1700000000

test('offsets include summer time, standard offsets do not', () => {
  expect(zoneOffset(SUMMER, 'Europe/Zurich')).toBe(120)
  expect(zoneOffset(WINTER, 'Europe/Zurich')).toBe(60)
  expect(standardOffset(2023, 'Europe/Zurich')).toBe(60)
})

test('winter is in the middle of the year in the south', () => {
  expect(standardOffset(2023, 'Pacific/Auckland')).toBe(720)
})

test('no zone means the zone of this machine', () => {
  expect(zoneOffset(SUMMER, undefined)).toBe(
    zoneOffset(SUMMER, Intl.DateTimeFormat().resolvedOptions().timeZone),
  )
})
