import { lstat, mkdir, mkdtemp, readFile, readlink, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createMemoryBackend, type MemoryStore } from '../../../../src/backend/memory/memory.ts'
import { backup } from '../../../../src/engine/backup.ts'
import type { RestoreRequest } from '../../../../src/engine/request.ts'
import { restore } from '../../../../src/engine/restore.ts'
import { backupRequest, testContext, type TestContext } from '../../../support/context.ts'
import { noise } from '../../../support/crypt.ts'

const T0 = 1700000000
const names = ['20231114T221320Z', '20231115T221320Z', '20231116T221320Z'] as const
const full = `duplicity-full.${names[0]}`
const inc1 = `duplicity-inc.${names[0]}.to.${names[1]}`
const inc2 = `duplicity-inc.${names[1]}.to.${names[2]}`
const big = noise(2_500_000)
let dir: string
let store: MemoryStore
/** A full of three volumes (`big` lies in all of them) and two incrementals, of which every test has its copy. */
const made: MemoryStore = new Map()

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'duba-test-'))
  store = new Map(made)
  if (made.size === 0) await make()
})
afterEach(async () => {
  await rm(dir, { recursive: true, force: true })
})

const contextAt = (day: number, archive: string): TestContext =>
  testContext({ backend: createMemoryBackend(store), dir: join(dir, archive), now: T0 + day * 86400 })

async function make(): Promise<void> {
  const source = join(dir, 'source')
  let second = 0
  const write = async (name: string, content: string | Buffer): Promise<void> => {
    await writeFile(join(source, name), content)
    second += 1
    await utimes(join(source, name), T0, T0 + second)
  }
  await mkdir(join(source, 'd'), { recursive: true })
  for (const name of ['a', 'd/e', 'k', 'z']) await write(name, `${name} 0`)
  await write('big', big)
  await symlink('nowhere', join(source, 'l'))
  await save(source, 0)
  await write('a', 'a 1')
  await write('n', 'n 1')
  await write('big', Buffer.concat([big, Buffer.from('tail')]))
  await rm(join(source, 'z'))
  await save(source, 1)
  await write('a', 'a 2')
  await write('o', 'o 2')
  await save(source, 2)
  for (const [name, bytes] of store) made.set(name, bytes)
}

async function save(source: string, day: number): Promise<void> {
  await utimes(source, T0, T0 + 100 + day)
  await backup(backupRequest(source), contextAt(day, 'first'))
}

interface Salvaged {
  readonly salvaged: boolean
  /** Path → content; `/` for a directory, the target of a link. */
  readonly tree: Record<string, string>
  /** `state path` of each path told. */
  readonly paths: string[]
  readonly losses: string[]
}

async function salvage(over: Partial<RestoreRequest> = {}): Promise<Salvaged> {
  const context = contextAt(3, 'fresh')
  const target = join(dir, 'target')
  const request: RestoreRequest = {
    ...{ target, path: '', time: T0 + 3 * 86400, force: false, dryRun: false, numericOwner: false },
    ...({ restoreOwner: true, ignoreErrors: true, renames: [], metadataSync: 'partial' } as const),
    ...over,
  }
  const { salvaged } = await restore(request, context)
  const tree: Record<string, string> = {}
  for (const name of ['a', 'big', 'd', 'd/e', 'k', 'l', 'n', 'o', 'z']) {
    const path = join(target, name)
    const status = await lstat(path).catch(() => undefined)
    if (status === undefined) continue
    if (status.isDirectory()) tree[name] = '/'
    else if (status.isSymbolicLink()) tree[name] = await readlink(path)
    else tree[name] = nameOf(await readFile(path))
  }
  const paths: string[] = []
  const losses: string[] = []
  for (const event of context.events) {
    if (event.type === 'salvage-path') paths.push(`${event.state} ${event.path}`)
    if (event.type === 'salvage-loss') {
      const { volume = 'set', from, to = 'end', exact } = event
      losses.push(exact ? `${volume} exactly` : `${volume} ${from}-${to}`)
    }
  }
  expect(context.events.at(-1)).toMatchObject({
    type: 'salvage-done',
    whole: !salvaged,
    losses: losses.length,
  })
  return { salvaged, tree, paths, losses }
}

function nameOf(content: Buffer): string {
  if (content.equals(big)) return 'big 0'
  if (content.subarray(0, -4).equals(big)) return 'big 1'
  return content.toString()
}

const whole = { a: 'a 2', big: 'big 1', d: '/', 'd/e': 'd/e 0', k: 'k 0', l: 'nowhere', n: 'n 1', o: 'o 2' }
/** The same without some paths. */
const without = (...paths: string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(whole).filter(([path]) => !paths.includes(path)))
const flip = (name: string): void => {
  const bytes = Buffer.from(store.get(name) ?? '')
  bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1)
  store.set(name, bytes)
}
const loseSignatures = (): void => {
  for (const name of [...store.keys()]) if (name.includes('signatures')) store.delete(name)
}

test('what is whole comes back whole', async () => {
  expect(await salvage()).toEqual({ salvaged: false, tree: whole, paths: [], losses: [] })
})

test('a volume in the middle of a file: the file is damaged, nothing of it is left, the rest is there', async () => {
  store.delete(`${full}.vol2.difftar.gz`)
  const tree = without('big')
  const expected = { salvaged: true, tree, paths: ['damaged big'], losses: ['2 exactly'] }
  expect(await salvage()).toEqual(expected)
  await rm(join(dir, 'target'), { recursive: true })
  loseSignatures()
  expect(await salvage()).toEqual({ ...expected, losses: ['2 big-big'] })
})

