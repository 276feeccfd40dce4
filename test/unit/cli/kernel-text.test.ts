import { expect, test } from '@jest/globals'
import { argumentBytes } from '../../../src/cli/kernel-text.ts'

test('arguments are taken as the bytes that the kernel has', () => {
  expect(argumentBytes(['full', 'bad\ufffd'], 'node\0main.js\0full\0bad\xff\0')).toEqual(['full', 'bad\xff'])
  expect(argumentBytes([], 'node\0main.js\0')).toEqual([])
  expect(argumentBytes([''], 'node\0main.js\0\0')).toEqual([''])
})

test('a process that has changed its title keeps the arguments that Node decoded', () => {
  expect(argumentBytes(['ä', 'b'], 'duba\0')).toEqual(['\xc3\xa4', 'b'])
})
