import { expect, test } from '@jest/globals'
import { parseLevel } from '../../../src/report/log.ts'

test.each([
  ['notice', 'notice'],
  ['w', 'warning'],
  ['0', 'error'],
  ['1', 'error'],
  ['4', 'notice'],
  ['8', 'info'],
  ['9', 'debug'],
])('loglevel %s is %s', (word, level) => {
  expect(parseLevel(word)).toBe(level)
})
