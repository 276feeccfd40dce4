/** What a backup tells of the chain that it continues. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, jest, test } from '@jest/globals'
import { createMemoryBackend, type MemoryStore } from '../../../../src/backend/memory/memory.ts'
import { backup } from '../../../../src/engine/backup.ts'
import type { BackupRequest } from '../../../../src/engine/request.ts'
import { backupRequest, testContext } from '../../../support/context.ts'
import { useTempDir } from '../../../support/temp.ts'
import { noise } from '../../../support/tree.ts'

const T0 = 1_700_000_000
const full = 'duplicity-full.20231114T221320Z'
const dir = useTempDir('wholeness')
let store: MemoryStore

beforeEach(async () => {
  rmSync(dir, { recursive: true, force: true })
  store = new Map()
  mkdirSync(join(dir, 'source'), { recursive: true })
  writeFileSync(join(dir, 'source', 'big'), noise('wholeness', 2_500_000))
  expect(await run(0)).toEqual([])
  expect([...store.keys()].filter((name) => name.includes('.vol'))).toHaveLength(3)
})

/** Backs up after so many days; gives what was told of the chain. */
async function run(day: number, over: Partial<BackupRequest> = {}) {
  const backend = createMemoryBackend(store)
  const list = jest.spyOn(backend, 'list')
  const context = testContext({ backend, dir, now: T0 + day * 86_400 })
  writeFileSync(join(dir, 'source', `day ${day}`), 'x')
  await backup(backupRequest(join(dir, 'source'), over), context)
  // Before the backup, and to see what has arrived: none for the chain.
  expect(list).toHaveBeenCalledTimes(over.dryRun === true ? 1 : 2)
  return context.events.filter((event) => event.type === 'chain-damaged')
}

const bytesOf = (name: string): Buffer => store.get(name) ?? Buffer.alloc(0)
const last = `${full}.vol3.difftar.gz`
const lost = {
  type: 'chain-damaged',
  kind: 'volume-missing',
  detail: `volume 3 of ${full}.manifest is missing`,
}

test('a last volume that is gone is told until there is a new full backup, in a dry run too', async () => {
  expect(await run(1)).toEqual([])
  store.delete(last)
  expect(await run(2)).toEqual([lost])
  expect(await run(3, { dryRun: true })).toEqual([lost])
  expect(await run(4, { kind: 'full' })).toEqual([])
  expect(await run(5)).toEqual([])
})

test('a file of another size than was uploaded is told where that is known', async () => {
  const size = bytesOf(last).length
  store.set(last, bytesOf(last).subarray(0, 1000))
  const detail = `${last} has 1000 bytes where ${size} were stored`
  expect(await run(1)).toEqual([{ type: 'chain-damaged', kind: 'volume-size', detail }])
  // As with chains that duplicity wrote, and after the cache was lost.
  rmSync(join(dir, 'archive', '.duba-stored'))
  expect(await run(2)).toEqual([])
  store.delete(last)
  expect(await run(3)).toEqual([lost])
})

test('of much that is wrong three things are named', async () => {
  store.delete(last)
  for (const name of [`${full}.vol1.difftar.gz`, `${full}.vol2.difftar.gz`])
    store.set(name, bytesOf(name).subarray(1))
  await run(1)
  const inc = [...store.keys()].find((name) => name.includes('inc') && name.includes('.vol1.')) ?? ''
  store.set(inc, bytesOf(inc).subarray(1))
  const [told] = await run(2)
  expect(told).toMatchObject({
    kind: 'volume-missing',
    detail: expect.stringMatching(/^volume 3 .*\.vol1\..*\.vol2\..* and 1 more$/),
  })
})
