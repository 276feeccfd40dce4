import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  canonicalSource,
  decodePath,
  encodePath,
  underSource,
} from '../../../../src/engine/select/path-text.ts'
import { fromText } from '../../../../src/lib/bytestring.ts'

test.each([
  ['plain', 'plain'],
  [fromText('é/😀'), 'é/😀'],
  [fromText('\ufffd'), '\ufffd'],
  ['\xe9', '\udce9'],
  ['a\xe2\x82b', 'a\udce2\udc82b'],
  ['\xed\xa0\x80', '\udced\udca0\udc80'],
  ['\xc0\xaf', '\udcc0\udcaf'],
  ['\xf4\x90\x80\x80', '\udcf4\udc90\udc80\udc80'],
  ['\xe0\x80\xaf\xc3\xa9', '\udce0\udc80\udcafé'],
])('bytes %j read as %j, and back', (bytes, text) => {
  expect(decodePath(bytes)).toBe(text)
  expect(encodePath(text)).toBe(bytes)
})

test('no byte is lost, whatever the name', () => {
  const name = fc.array(
    fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0xc3, 0xa9, 0xe2, 0x82, 0xf0)),
  )
  fc.assert(
    fc.property(name, (bytes) => {
      const path = String.fromCharCode(...bytes)
      expect(encodePath(decodePath(path))).toBe(path)
    }),
  )
})

test.each([
  ['./src/', 'src'],
  ['.', '.'],
  ['', '.'],
  ['./', '.'],
  ['/', '/'],
  ['//a//b/./c/', '/a/b/c'],
  ['../x/..', '../x/..'],
])('the source %j is known as %j', (given, canonical) => {
  expect(canonicalSource(given)).toBe(canonical)
})

test('full paths put one slash between source and entry', () => {
  expect(underSource('/', 'etc/x')).toBe('/etc/x')
  expect(underSource('/etc', 'x')).toBe('/etc/x')
  expect(underSource('.', 'x')).toBe('./x')
  expect(underSource('/etc', '')).toBe('/etc')
})
