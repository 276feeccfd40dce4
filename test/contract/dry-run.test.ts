import { buffer } from 'node:stream/consumers'
import { beforeEach, expect, test } from '@jest/globals'
import type { Backend } from '../../src/backend/backend.ts'
import { createMemoryBackend } from '../../src/backend/memory/memory.ts'
import { dryRun, type PlannedChange } from '../../src/backend/wrap/dry-run.ts'
import { bodyOf, never, rejection } from './backend-contract.ts'

// The suite in full cannot hold where writing does nothing: the half that reads does.
let backend: Backend
let changes: PlannedChange[]
beforeEach(() => {
  changes = []
  const inner = createMemoryBackend(new Map([['file', Buffer.from('content')]]))
  backend = dryRun(inner, { onPlanned: (change) => changes.push(change) })
})

test('reads what is there', async () => {
  expect(await backend.list(never)).toEqual([{ name: 'file', size: 7 }])
  expect(await backend.size('file', never)).toBe(7)
  expect((await buffer(await backend.get('file', never))).toString()).toBe('content')
  expect(await rejection(backend.get('x', never))).toMatchObject({ code: 'BACKEND_NOT_FOUND' })
  expect(changes).toEqual([])
})

test('tells of changes, opens no body, and changes nothing', async () => {
  const open = (): never => {
    throw new Error('opened')
  }
  await backend.put('new', { size: 5, open }, never)
  await backend.put('file', { size: 1, open }, never)
  await backend.delete('file', never)
  expect(changes).toEqual([
    { operation: 'put', name: 'new', size: 5 },
    { operation: 'put', name: 'file', size: 1 },
    { operation: 'delete', name: 'file' },
  ])
  expect(await backend.list(never)).toEqual([{ name: 'file', size: 7 }])
  expect((await buffer(await backend.get('file', never))).toString()).toBe('content')
})

test('size answers as after the change, so that a checked upload is content', async () => {
  await backend.put('new', bodyOf(Buffer.from('12345')), never)
  expect(await backend.size('new', never)).toBe(5)
  await backend.delete('file', never)
  expect(await backend.size('file', never)).toBeUndefined()
})

test('an aborted call and a call after close tell of nothing', async () => {
  const reason = new Error('stop it')
  const body = bodyOf(Buffer.from('x'))
  expect(await rejection(backend.put('new', body, AbortSignal.abort(reason)))).toBe(reason)
  expect(await rejection(backend.delete('file', AbortSignal.abort(reason)))).toBe(reason)
  await backend.close()
  const calls = [
    backend.list(never),
    backend.size('x', never),
    backend.get('x', never),
    backend.put('x', body, never),
    backend.delete('x', never),
  ]
  for (const error of await Promise.all(calls.map(rejection))) {
    expect(error).toMatchObject({ code: 'BACKEND_ERROR' })
  }
  expect(changes).toEqual([])
})