test('the last volume of a full: what the signatures tell of directories and links is used', async () => {
  flip(`${full}.vol3.difftar.gz`)
  const { a, d, l, n, o } = whole
  expect(await salvage()).toEqual({
    salvaged: true,
    tree: { a, d, l, n, o },
    paths: ['damaged big', 'missing d/e', 'missing k'],
    losses: ['3 exactly'],
  })
})

test('the first volume of a full', async () => {
  store.set(`${full}.vol1.difftar.gz`, Buffer.from('no gzip'))
  const tree = without('a', 'big')
  const expected = { salvaged: true, tree, paths: ['damaged a', 'damaged big'], losses: ['1 exactly'] }
  expect(await salvage()).toEqual(expected)
})

test('lost changes: the version before them, and never a silent one', async () => {
  store.delete(`${inc1}.vol1.difftar.gz`)
  const others = without('a', 'big', 'n')
  expect(await salvage()).toEqual({
    salvaged: true,
    tree: { ...others, a: 'a 0', big: 'big 0' },
    paths: ['stale a', 'stale big', 'missing n'],
    losses: ['1 exactly'],
  })
})

test('lost changes without signatures: the range is told, and a delta on what may be another version is proven by its checksum', async () => {
  store.delete(`${inc1}.vol1.difftar.gz`)
  loseSignatures()
  const others = without('a', 'big', 'n')
  expect(await salvage()).toEqual({
    salvaged: true,
    tree: { ...others, a: 'a 2', big: 'big 0', z: 'z 0' },
    paths: [],
    losses: ['1 -z'],
  })
})

test.each([full, inc1])('the manifest of %s: its volumes are used without it', async (set) => {
  store.delete(`${set}.manifest`)
  expect(await salvage()).toEqual({ salvaged: true, tree: whole, paths: [], losses: ['set exactly'] })
})

test('a manifest that was cut between two volumes: the others are used without it', async () => {
  const name = [...store.keys()].find((each) => /^duplicity-full\..*manifest$/.test(each)) ?? ''
  const text = Buffer.from(store.get(name) ?? '').toString('latin1')
  expect(text).toContain('Volume 2:')
  store.set(name, Buffer.from(text.slice(0, text.indexOf('Volume 2:')), 'latin1'))
  expect(await salvage()).toMatchObject({ salvaged: true, tree: whole })
})

test('a manifest that is none, and signatures that are none', async () => {
  store.set(`${inc1}.manifest`, Buffer.from('no manifest'))
  for (const name of store.keys()) if (name.includes('signatures')) store.set(name, Buffer.from('none'))
  expect(await salvage()).toEqual({ salvaged: true, tree: whole, paths: [], losses: ['set -end'] })
})

test('a set of which nothing is left, between others', async () => {
  for (const name of [...store.keys()]) if (name.includes(`${names[0]}.to.`)) store.delete(name)
  const others = without('a', 'big', 'n')
  expect(await salvage()).toEqual({
    salvaged: true,
    tree: { ...others, a: 'a 2', big: 'big 0', z: 'z 0' },
    paths: [],
    losses: ['set -end'],
  })
})

test('a full of which nothing but its signatures is left', async () => {
  for (const name of [...store.keys()]) if (name.startsWith(full)) store.delete(name)
  const { d, l, n, o } = whole
  expect(await salvage()).toEqual({
    salvaged: true,
    tree: { d, l, n, o },
    paths: ['damaged a', 'damaged big', 'missing d/e', 'missing k'],
    losses: ['set exactly'],
  })
})

test('one path of many: only losses that concern it count', async () => {
  store.delete(`${full}.vol3.difftar.gz`)
  const { salvaged } = await restore(
    {
      ...{ target: join(dir, 'one'), path: 'a', time: T0 + 3 * 86400, force: false, dryRun: false },
      ...({
        numericOwner: false,
        restoreOwner: true,
        ignoreErrors: true,
        renames: [],
        metadataSync: 'partial',
      } as const),
    },
    contextAt(3, 'fresh'),
  )
  expect(salvaged).toBe(false)
  expect(await readFile(join(dir, 'one'), 'utf8')).toBe('a 2')
})

test('at an earlier time, with a later set in ruins', async () => {
  for (const name of [...store.keys()]) if (name.startsWith(inc2)) store.set(name, Buffer.from('x'))
  const tree = { ...without('o'), a: 'a 1' }
  expect(await salvage({ time: T0 + 86400 })).toEqual({ salvaged: false, tree, paths: [], losses: [] })
})

test('without --ignore-errors the first damage ends it, by name', async () => {
  store.delete(`${full}.vol2.difftar.gz`)
  await expect(salvage({ ignoreErrors: false })).rejects.toMatchObject({ code: 'VOLUME_MISSING' })
})

test('a name of an impossible volume costs no more than a volume', async () => {
  store.set(`${full}.manifest`, Buffer.from('no manifest'))
  store.set(`${full}.vol400000000.difftar.gz`, Buffer.from('no volume'))
  const { salvaged, tree, losses } = await salvage()
  expect(salvaged).toBe(true)
  expect(tree).toMatchObject({ 'd/e': 'd/e 0', a: 'a 2' })
  expect(losses.length).toBeLessThan(2000)
}, 30_000)
