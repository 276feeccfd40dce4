/** What lies beyond duplicity's metadata, through the engine: nothing of it is lost, no change is missed. */
import { execFileSync } from 'node:child_process'
import { hash } from 'node:crypto'
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Backend } from '../../../src/backend/backend.ts'
import { createMemoryBackend } from '../../../src/backend/memory/memory.ts'
import { backup } from '../../../src/engine/backup.ts'
import type { EngineEvent } from '../../../src/engine/events.ts'
import { restore } from '../../../src/engine/restore.ts'
import { verify } from '../../../src/engine/verify.ts'
import { setAttribute } from '../../../src/sys/xattr.ts'
import { fileBodyOf } from '../../support/bodies.ts'
import { backupRequest, testContext, type TestContext } from '../../support/context.ts'
import { factsOf } from '../../support/facts.ts'
import { buildRichTree } from '../../support/rich-tree.ts'

const T0 = 1_800_000_000
let dir: string
let source: string
let backend: Backend

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'duba-metadata-'))
  source = join(dir, 'source')
  backend = createMemoryBackend()
})
afterEach(() => {
  rmSync(dir, { recursive: true, force: true })
})

const at = (session: number): TestContext => testContext({ backend, dir, now: T0 + session })

/** Backs up; the paths that were stored. */
async function save(session: number): Promise<string[]> {
  const context = at(session)
  await backup(backupRequest(source, { kind: 'auto' }), context)
  return context.events.flatMap((event) => (event.type === 'entry' ? [event.path] : []))
}

async function load(session: number, target: string): Promise<TestContext> {
  const context = at(session)
  await restore(
    {
      target,
      path: '',
      time: T0 + session,
      force: false,
      dryRun: false,
      numericOwner: false,
      restoreOwner: true,
      ignoreErrors: false,
      renames: [],
      metadataSync: 'partial',
    },
    context,
  )
  return context
}

/** The differences that verify tells. */
async function compare(session: number, compareData = true): Promise<string[]> {
  const context = at(session)
  await verify(
    {
      directory: source,
      path: '',
      time: T0 + session,
      rules: [],
      copyLinks: false,
      compareData,
      numericOwner: false,
      metadataSync: 'partial',
    },
    context,
  )
  return context.events.flatMap((event) => (event.type === 'difference' ? [event.text] : []))
}

const put = (name: string, content: string): void => {
  writeFileSync(join(source, name), content)
}

test('everything comes back, of the first state and of a later one', async () => {
  buildRichTree(source)
  await save(0)
  const before = factsOf(source)
  expect(await compare(0)).toEqual([])
  expect(await save(1)).toEqual([])
  setAttribute(join(source, 'large'), 'user.on-large', 'another')
  setAttribute(join(source, 'd'), 'user.on-directory', '2')
  execFileSync('setfacl', ['-m', 'u:4242:rwx', join(source, 'list')])
  execFileSync('touch', ['-h', '-d', '@1500000009.000000009', join(source, 'link')])
  const stored = await save(2)
  expect(stored.sort()).toEqual(['d', 'd/large-too', 'large', 'link', 'list'])
  const after = factsOf(source)
  for (const [session, facts] of [
    [0, before],
    [2, after],
  ] as const) {
    const target = join(dir, `target-${session}`)
    const { events } = await load(session, target)
    const isTrouble = (event: EngineEvent): boolean =>
      event.type === 'restore-trouble' || (event.type === 'note' && event.level !== 'info')
    expect(events.filter(isTrouble)).toEqual([])
    expect(factsOf(target)).toEqual(facts)
  }
})

