import { readdirSync } from 'node:fs'
import { getPriority } from 'node:os'
import { expect, test } from '@jest/globals'
import { mainThreadFirst } from '../../../src/sys/thread-priority.ts'

test('the pool and the threads of the engine stand behind the main thread, however often it is asked for', async () => {
  const main = getPriority(process.pid)
  await mainThreadFirst()
  await mainThreadFirst()
  const threads = readdirSync('/proc/self/task').map(Number)
  // Four of the pool and at least as many of the JavaScript engine.
  expect(threads.length).toBeGreaterThan(5)
  for (const thread of threads) {
    expect(getPriority(thread)).toBe(thread === process.pid ? main : Math.min(19, main + 10))
  }
})
