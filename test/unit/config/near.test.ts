import { expect, test } from '@jest/globals'
import { nearest } from '../../../src/config/near.ts'

test.each([
  ['divde', 'divide'],
  ['Divide', 'divide'],
  ['cache-dir', 'cache_dir'],
  ['cahce_dir', 'cache_dir'],
  ['exclude', 'excludes'],
  ['dir', 'cache_dir'],
  ['zzz', undefined],
])('%s → %s', (word, expected) => {
  expect(nearest(word, ['path', 'divide', 'excludes', 'cache_dir', 'env'])).toBe(expected)
})
