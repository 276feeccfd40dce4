import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  formatPaxRecords,
  parsePaxRecords,
  paxNumber,
  type PaxRecords,
} from '../../../../src/format/tar/pax.ts'
import { codeOf } from '../fixtures.ts'

function parse(text: string): PaxRecords {
  const records: PaxRecords = new Map()
  parsePaxRecords(Buffer.from(text, 'latin1'), records)
  return records
}

test('a value that is not UTF-8 makes all values binary', () => {
  expect(formatPaxRecords([['path', 'snapshot/caf\xe9']])).toBe(
    '21 hdrcharset=BINARY\n22 path=snapshot/caf\xe9\n',
  )
  expect(formatPaxRecords([['path', 'snapshot/utf8-\xc3\xa9']])).toBe('25 path=snapshot/utf8-\xc3\xa9\n')
})

test('the length counts its own digits', () => {
  for (const length of [1, 2, 3, 90, 91, 92, 93, 94, 985, 986, 987, 988, 989, 990]) {
    const record = formatPaxRecords([['path', 'x'.repeat(length)]])
    expect(Number(record.split(' ')[0])).toBe(record.length)
  }
})

test('records are read back, whatever bytes they hold', () => {
  const bytes = fc
    .uint8Array({ minLength: 1, maxLength: 120 })
    .map((array) => Buffer.from(array).toString('latin1'))
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(fc.constantFrom('path', 'linkpath', 'uname'), bytes), {
        selector: ([key]) => key,
      }),
      (records) => {
        const parsed = parse(formatPaxRecords(records))
        expect([...parsed]).toEqual(records)
      },
    ),
  )
})

test('keys that stand for no field and say nothing to us are passed over', () => {
  const records = parse('17 comment=hello\n9 path=a\n')
  expect([...records]).toEqual([['path', 'a']])
})

test('an empty value takes a key away; zeros may follow', () => {
  const records: PaxRecords = new Map([['path', 'a']])
  parsePaxRecords(Buffer.from('8 path=\n\0\0'), records)
  expect(records.size).toBe(0)
})

test.each([
  'x',
  '9 path=a',
  '11 path=a\n',
  '8 path=a\n',
  '0 path=a\n',
  '7 patha\n',
  '3 \n',
  '-9 path=a\n',
  '999999999 path=a\n',
  '9path=ab\n',
])('%j is malformed', (text) => {
  expect(codeOf(() => parse(text))).toBe('ARCHIVE_INVALID')
})

test('numbers are cut off where they have a fraction', () => {
  expect(paxNumber('1600000000.987654321')).toBe(1600000000)
  expect(paxNumber('-1.5')).toBe(-1)
  expect(paxNumber('-0.5')).toBe(0)
  for (const text of ['', 'x', '1e5', '0x10', ' 1', '1'.repeat(16)]) expect(paxNumber(text)).toBeNaN()
})
