import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createMemoryBackend, type MemoryStore } from '../../../src/backend/memory/memory.ts'
import { backup } from '../../../src/engine/backup.ts'
import { check } from '../../../src/engine/check.ts'
import type { EngineEvent } from '../../../src/engine/events.ts'
import { describe as wordsOf } from '../../../src/report/duplicity/words.ts'
import { noise } from '../../support/crypt.ts'
import { backupRequest, testContext, type TestContext } from '../../support/context.ts'

const T0 = 1700000000
const full = 'duplicity-full.20231114T221320Z'
const inc = 'duplicity-inc.20231114T221320Z.to.20231115T221320Z'
let dir: string
let store: MemoryStore

/** A repository of a full with three volumes and an incremental, of which every test has its copy. */
const made: MemoryStore = new Map()

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'duba-test-'))
  store = new Map(made)
  if (made.size > 0) return
  const source = join(dir, 'source')
  await mkdir(source)
  await writeFile(join(source, 'big'), noise(2_500_000))
  await writeFile(join(source, 'small'), 'small')
  await utimes(source, T0, T0)
  await save(source, 0)
  await writeFile(join(source, 'small'), 'changed')
  await writeFile(join(source, 'new'), 'new')
  await utimes(source, T0, T0 + 5)
  await save(source, 1)
  for (const [name, bytes] of store) made.set(name, bytes)
})
afterEach(async () => {
  await rm(dir, { recursive: true, force: true })
})

const contextAt = (day: number, archive = 'first'): TestContext =>
  testContext({ backend: createMemoryBackend(store), dir: join(dir, archive), now: T0 + day * 86400 })

async function save(source: string, day: number): Promise<void> {
  await backup(backupRequest(source), contextAt(day))
}

type SetEvent = EngineEvent & { type: 'check-set' }

/** Checks; gives verdict and kinds of findings of each set, and the events. */
async function run(readData?: { percent: number; seed: number }) {
  const context = contextAt(2, 'fresh')
  const summary = await check({ readData }, context)
  const sets = context.events.filter((event): event is SetEvent => event.type === 'check-set')
  const verdicts = sets.map(({ verdict, findings }) =>
    [verdict, ...new Set(findings.filter(({ grade }) => grade !== 'note').map(({ kind }) => kind))].join(' '),
  )
  return { summary, verdicts, events: context.events }
}

const everything = { percent: 100, seed: 0 }

test('a sound repository is good, read or unread', async () => {
  expect(await run()).toMatchObject({
    verdicts: ['good', 'good'],
    summary: { allGood: true, read: 0, volumes: 4 },
  })
  const { verdicts, summary } = await run(everything)
  expect(verdicts).toEqual(['good', 'good'])
  expect(summary).toMatchObject({ good: 2, damaged: 0, read: 4, foreign: 0, closed: 0, strays: 0 })
})

test('a sample is repeated by its seed', async () => {
  const one = await run({ percent: 50, seed: 7 })
  expect(one.summary.read).toBe(2)
  expect(one.events[0]).toEqual({ type: 'check-sample', percent: 50, seed: 7, chosen: 2, total: 4 })
  const reads = ({ events }: typeof one) =>
    events.filter((event): event is SetEvent => event.type === 'check-set').map(({ read }) => read)
  expect(reads(await run({ percent: 50, seed: 7 }))).toEqual(reads(one))
})

const bytesOf = (name: string): Buffer => store.get(name) ?? Buffer.alloc(0)
const flip = (name: string): void => {
  const bytes = Buffer.from(bytesOf(name))
  const at = bytes.length >> 1
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
  store.set(name, bytes)
}

