import { expect, test } from '@jest/globals'
import { setTimeout as sleep } from 'node:timers/promises'
import { defaultParallel } from '../../../src/run/context.ts'
import { inParallel } from '../../../src/run/pool.ts'

test('results stand in the order of the items; never more than the limit run', async () => {
  let running = 0
  let most = 0
  const results = await inParallel([30, 1, 20, 5, 1], 2, async (time) => {
    running += 1
    most = Math.max(most, running)
    await sleep(time)
    running -= 1
    return time * 2
  })
  expect(results).toEqual([60, 2, 40, 10, 2])
  expect(most).toBe(2)
  expect(await inParallel([], 3, () => Promise.resolve(1))).toEqual([])
})

test('as many engines as cores, six at most, and one', () => {
  expect([1, 2, 6, 64].map(defaultParallel)).toEqual([2, 3, 7, 7])
})
