import { expect, test } from '@jest/globals'
import { expandPath } from '../../../../src/cli/engine/expand.ts'
import { fromText } from '../../../../src/lib/bytestring.ts'

const env = { HOME: '/home/me', NAME: 'value', ÄH: 'ä' }
const homes = () => ({ passwd: 'root:x:0:0:root:/root:/bin/sh\nyou:x:7:7::/home/you/:\n', uid: 0 })

test.each([
  ['~/x', '/home/me/x'],
  ['~', '/home/me'],
  ['~you/x', '/home/you/x'],
  ['~nobody-here/x', '~nobody-here/x'],
  ['a/~', 'a/~'],
  ['$NAME/${NAME}x', 'value/valuex'],
  ['$NAMEx', '$NAMEx'],
  ['${NO}', '${NO}'],
  ['$', '$'],
])('%s is %s', (path, expected) => {
  expect(expandPath(path, env, homes)).toBe(expected)
})

test('without HOME the home directory is that of the user', () => {
  expect(expandPath('~/x', {}, homes)).toBe('/root/x')
})

test('values are put in as their bytes, and bytes stay', () => {
  expect(expandPath(`\xff\${${fromText('ÄH')}}`, env, homes)).toBe(`\xff${fromText('ä')}`)
})
