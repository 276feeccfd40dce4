import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readNumber, writeOctal } from '../../../../src/format/tar/number.ts'

function read(bytes: string): number {
  return readNumber(Buffer.from(bytes, 'latin1'), 0, bytes.length)
}

test.each([
  ['0000644\0', 0o644],
  ['    644 ', 0o644],
  ['644\0junk', 0o644],
  ['\0\0\0\0', 0],
  ['        ', 0],
  ['77777777', 0o77777777],
  ['\x80\0\0\0\0\0\x01\0', 256],
  ['\x80\0\0\0\x02\0\0\0\0\0\0\0', Number.NaN],
  ['\xff\xff\xff\xff\xff\xff\xff\xff', -1],
  ['\xff\xff\xff\xff\xff\xff\xff\x00', -256],
  ['0000648\0', Number.NaN],
  ['-000644\0', Number.NaN],
  ['\x81\0\0\0', Number.NaN],
  ['0x1f\0', Number.NaN],
])('%j is %d', (bytes, value) => {
  expect(read(bytes)).toBe(value)
})

test('octal numbers are read back, and their sum is told', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 8 ** 11 - 1 }), (value) => {
      const field = Buffer.alloc(12)
      const sum = writeOctal(field, 0, 11, value)
      expect(field.toString('latin1')).toBe(`${value.toString(8).padStart(11, '0')}\0`)
      expect(sum).toBe(field.reduce((total, byte) => total + byte, 0))
      expect(readNumber(field, 0, 12)).toBe(value)
    }),
  )
})
