import { buffer } from 'node:stream/consumers'
import { expect, test } from '@jest/globals'
import { createMemoryBackend } from '../../../../src/backend/memory/memory.ts'
import { type BackendTrace, trace } from '../../../../src/backend/wrap/trace.ts'
import { bodyOf, never, rejection } from '../../../contract/backend-contract.ts'

test('each call is told when it has ended: what, how much, how long, and why not', async () => {
  const told: BackendTrace[] = []
  let clock = 0
  const backend = trace(createMemoryBackend(), {
    onCall: (each) => told.push(each),
    monotonic: () => (clock += 2),
  })
  await backend.put('f', bodyOf(Buffer.alloc(100_000)), never)
  await backend.list(never)
  await backend.size('f', never)
  await buffer(await backend.get('f', never))
  await rejection(backend.get('g', never))
  await backend.delete('f', never)
  const seconds = 2
  const error = undefined
  expect(told).toEqual([
    { operation: 'put', name: 'f', bytes: 100_000, seconds, error },
    { operation: 'list', name: undefined, bytes: 0, seconds, error },
    { operation: 'size', name: 'f', bytes: 0, seconds, error },
    { operation: 'get', name: 'f', bytes: 100_000, seconds, error },
    { operation: 'get', name: 'g', bytes: 0, seconds, error: 'g is not on memory://.' },
    { operation: 'delete', name: 'f', bytes: 0, seconds, error },
  ])
})

test('a download that broke tells why, one that was given up does not', async () => {
  const told: BackendTrace[] = []
  const store = new Map([['f', Buffer.alloc(1_000_000)]])
  const backend = trace(createMemoryBackend(store), { onCall: (each) => told.push(each), monotonic: () => 0 })
  const controller = new AbortController()
  for (const end of ['abort', 'destroy']) {
    const stream = await backend.get('f', controller.signal)
    stream.on('error', () => undefined)
    await stream[Symbol.asyncIterator]().next()
    const closed = new Promise((resolve) => stream.once('close', resolve))
    if (end === 'destroy') stream.destroy()
    else controller.abort(new Error('stop it'))
    await closed
    if (end === 'abort') break
  }
  const stream = await backend.get('f', never)
  const closed = new Promise((resolve) => stream.once('close', resolve))
  stream.destroy()
  await closed
  expect(told.map(({ error }) => error)).toEqual(['stop it', undefined])
})
