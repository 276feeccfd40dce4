import { expect, test } from '@jest/globals'
import { canonicalSource, underSource } from '../../../../src/engine/select/source-path.ts'

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
