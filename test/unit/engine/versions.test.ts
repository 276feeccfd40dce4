import { mkdtempSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createMemoryBackend } from '../../../src/backend/memory/memory.ts'
import { backup } from '../../../src/engine/backup.ts'
import { compareStates } from '../../../src/engine/compare.ts'
import { listCurrentFiles } from '../../../src/engine/list.ts'
import type { EngineEvent } from '../../../src/engine/events.ts'
import { versions } from '../../../src/engine/versions.ts'
import { fileBodyOf } from '../../support/bodies.ts'
import { backupRequest, testContext, type TestContext } from '../../support/context.ts'

const T0 = 1700000000
const DAY = 86400
const dir = mkdtempSync(join(tmpdir(), 'duba-versions-'))
const source = join(dir, 'source')
const backend = createMemoryBackend()
const { signal } = new AbortController()
const cold = mkdtempSync(join(tmpdir(), 'duba-versions-cold-'))
const at = (day: number): TestContext => testContext({ backend, dir, now: T0 + day * DAY })

async function save(day: number, files: Readonly<Record<string, string>>, kind: 'auto' | 'full' = 'auto') {
  rmSync(source, { recursive: true, force: true })
  mkdirSync(source)
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(source, name), content)
    utimesSync(join(source, name), T0 + content.length, T0 + content.length)
  }
  utimesSync(source, T0, T0)
  await backup(backupRequest(source, { kind }), at(day))
}

beforeAll(async () => {
  await save(0, { a: 'one', b: 'stays' })
  await save(1, { a: 'longer', b: 'stays' })
  await save(2, { b: 'stays' })
  await save(3, { a: 'again!!', b: 'stays' }, 'full')
})
afterAll(() => {
  for (const each of [dir, cold]) rmSync(each, { recursive: true, force: true })
})

const told = (events: readonly EngineEvent[]): string[] =>
  events.flatMap((event) => {
    if (event.type === 'version')
      return [`${event.path} ${event.action} ${(event.end - T0) / DAY} ${event.size ?? '-'}`]
    return event.type === 'state-difference' ? [`${event.change} ${event.path} ${event.what.join(',')}`] : []
  })

test('every set that stored or deleted a path is told, over all chains', async () => {
  const context = at(4)
  await versions({ path: 'a', exact: true, find: undefined }, context)
  expect(told(context.events)).toEqual(['a stored 0 3', 'a stored 1 6', 'a deleted 2 -', 'a stored 3 7'])
})

test('a pattern chooses paths; a file that was made anew was stored anew', async () => {
  const context = at(4)
  expect(await versions({ path: '', exact: false, find: { glob: 'b', root: source } }, context)).toEqual({
    entries: 4,
  })
  expect(told(context.events)).toEqual([0, 1, 2, 3].map((day) => `b stored ${day} 5`))
})

test.each([
  [0, 1, ['changed a size,time,content']],
  [1, 2, ['removed a ']],
  [0, 3, ['changed a size,time,content']],
  [2, 3, ['added a ']],
])('day %i and day %i are compared, also across chains', async (from, until, expected) => {
  const context = at(4)
  const request = { before: T0 + from * DAY, after: T0 + until * DAY, path: '' }
  expect(await compareStates(request, context)).toEqual({ differences: expected.length })
  // Each backup sees a new root directory.
  expect(told(context.events).filter((line) => !/^changed {2}/.test(line))).toEqual(expected)
})

test('a moment before the first backup is refused', async () => {
  await expect(compareStates({ before: T0 - 1, after: T0 + DAY, path: '' }, at(4))).rejects.toMatchObject({
    code: 'TOO_EARLY',
  })
})

test('a set whose signatures are lost is named when all that is known was told', async () => {
  const other = createMemoryBackend()
  for (const { name } of await backend.list(signal)) {
    if (name.includes('new-signatures.20231115')) continue
    const bytes = await buffer(await backend.get(name, signal))
    await other.put(name, fileBodyOf(bytes), signal)
  }
  const lost = { code: 'SIGNATURES_LOST', message: expect.stringContaining('The backup of 20231116T221320Z') }
  const looking = (): TestContext => testContext({ backend: other, dir: cold, now: T0 + 4 * DAY })

  const whole = looking()
  const everything = { path: 'a', exact: true, find: undefined }
  await expect(versions(everything, whole)).rejects.toMatchObject(lost)
  expect(told(whole.events)).toEqual(['a stored 0 3', 'a stored 1 6', 'a stored 3 7'])

  const between = (before: number, after: number) => ({
    before: T0 + before * DAY,
    after: T0 + after * DAY,
    path: '',
  })
  await expect(compareStates(between(0, 2), looking())).rejects.toMatchObject(lost)
  await expect(compareStates(between(2, 3), looking())).rejects.toMatchObject(lost)
  expect(await compareStates(between(0, 1), looking())).toEqual({ differences: 1 })

  const listing = looking()
  const list = { time: T0 + 2.5 * DAY, metadataSync: 'partial' } as const
  await expect(listCurrentFiles(list, listing)).rejects.toMatchObject(lost)
  expect(listing.events.flatMap((event) => (event.type === 'listed' ? [event.path] : []))).toEqual([
    '',
    'a',
    'b',
  ])
  expect(await listCurrentFiles({ ...list, time: T0 + 3 * DAY }, looking())).toEqual({ entries: 3 })
})

test('where no signatures are left it is not said that there is no backup', async () => {
  const other = createMemoryBackend()
  for (const { name } of await backend.list(signal)) {
    if (name.includes('signatures')) continue
    await other.put(name, fileBodyOf(await buffer(await backend.get(name, signal))), signal)
  }
  const looking = (): TestContext =>
    testContext({ backend: other, dir: join(cold, 'none'), now: T0 + 4 * DAY })
  const lost = { code: 'SIGNATURES_LOST', message: expect.stringContaining('20231114T221320Z, 20231115T') }
  const time = T0 + 4 * DAY
  await expect(listCurrentFiles({ time, metadataSync: 'partial' }, looking())).rejects.toMatchObject(lost)
  await expect(versions({ path: '', exact: false, find: undefined }, looking())).rejects.toMatchObject(lost)
  await expect(compareStates({ before: T0, after: time, path: '' }, looking())).rejects.toMatchObject(lost)
  const empty = testContext({ backend: createMemoryBackend(), dir: join(cold, 'empty'), now: time })
  await expect(listCurrentFiles({ time, metadataSync: 'partial' }, empty)).rejects.toMatchObject({
    code: 'NO_BACKUPS',
  })
})
