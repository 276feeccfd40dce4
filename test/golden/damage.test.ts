/**
 * Each file of repositories that real duplicity wrote is flipped, cut short and deleted in turn: `check` names it, and a
 * salvage gives back nothing that is not as it was without saying so.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, jest, test } from '@jest/globals'
import { createMemoryBackend, type MemoryStore } from '../../src/backend/memory/memory.ts'
import { check } from '../../src/engine/check.ts'
import { restore } from '../../src/engine/restore.ts'
import { comparePaths } from '../../src/format/path-order.ts'
import { listTree, readListing } from '../support/compare.ts'
import { testContext, type TestContext } from '../support/context.ts'
import { useTempDir } from '../support/temp.ts'
import { goldenCases } from './case.ts'

jest.setTimeout(120_000)

const golden = goldenCases.find(({ name }) => name === 'a-plain')
const folder = golden?.folder ?? ''
const whole = new Map<string, Buffer>(
  readdirSync(join(folder, 'repo')).map((name) => [name, readFileSync(join(folder, 'repo', name))]),
)
const session = golden?.sessions.at(-2)
const rows = readListing(join(folder, session?.tree ?? ''))
const time = session?.time ?? 0
const work = useTempDir('damage')
let serial = 0

const harms: Record<string, (store: MemoryStore, name: string, bytes: Buffer) => void> = {
  flipped: (store, name, bytes) => {
    const changed = Buffer.from(bytes)
    changed.writeUInt8(changed.readUInt8(bytes.length >> 1) ^ 16, bytes.length >> 1)
    store.set(name, changed)
  },
  'cut short': (store, name, bytes) => void store.set(name, bytes.subarray(0, bytes.length >> 1)),
  deleted: (store, name) => void store.delete(name),
}

function contextOf(store: MemoryStore): TestContext {
  serial += 1
  return testContext({ backend: createMemoryBackend(store), dir: join(work, String(serial)), now: time })
}

/** Paths that are not as they were, and nobody said so. */
async function silent(store: MemoryStore): Promise<string[]> {
  const context = contextOf(store)
  const target = join(work, `target-${serial}`)
  const { salvaged } = await restore(
    {
      ...{ target, path: '', time, force: false, dryRun: false, numericOwner: true, restoreOwner: true },
      ...({ ignoreErrors: true, renames: [], metadataSync: 'partial' } as const),
    },
    context,
  )
  const found = new Map(listTree(target).map((row) => [row.path, row]))
  const told = new Set(context.events.flatMap((event) => (event.type === 'salvage-path' ? [event.path] : [])))
  const ranges = context.events.flatMap((event) => (event.type === 'salvage-loss' && !event.exact ? [event] : []))
  const covered = (path: string): boolean =>
    told.has(path) ||
    ranges.some(
      ({ from, to }) => comparePaths(from, path) <= 0 && (to === undefined || comparePaths(path, to) <= 0),
    )
  const different = rows.filter((row) => {
    const now = found.get(row.path)
    found.delete(row.path)
    return now?.type !== row.type || now.sha256 !== row.sha256 || now.link !== row.link
  })
  const wrong = [...different.map(({ path }) => path), ...found.keys()]
  if (wrong.length > 0) expect(salvaged).toBe(true)
  return wrong.filter((path) => !covered(path))
}

describe.each(Object.keys(harms))('every file, %s', (harm) => {
  test.each([...whole.keys()])('%s', async (name) => {
    const store = new Map(whole)
    harms[harm]?.(store, name, whole.get(name) ?? Buffer.alloc(0))
    expect(await silent(store)).toEqual([])
    const context = contextOf(store)
    const { allGood } = await check({ readData: { percent: 100, seed: 0 } }, context)
    expect(allGood).toBe(false)
  })
})

test('nothing is told of a repository that is whole', async () => {
  expect(await silent(new Map(whole))).toEqual([])
  expect((await check({ readData: { percent: 100, seed: 0 } }, contextOf(new Map(whole)))).allGood).toBe(true)
})
