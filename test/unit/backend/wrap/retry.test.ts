import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { beforeEach, expect, test } from '@jest/globals'
import type { Backend } from '../../../../src/backend/backend.ts'
import { createMemoryBackend } from '../../../../src/backend/memory/memory.ts'
import { delegate } from '../../../../src/backend/wrap/delegate.ts'
import { retry, type Retry } from '../../../../src/backend/wrap/retry.ts'
import { type ErrorCode, UserError } from '../../../../src/lib/errors.ts'
import { bodyOf, never, rejection } from '../../../contract/backend-contract.ts'

let told: Retry[]
let slept: number[]
let calls: number
beforeEach(() => {
  told = []
  slept = []
  calls = 0
})

const options = (attempts: number) => ({
  attempts,
  delay: 30,
  sleep: (seconds: number) => {
    slept.push(seconds)
    return Promise.resolve()
  },
  onRetry: (each: Retry) => {
    told.push(each)
  },
})

/** A backend whose `size` and `delete` fail so many times. */
function flaky(failures: number, error: Error): Backend {
  const inner = createMemoryBackend()
  const attempt = <T>(work: () => Promise<T>): Promise<T> => {
    calls += 1
    return calls <= failures ? Promise.reject(error) : work()
  }
  return delegate(inner, {
    size: (name, signal) => attempt(() => inner.size(name, signal)),
    delete: (name, signal) => attempt(() => inner.delete(name, signal)),
    put: (name, body, signal) => attempt(() => inner.put(name, body, signal)),
  })
}
const failure = (code: ErrorCode) => new UserError(code, 'It broke.', { hint: 'Mend it.' })

test('tries again after the delay, and tells', async () => {
  const error = failure('BACKEND_ERROR')
  const backend = retry(flaky(2, error), options(3))
  await backend.delete('f', never)
  expect(told).toEqual([
    { operation: 'delete', name: 'f', attempt: 1, error },
    { operation: 'delete', name: 'f', attempt: 2, error },
  ])
  expect([calls, slept]).toEqual([3, [30, 30]])
})

test('a body is opened anew for each attempt', async () => {
  const backend = retry(flaky(1, failure('BACKEND_ERROR')), options(2))
  await backend.put('f', bodyOf(Buffer.from('content')), never)
  expect((await buffer(await backend.get('f', never))).toString()).toBe('content')
})

test.each<ErrorCode>(['BACKEND_ERROR', 'BACKEND_DENIED', 'BACKEND_NO_SPACE'])(
  'gives up with %s kept',
  async (code) => {
    const cause = failure(code)
    const error = await rejection(retry(flaky(9, cause), options(5)).size('f', never))
    expect(error).toMatchObject({
      code,
      message: 'Giving up after 5 attempts. It broke.',
      hint: 'Mend it.',
      extra: 'size',
      cause,
    })
    expect([calls, slept.length]).toEqual([5, 4])
  },
)

test('a single attempt is one', async () => {
  const error = await rejection(retry(flaky(1, failure('BACKEND_ERROR')), options(1)).size('f', never))
  expect(String(error)).toContain('Giving up after 1 attempt. ')
  expect(slept).toEqual([])
})

test('what cannot get better is thrown as it is, at once', async () => {
  for (const error of [failure('BACKEND_NOT_FOUND'), failure('NOT_SUPPORTED'), new TypeError('a bug')]) {
    calls = 0
    expect(await rejection(retry(flaky(9, error), options(5)).size('f', never))).toBe(error)
    expect(calls).toBe(1)
  }
  expect(told).toEqual([])
})

test('an aborted signal: nothing is begun, and nothing is tried again', async () => {
  const reason = new Error('stop it')
  const aborted = AbortSignal.abort(reason)
  expect(await rejection(retry(flaky(0, failure('BACKEND_ERROR')), options(5)).delete('f', aborted))).toBe(
    reason,
  )
  expect(calls).toBe(0)

  const controller = new AbortController()
  const inner = delegate(createMemoryBackend(), {
    size: () => {
      calls += 1
      controller.abort(reason)
      return Promise.reject(failure('BACKEND_ERROR'))
    },
  })
  expect(await rejection(retry(inner, options(5)).size('f', controller.signal))).toBe(reason)
  expect(calls).toBe(1)
})

test('an abort during the delay ends the call', async () => {
  const controller = new AbortController()
  const reason = new Error('stop it')
  const sleep = (_: number, signal: AbortSignal): Promise<void> => {
    controller.abort(reason)
    return Promise.reject(signal.reason as Error)
  }
  const backend = retry(flaky(9, failure('BACKEND_ERROR')), { ...options(5), sleep })
  expect(await rejection(backend.size('f', controller.signal))).toBe(reason)
})

/** A backend whose downloads break off after these numbers of bytes, one after the other, then run through. */
function breaking(bytes: Buffer, breaks: number[], error: Error = failure('BACKEND_ERROR')): Backend {
  return delegate(createMemoryBackend(), {
    get: () => {
      calls += 1
      const limit = breaks.shift()
      let position = 0
      return Promise.resolve(
        new Readable({
          read() {
            const piece = bytes.subarray(position, Math.min(position + 1000, limit ?? bytes.length))
            position += piece.length
            if (piece.length > 0) this.push(piece)
            else if (limit === undefined) this.push(null)
            else this.destroy(error)
          },
        }),
      )
    },
  })
}

test('a download that breaks off goes on where it was', async () => {
  const bytes = randomBytes(10_000)
  const backend = retry(breaking(bytes, [3500, 0, 2000, 9999]), options(5))
  const found = await buffer(await backend.get('f', never))
  expect(found.equals(bytes)).toBe(true)
  expect(told.map(({ operation, attempt }) => [operation, attempt])).toEqual([
    ['get', 1],
    ['get', 2],
    ['get', 3],
    ['get', 4],
  ])
})

test('a download that keeps breaking is given up', async () => {
  const backend = retry(breaking(randomBytes(10_000), [5000, 5000, 5000]), options(3))
  const error = await rejection(buffer(await backend.get('f', never)))
  expect(error).toMatchObject({ code: 'BACKEND_ERROR', message: 'Giving up after 3 attempts. It broke.' })
  expect(calls).toBe(3)
})

test('a file that became shorter in between is not passed off as whole', async () => {
  const long = breaking(randomBytes(200_000), [100_000])
  const short = breaking(randomBytes(4000), [])
  let first = true
  const inner = delegate(long, {
    get: (name, signal) => {
      const from = first ? long : short
      first = false
      return from.get(name, signal)
    },
  })
  const error = await rejection(buffer(await retry(inner, options(2)).get('f', never)))
  expect(String(error)).toContain('became shorter')
})

test('a reader that gives up is no failure', async () => {
  const backend = retry(breaking(randomBytes(10_000), []), options(3))
  const stream = await backend.get('f', never)
  stream.on('error', () => undefined)
  await stream[Symbol.asyncIterator]().next()
  const closed = new Promise((resolve) => stream.once('close', resolve))
  stream.destroy(new Error('enough'))
  await closed
  expect([calls, told]).toEqual([1, []])
})
