import { expect, test } from '@jest/globals'
import { findMatcher } from '../../../../src/engine/select/find-glob.ts'
import { fromText } from '../../../../src/lib/bytestring.ts'

test.each([
  ['*.conf', 'ssh/a.conf', true],
  ['*.conf', 'a.conf/x', false],
  ['sshd_?onfig', 'ssh/sshd_config', true],
  ['/etc/*/a.conf', 'ssh/a.conf', true],
  ['/etc/*', 'ssh/a.conf', false],
  ['/etc/**', 'ssh/a.conf', true],
  ['**/a.[ch]', 'x/a.c', true],
  ['a.[!c]', 'x/a.c', false],
  ['?', 'ä', true],
  ['etc', '', true],
  ['a+(b)', 'a+(b)', true],
])('%s and %s: %s', (glob, path, expected) => {
  expect(findMatcher({ glob, root: '/etc' })(fromText(path))).toBe(expected)
})

test('a set without an end is refused', () => {
  expect(() => findMatcher({ glob: 'a[b', root: '/' })).toThrow(
    expect.objectContaining({ code: 'PATTERN_INVALID' }),
  )
})
