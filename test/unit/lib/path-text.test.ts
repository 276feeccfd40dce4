import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { fromText } from '../../../src/lib/bytestring.ts'
import { decodePath, encodePath } from '../../../src/lib/path-text.ts'

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
