import { expect, test } from '@jest/globals'
import { fromText } from '../../../src/lib/bytestring.ts'
import { showName } from '../../../src/format/show-name.ts'

test('plain and UTF-8 names are shown as they are', () => {
  expect(showName('etc/hosts')).toBe('etc/hosts')
  expect(showName(fromText('größe €'))).toBe('größe €')
})

test('what could move the cursor or turn the text is escaped', () => {
  expect(showName('a\x1b[2J\n\x7f')).toBe('a\\x1b[2J\\x0a\\x7f')
  expect(showName(fromText('x\u202ecod.exe\u0085'))).toBe('x\\u202ecod.exe\\x85')
  expect(showName('a\\x1b')).toBe('a\\\\x1b')
})

test('a name that is not UTF-8 shows its bytes', () => {
  expect(showName('caf\xe9 \xc3\xa9')).toBe('caf\\xe9 \\xc3\\xa9')
})
