import { buffer } from 'node:stream/consumers'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { createMemoryBackend } from '../../../../src/backend/memory/memory.ts'
import { delegate } from '../../../../src/backend/wrap/delegate.ts'
import { limit } from '../../../../src/backend/wrap/limit.ts'
import { never, rejection } from '../../../contract/backend-contract.ts'

test('no more calls at once than allowed, and all get their turn', async () => {
  let under = 0
  let most = 0
  const inner = delegate(createMemoryBackend(), {
    size: async () => {
      under += 1
      most = Math.max(most, under)
      await turn()
      under -= 1
      return 1
    },
  })
  const backend = limit(inner, { concurrency: 3 })
  expect(backend.traits.concurrency).toBe(3)
  const sizes = await Promise.all(Array.from({ length: 20 }, (_, index) => backend.size(`f${index}`, never)))
  expect([sizes.length, most, under]).toEqual([20, 3, 0])
})

test('a download counts until it is closed', async () => {
  const backend = limit(createMemoryBackend(new Map([['f', Buffer.alloc(100_000)]])), { concurrency: 1 })
  const stream = await backend.get('f', never)
  let done = false
  const size = backend.size('f', never).then(() => {
    done = true
  })
  await turn()
  await turn()
  await turn()
  expect(done).toBe(false)
  await buffer(stream)
  await size
  expect(done).toBe(true)
})

test('who waits can be aborted, and takes no turn away', async () => {
  const backend = limit(createMemoryBackend(new Map([['f', Buffer.alloc(10)]])), { concurrency: 1 })
  const stream = await backend.get('f', never)
  const controller = new AbortController()
  const reason = new Error('stop it')
  const waiting = rejection(backend.size('f', controller.signal))
  controller.abort(reason)
  expect(await waiting).toBe(reason)
  stream.destroy()
  expect(await backend.size('f', never)).toBe(10)
})

test('a failed call gives its turn back', async () => {
  const backend = limit(createMemoryBackend(), { concurrency: 1 })
  await rejection(backend.get('missing', never))
  await rejection(backend.get('missing', never))
  expect(await backend.list(never)).toEqual([])
})
