import { expect, test } from '@jest/globals'
import { alerts, parseThreshold } from '../../../src/report/threshold.ts'

// The table of the Monitoring Plugins Development Guidelines, and times in place of numbers.
test.each([
  ['10', [-1, 11], [0, 5, 10], '10'],
  ['10:', [9], [10, 1e9], '10:'],
  ['~:10', [11], [-1e9, 10], '~:10'],
  ['10:20', [9, 21], [10, 20], '10:20'],
  ['@10:20', [10, 20], [9, 21], '@10:20'],
  ['26h', [93_601], [0, 93_600], '93600'],
  ['1D12h:2D', [129_599, 172_801], [129_600], '129600:172800'],
  ['0.5:1', [0.4], [0.7], '0.5:1'],
])('%s', (word, bad, good, text) => {
  const threshold = parseThreshold(word, '--warning')
  expect(threshold.text).toBe(text)
  expect(bad.filter((value) => !alerts(threshold, value))).toEqual([])
  expect(good.filter((value) => alerts(threshold, value))).toEqual([])
})

test.each(['', '@', ':', 'x', '20:10', '26 h', '26d', '1:2:3', '~', '10:~'])('"%s" is no range', (word) => {
  expect(() => parseThreshold(word, '--warning')).toThrow(`The range "${word}" of --warning`)
})
