import { buffer } from 'node:stream/consumers'
import { beforeEach, expect, test } from '@jest/globals'
import { createMemoryBackend } from '../../../../src/backend/memory/memory.ts'
import { delegate } from '../../../../src/backend/wrap/delegate.ts'
import { throttle } from '../../../../src/backend/wrap/throttle.ts'
import { bodyOf, never, rejection } from '../../../contract/backend-contract.ts'

let clock: number
beforeEach(() => {
  clock = 0
})
const monotonic = () => clock
const sleep = (seconds: number): Promise<void> => {
  clock += seconds
  return Promise.resolve()
}
const body = bodyOf(Buffer.alloc(1_000_000))

test('uploads keep to their rate', async () => {
  const backend = throttle(createMemoryBackend(), { upload: 100_000, download: undefined, monotonic, sleep })
  await backend.put('f', body, never)
  expect(clock).toBeGreaterThan(9.7)
  expect(clock).toBeLessThan(10.1)
  clock = 0
  await buffer(await backend.get('f', never))
  expect(clock).toBe(0)
})

test('downloads keep to theirs, over all calls together', async () => {
  const backend = throttle(createMemoryBackend(), { upload: undefined, download: 500_000, monotonic, sleep })
  await backend.put('f', body, never)
  expect(clock).toBe(0)
  await Promise.all([1, 2, 3].map(async () => buffer(await backend.get('f', never))))
  expect(clock).toBeGreaterThan(5.8)
})

test('idle time is not saved up', async () => {
  const backend = throttle(createMemoryBackend(), { upload: 100_000, download: undefined, monotonic, sleep })
  clock = 1000
  await backend.put('f', body, never)
  expect(clock - 1000).toBeGreaterThan(9.7)
})

test('an abort ends the waiting', async () => {
  const controller = new AbortController()
  const reason = new Error('stop it')
  const stop = (_: number, signal: AbortSignal): Promise<void> => {
    controller.abort(reason)
    return Promise.reject(signal.reason as Error)
  }
  const backend = throttle(createMemoryBackend(), { upload: 10, download: undefined, monotonic, sleep: stop })
  expect(await rejection(backend.put('f', body, controller.signal))).toBe(reason)
})

test('where downloads are throttled nothing is read in place', () => {
  const local = delegate(createMemoryBackend(), {
    traits: { atomicPut: true, concurrency: 1, local: true },
    localPath: (name) => `/x/${name}`,
  })
  const slow = throttle(local, { upload: 1, download: 1, monotonic, sleep })
  expect([slow.traits.local, slow.localPath('f')]).toEqual([false, undefined])
  const fast = throttle(local, { upload: 1, download: undefined, monotonic, sleep })
  expect([fast.traits.local, fast.localPath('f')]).toEqual([true, '/x/f'])
})
