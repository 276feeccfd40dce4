import { expect, test } from '@jest/globals'
import { keyName, matchesFingerprint, matchesUserId } from '../../../src/crypt/key-name.ts'

const fingerprint = 'EE5F921C4F34A01EB466F34D6A6A3183195B2DB9'

test.each([
  [fingerprint, true, true],
  [fingerprint.toLowerCase(), true, true],
  [`0x${fingerprint}`, true, true],
  ['EE5F 921C 4F34 A01E B466  F34D 6A6A 3183 195B 2DB9', true, true],
  ['6A6A3183195B2DB9', true, false],
  ['195b2db9', true, false],
  ['0x195B2DB9!', true, false],
  ['195B2DB8', false, false],
  ['B2DB9', false, false],
  ['Golden', false, false],
])('%s', (text, matches, full) => {
  const name = keyName(text)
  expect(matchesFingerprint(name, fingerprint)).toBe(matches)
  expect(name.full).toBe(full)
  expect(name.exact).toBe(text.endsWith('!'))
})

test.each([
  ['golden', true],
  ['Test A', true],
  ['*test a', true],
  ['golden-A@example.invalid', true],
  ['<golden-a@example.invalid>', true],
  ['<golden-a>', false],
  ['=Golden Test A <golden-A@example.invalid>', true],
  ['=Golden Test A', false],
  ['', false],
])('user id %s', (text, matches) => {
  expect(matchesUserId(keyName(text), 'Golden Test A <golden-A@example.invalid>')).toBe(matches)
})