describe('damage is named, and the rest is looked at', () => {
  const signatures = 'duplicity-full-signatures.20231114T221320Z.sigtar.gz'
  test.each<[string, () => void, string[], string[]]>([
    [
      'a missing volume',
      () => store.delete(`${full}.vol2.difftar.gz`),
      ['damaged volume-missing', 'damaged base'],
      [],
    ],
    [
      'an empty volume',
      () => store.set(`${full}.vol2.difftar.gz`, Buffer.alloc(0)),
      ['damaged volume-missing', 'damaged base'],
      [],
    ],
    [
      'a volume of a few bytes',
      () => store.set(`${inc}.vol1.difftar.gz`, Buffer.alloc(9)),
      ['good', 'damaged volume-size'],
      ['good', 'damaged volume-size hash'],
    ],
    [
      'a changed volume',
      () => {
        flip(`${full}.vol2.difftar.gz`)
      },
      ['good', 'good'],
      ['damaged hash', 'damaged base'],
    ],
    [
      'a missing manifest of the full',
      () => store.delete(`${full}.manifest`),
      ['damaged manifest', 'damaged orphaned base'],
      [],
    ],
    [
      'a missing manifest of the last set',
      () => store.delete(`${inc}.manifest`),
      ['good', 'suspicious unfinished'],
      [],
    ],
    [
      'a manifest that is none',
      () => store.set(`${inc}.manifest`, Buffer.from('x')),
      ['good', 'damaged manifest'],
      [],
    ],
    ['missing signatures', () => store.delete(signatures), ['suspicious signatures', 'good'], []],
    [
      'changed signatures',
      () => {
        flip(signatures)
      },
      ['damaged integrity', 'damaged base'],
      [],
    ],
    [
      'a volume that is listed nowhere',
      () => store.set(`${inc}.vol2.difftar.gz`, Buffer.alloc(50)),
      ['good', 'suspicious volume-unlisted'],
      [],
    ],
  ])('%s', async (_, harm, unread, read) => {
    harm()
    expect((await run()).verdicts).toEqual(unread)
    const both = await run(everything)
    expect(both.verdicts).toEqual(read.length > 0 ? read : unread)
    expect(both.summary.allGood).toBe(false)
  })

  test('what an interrupted session left is no fault', async () => {
    for (const name of [
      `${inc}.manifest`,
      'duplicity-new-signatures.20231114T221320Z.to.20231115T221320Z.sigtar.gz',
    ])
      store.delete(name)
    const { summary, verdicts } = await run(everything)
    expect(summary).toMatchObject({ good: 1, unfinished: 1, allGood: true })
    expect(verdicts).toEqual(['good', 'good'])
  })

  test('signatures of another set of paths', async () => {
    const other = 'duplicity-new-signatures.20231114T221320Z.to.20231115T221320Z.sigtar.gz'
    store.set(signatures, bytesOf(other))
    expect((await run()).verdicts).toEqual(['suspicious signatures', 'good'])
    store.set(signatures, made.get(signatures) ?? Buffer.alloc(0))
    store.set(other, bytesOf(signatures))
    expect((await run(everything)).verdicts).toEqual(['good', 'suspicious signatures'])
  })

  test('a manifest with a gap, without its end, without hashes, in disorder', async () => {
    const text = bytesOf(`${full}.manifest`).toString('latin1')
    const change = (to: string) => store.set(`${full}.manifest`, Buffer.from(to, 'latin1'))
    change(text.replace(/Volume 2:\n(?: .*\n)+/, ''))
    expect((await run()).verdicts[0]).toBe('damaged manifest')
    change(text.slice(0, text.indexOf('Volume 2:')))
    expect((await run()).verdicts[0]).toBe('damaged manifest')
    change(text.replaceAll(/ +Hash .*\n/g, ''))
    expect((await run()).verdicts[0]).toBe('suspicious manifest')
    change(text.replace(/(StartingPath +)big 15/, '$1zzz 15').replace(/(StartingPath +)big 16/, '$1zzz 16'))
    expect((await run()).verdicts[0]).toMatch(/^suspicious order/)
  })
})

test('a file of another size than was uploaded from here is damage, unread too', async () => {
  const archive = contextAt(2, 'fresh').archiveDir
  const sizes = [...made].map(([name, bytes]) => `${JSON.stringify([name, bytes.length])}\n`)
  await writeFile(join(archive, '.duba-stored'), sizes.join(''))
  expect((await run()).verdicts).toEqual(['good', 'good'])
  const name = `${full}.vol2.difftar.gz`
  store.set(name, Buffer.concat([bytesOf(name), Buffer.alloc(1)]))
  const { verdicts, events } = await run()
  expect(verdicts).toEqual(['damaged volume-size', 'damaged base'])
  const [{ findings }] = events.filter((event): event is SetEvent => event.type === 'check-set') as [SetEvent]
  const size = made.get(name)?.length ?? 0
  expect(findings[0]?.detail).toBe(`${name} has ${size + 1} bytes where ${size} were stored.`)
  store.set(name, Buffer.alloc(9))
  const tiny = (await run()).events.filter((event): event is SetEvent => event.type === 'check-set')
  expect(tiny[0]?.findings).toHaveLength(1)
})

test('strays are told and foreign files counted', async () => {
  for (const name of ['README', `${full}.vol1.difftar`, `${full}.vol1.difftar.gz.tmp`])
    store.set(name, Buffer.from('x'))
  store.set(
    'duplicity-full-signatures.20201114T221320Z.sigtar.gz',
    bytesOf('duplicity-full-signatures.20231114T221320Z.sigtar.gz'),
  )
  const { summary, events } = await run()
  expect(summary).toMatchObject({ good: 2, foreign: 1, allGood: false })
  const strays = events.find((event) => event.type === 'check-repository')
  expect(strays?.findings.map(({ grade, kind }) => `${grade} ${kind}`)).toEqual([
    'suspicion duplicate',
    'note irregular',
    'suspicion signatures',
  ])
})

test('in words', async () => {
  store.delete(`${full}.vol2.difftar.gz`)
  const { events } = await run({ percent: 50, seed: 7 })
  const said = events.flatMap((event) =>
    wordsOf(event, { asynchronous: false }).filter(({ level }) => level <= 3),
  )
  expect(said.map(({ text }) => text).join('\n'))
    .toBe(`Reading a sample of 2 of 3 volumes (50 %); --sample-seed=7 repeats it.
DAMAGED: full backup of 2023-11-14 22:13:20, 2 volumes.
  ! Volume 2 is not on the destination.
DAMAGED: incremental backup of 2023-11-15 22:13:20, 1 volume.
  ! It builds on the full backup of 2023-11-14 22:13:20, which is damaged.
Check complete: 2 backup sets, 0 good, 0 suspicious, 2 damaged.
2 of 3 volumes were read to the end.`)
})
