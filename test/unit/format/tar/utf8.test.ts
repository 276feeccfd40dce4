import { isUtf8 as nodeIsUtf8 } from 'node:buffer'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { fromText } from '../../../../src/lib/bytestring.ts'
import { asciiOnly, isUtf8 } from '../../../../src/format/tar/utf8.ts'

const bytes = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        0x61,
        0x80,
        0x8f,
        0x90,
        0x9f,
        0xa0,
        0xbf,
        0xc0,
        0xc2,
        0xdf,
        0xe0,
        0xe2,
        0xed,
        0xef,
        0xf0,
        0xf4,
        0xf5,
        0xff,
      ),
      fc.integer({ min: 0, max: 255 }),
    ),
  )
  .map((list) => Buffer.from(list))

test('UTF-8 is what node takes for it', () => {
  fc.assert(
    fc.property(bytes, (buffer) => {
      expect(isUtf8(buffer.toString('latin1'))).toBe(nodeIsUtf8(buffer))
    }),
    { numRuns: 1000 },
  )
})

test('each character outside ASCII becomes one question mark', () => {
  expect(asciiOnly(fromText('größe€😀'))).toBe('gr??e??')
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '\n', 'é', '€', '\uffff', '😀') }), (text) => {
      const expected = Array.from(text, (character) =>
        (character.codePointAt(0) ?? 0) < 0x80 ? character : '?',
      )
      expect(asciiOnly(fromText(text))).toBe(expected.join(''))
    }),
  )
})

test('each byte that belongs to no character becomes one question mark', () => {
  expect(asciiOnly('caf\xe9')).toBe('caf?')
  expect(asciiOnly('\xe2\x82')).toBe('??')
  expect(asciiOnly('\xed\xa0\x80')).toBe('???')
  expect(asciiOnly('\xc0\xafx')).toBe('??x')
})
