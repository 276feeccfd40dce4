import { expect, test } from '@jest/globals'
import { loadSystemCalls } from '../../../src/sys/missing.ts'

test('nothing is missing here, where koffi is installed', () => {
  expect(loadSystemCalls()).toEqual({ missing: [], reason: undefined })
})

test('without koffi every loss is a sentence', () => {
  const { missing } = loadSystemCalls(() => undefined)
  expect(missing).toHaveLength(6)
  for (const sentence of missing) expect(sentence).toMatch(/^[A-Z].*\.$/)
})
