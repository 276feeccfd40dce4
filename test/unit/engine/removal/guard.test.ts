import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Backend } from '../../../../src/backend/backend.ts'
import { createMemoryBackend } from '../../../../src/backend/memory/memory.ts'
import type { EngineEvent } from '../../../../src/engine/events.ts'
import { removeOld } from '../../../../src/engine/remove.ts'
import { formatNameTime } from '../../../../src/format/name-time.ts'
import { testContext, type TestContext } from '../../../support/context.ts'
import { useTempDir } from '../../../support/temp.ts'

const dir = useTempDir('guard')
const day = 86_400
const now = 1_700_000_000
let backend: Backend
let context: TestContext

beforeEach(() => {
  rmSync(join(dir, 'archive'), { recursive: true, force: true })
  backend = createMemoryBackend()
  context = testContext({ backend, dir, now })
})

async function put(name: string, size = 3): Promise<void> {
  const bytes = Buffer.alloc(size, 'x')
  await backend.put(name, { size, open: () => Readable.from([bytes]) }, context.signal)
}

/** Stores a full backup of so many days ago; gives the names of its volumes. */
async function full(daysAgo: number, volumes = 2): Promise<string[]> {
  const time = formatNameTime(now - daysAgo * day)
  const names = Array.from(
    { length: volumes },
    (_, index) => `duplicity-full.${time}.vol${index + 1}.difftar.gz`,
  )
  for (const name of names) await put(name)
  await put(`duplicity-full.${time}.manifest`)
  await put(`duplicity-full-signatures.${time}.sigtar.gz`)
  writeFileSync(join(context.archiveDir, `duplicity-full-signatures.${time}.sigtar.gz`), 'x')
  const manifest = names.map((_, index) => `Volume ${index + 1}:\n StartingPath .\n EndingPath a\n`).join('')
  writeFileSync(join(context.archiveDir, `duplicity-full.${time}.manifest`), manifest)
  return names
}

const remove = (keepChains: number, more: object = {}) =>
  removeOld(
    {
      age: { kind: 'older-than', time: now - 10 * day },
      incrementsOnly: false,
      force: true,
      dryRun: false,
      guard: { keepChains },
      ...more,
    },
    context,
  )
const left = async (): Promise<number> =>
  (await backend.list(context.signal)).filter(({ name }) => name.includes('manifest')).length
const found = (type: EngineEvent['type']): EngineEvent[] =>
  context.events.filter((event) => event.type === type)

describe('the guard of a removal', () => {
  test('spares the newest complete chains', async () => {
    for (const days of [40, 30, 20, 1]) await full(days)
    await remove(3)
    expect(await left()).toBe(3)
    expect(found('removal-spared')).toEqual([{ type: 'removal-spared', chains: 2 }])
    await remove(1)
    expect(await left()).toBe(1)
  })

  test('does not count chains with volumes missing at their ends', async () => {
    await full(40)
    const [, last = ''] = await full(30)
    await full(1)
    await backend.delete(last, context.signal)
    await remove(2)
    expect(await left()).toBe(3)
  })

  test('counts no volume twice that stands twice in a manifest, as after a restart of duplicity', async () => {
    await full(40)
    await full(1, 3)
    const path = join(context.archiveDir, `duplicity-full.${formatNameTime(now - day)}.manifest`)
    const blocks = [1, 2, 2, 3].map((number) => `Volume ${number}:\n StartingPath .\n EndingPath a\n`)
    writeFileSync(path, blocks.join(''))
    await remove(1)
    expect(await left()).toBe(1)
  })

  test('stops where the newest chain is not whole', async () => {
    await full(40)
    const [first = ''] = await full(1)
    await backend.delete(first, context.signal)
    await expect(remove(1)).rejects.toMatchObject({ code: 'VOLUME_MISSING' })
    expect(await left()).toBe(2)
  })

  test('stops where a file of the newest chain has another size than was stored', async () => {
    await full(40)
    const [first = ''] = await full(1)
    writeFileSync(join(context.archiveDir, '.duba-stored'), `["${first}",4]\nbroken\n["gone",1]\n`)
    await expect(remove(1)).rejects.toMatchObject({ code: 'VOLUME_MISSING' })
    expect(await left()).toBe(2)
    await put(first, 4)
    await remove(1)
    expect(await left()).toBe(1)
  })

  test('stops where the signatures of the newest chain have become empty', async () => {
    await full(40)
    await full(1)
    const name = `duplicity-full-signatures.${formatNameTime(now - day)}.sigtar.gz`
    writeFileSync(join(context.archiveDir, '.duba-stored'), `["${name}",3]\n`)
    await put(name, 0)
    await expect(remove(1)).rejects.toMatchObject({ code: 'VOLUME_MISSING' })
    expect(await left()).toBe(2)
  })

  test('stops where a backup is dated in the future', async () => {
    await full(40)
    await full(-1)
    await expect(remove(1)).rejects.toMatchObject({ code: 'CLOCK' })
    expect(await left()).toBe(2)
  })

  test('lets what is abandoned go whole, when it is old', async () => {
    await full(40)
    await full(20)
    await remove(0)
    expect(await left()).toBe(1)
    const claim = { host: 'h', machine: undefined, unmarked: false }
    await expect(remove(0, { abandoned: true, claim })).rejects.toMatchObject({ code: 'MARKER_MISMATCH' })
    expect(await left()).toBe(1)
    await remove(0, { abandoned: true })
    expect(await backend.list(context.signal)).toEqual([])
  })
})
