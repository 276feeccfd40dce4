import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { quote, quotePath, unquote, unquotePath } from '../../../src/format/manifest-quote.ts'

test.each([
  ['plain', 'plain'],
  ['caf\xe9', 'caf\xe9'],
  ['\x01\x7f\x85\xa0', '\x01\x7f\x85\xa0'],
  ['q"uo\'te\\b', '"q\\x22uo\\x27te\\x5cb"'],
  ['new\nline', '"new\\x0aline"'],
  ['a b\t\v\f\r', '"a\\x20b\\x09\\x0b\\x0c\\x0d"'],
])('%j is written %j', (text, word) => {
  expect(quote(text)).toBe(word)
  expect(unquote(word)).toBe(text)
})

test('the root is a dot', () => {
  expect(quotePath('')).toBe('.')
  expect(unquotePath('.')).toBe('')
  expect(unquotePath('./a')).toBe('./a')
})

test('an opening quotation mark needs a closing one', () => {
  expect(unquote('"')).toBeUndefined()
  expect(unquote('"abc')).toBeUndefined()
  expect(unquote('""')).toBe('')
})

test('every byte string comes back', () => {
  const bytes = fc.uint8Array().map((array) => Buffer.from(array).toString('latin1'))
  fc.assert(
    fc.property(bytes, (text) => {
      expect(unquote(quote(text))).toBe(text)
      expect(quote(text)).not.toMatch(/[\x09-\x0d\x20]/)
    }),
  )
})
