import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { openBackend, type OpenOptions, schemes } from '../../../src/backend/open.ts'
import { parseUrl } from '../../../src/backend/url.ts'
import type { BackendTrace } from '../../../src/backend/wrap/trace.ts'
import { UserError } from '../../../src/lib/errors.ts'
import { bodyOf, never, rejection } from '../../contract/backend-contract.ts'

let dir: string
let told: string[]
let options: OpenOptions
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'duba-open-'))
  told = []
  options = {
    cwd: dir,
    now: () => 0,
    retry: {
      attempts: 2,
      delay: 1,
      sleep: () => Promise.resolve(),
      onRetry: ({ operation }) => told.push(`retry ${operation}`),
    },
  }
})
afterEach(() => {
  rmSync(dir, { recursive: true })
})
const traced = { monotonic: () => 0, onCall: ({ operation }: BackendTrace) => told.push(operation) }

test('a plain file backend', async () => {
  const backend = openBackend(parseUrl('file://x'), options)
  await backend.put('f', bodyOf(Buffer.from('x')), never)
  expect(await backend.list(never)).toEqual([{ name: 'f', size: 1 }])
  expect(backend.traits).toEqual({ atomicPut: true, concurrency: 8, local: true })
  await backend.close()
})

test('every attempt is traced, inside the retries', async () => {
  writeFileSync(join(dir, 'file'), '')
  const backend = openBackend(parseUrl('file://file'), {
    ...options,
    trace: traced,
    limit: { concurrency: 2 },
  })
  expect(String(await rejection(backend.list(never)))).toContain('Giving up after 2 attempts.')
  expect(told).toEqual(['list', 'retry list', 'list'])
  expect(backend.traits.concurrency).toBe(2)
})

test('in a dry run no change gets as far as the place', async () => {
  const onPlanned = ({ operation, name }: { operation: string; name: string }): void => {
    told.push(`would ${operation} ${name}`)
  }
  const backend = openBackend(parseUrl(`file://${dir}/x`), {
    ...options,
    trace: traced,
    dryRun: { onPlanned },
  })
  await backend.put('f', bodyOf(Buffer.from('x')), never)
  await backend.delete('g', never)
  expect(told).toEqual(['would put f', 'would delete g'])
  expect(readdirSync(dir)).toEqual([])
})

test.each(['tg://x', 'par2+file:///x', 'constructor://x', 'b2://id:geheim@bucket'])(
  '%s is not served',
  (url) => {
    try {
      openBackend(parseUrl(url), options)
    } catch (error) {
      expect(error).toMatchObject({ code: 'UNSUPPORTED_SCHEME', extra: 'UnsupportedBackendScheme' })
      const { message, hint = '' } = error as UserError
      expect(message).not.toContain('geheim')
      for (const scheme of schemes) expect(hint).toContain(`${scheme}://`)
      return
    }
    throw new Error(`${url} was opened`)
  },
)