test('a change that leaves second, mode and owner as they were is stored', async () => {
  mkdirSync(source)
  for (const name of ['content', 'size', 'attribute', 'still']) {
    put(name, 'as it was')
    utimesSync(join(source, name), 1000, 1000)
  }
  utimesSync(source, 1000, 1000)
  await save(0)
  put('content', 'AS IT WAS')
  put('size', 'as it was, and more')
  for (const name of ['content', 'size']) utimesSync(join(source, name), 1000, 1000)
  setAttribute(join(source, 'attribute'), 'user.new', '1')
  expect(await save(1)).toEqual(['attribute', 'content', 'size'])
  await load(1, join(dir, 'target'))
  expect(readFileSync(join(dir, 'target/content'), 'utf8')).toBe('AS IT WAS')
})

test('names that are no longer one file are not linked', async () => {
  mkdirSync(source)
  put('a', 'same')
  execFileSync('ln', ['a', 'b'], { cwd: source })
  execFileSync('ln', ['a', 'c'], { cwd: source })
  await save(0)
  rmSync(join(source, 'b'))
  put('b', 'same')
  await save(1)
  const target = join(dir, 'target')
  await load(1, target)
  const [a, b, c] = ['a', 'b', 'c'].map((name) => statSync(join(target, name)))
  expect([a?.nlink, b?.nlink, c?.nlink]).toEqual([2, 1, 2])
  expect(a?.ino).toBe(c?.ino)
})

test('verify tells attributes and times below the second, and only what is recorded', async () => {
  mkdirSync(source)
  for (const name of ['a', 'b', 'c']) {
    put(name, 'x')
    execFileSync('touch', ['-d', '@1000.25', join(source, name)])
  }
  await save(0)
  setAttribute(join(source, 'a'), 'user.new', '1')
  execFileSync('touch', ['-d', '@1000.5', join(source, 'b')])
  execFileSync('setfacl', ['-m', 'u:daemon:rw', join(source, 'c')])
  const mode = (lstatSync(join(source, 'c')).mode & 0o7777).toString(8)
  expect(await compare(0)).toEqual([
    'Difference found: File a has other extended attributes or capabilities',
    'Difference found: File b has exact mtime 1000.500000000, expected 1000.250000000',
    `Difference found: File c has permissions 0:0 ${mode}, expected 0:0 644`,
  ])
  expect(await compare(0, false)).toEqual([])
})

/** Changes what a volume holds, and the hash that vouches for it: what a delta that was led astray looks like. */
async function forge(from: string, to: string): Promise<void> {
  const { signal } = new AbortController()
  const files = new Map<string, Buffer>()
  for (const { name } of await backend.list(signal)) {
    const pieces = (await (await backend.get(name, signal)).toArray()) as Buffer[]
    files.set(name, Buffer.concat(pieces))
  }
  const [volume, bytes] = [...files].find(([name]) => name.includes('difftar')) ?? ['', Buffer.alloc(0)]
  const [manifest, list] = [...files].find(([name]) => name.includes('manifest')) ?? ['', Buffer.alloc(0)]
  const forged = gzipSync(Buffer.from(gunzipSync(bytes).toString('latin1').replace(from, to), 'latin1'))
  const text = list.toString('latin1').replace(hash('sha1', bytes), hash('sha1', forged))
  await backend.put(volume, fileBodyOf(forged), signal)
  await backend.put(manifest, fileBodyOf(Buffer.from(text, 'latin1')), signal)
  rmSync(join(dir, 'archive'), { recursive: true })
}

test('content that is not what was backed up is told by verify of both kinds, and not restored', async () => {
  mkdirSync(source)
  put('a', 'as it was')
  put('b', 'well')
  await save(0)
  await forge('as it was', 'as it is!')
  const damaged = expect.stringMatching(
    /^Difference found: File a in the archive is damaged: the content is not what was backed up: it has the SHA-256 /,
  ) as unknown
  expect(await compare(0, false)).toEqual([damaged])
  expect(await compare(0)).toEqual(['Difference found: Data for file a is different'])
  const { events } = await load(0, join(dir, 'target'))
  expect(events.flatMap((event) => (event.type === 'restore-trouble' ? [event.path] : []))).toEqual(['a'])
  expect(readdirSync(join(dir, 'target'))).toEqual(['b'])
})
