import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { openFile } from '../../../../src/backend/file/file.ts'
import { parseUrl } from '../../../../src/backend/url.ts'
import { bodyOf, breakingStream, never, rejection } from '../../../contract/backend-contract.ts'

const NOW = 1_700_000_000
let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'duba-file-'))
})
afterEach(() => {
  rmSync(dir, { recursive: true })
})
const at = (url: string) => openFile(parseUrl(url), { cwd: dir, now: () => NOW })
const body = bodyOf(Buffer.from('content'))

test.each([
  ['absolute', () => `file://${dir}/a b`, 'a b'],
  ['absolute, encoded', () => `file://${dir}/a%20b`, 'a b'],
  ['absolute, short', () => `file:${dir}/x`, 'x'],
  ['relative', () => 'file://x/y', 'x/y'],
  ['relative with a dot', () => 'file://./x', 'x'],
  ['relative by four slashes, as duplicity reads it', () => 'file:////x', 'x'],
  ['not ASCII', () => 'file://für', 'für'],
])('%s URLs', async (_, url, place) => {
  const backend = at(url())
  await backend.put('f', body, never)
  expect(readFileSync(join(dir, place, 'f'), 'utf8')).toBe('content')
  expect(backend.label).toBe(`file://${dir}/${place}`)
  expect(backend.localPath('f')).toBe(join(dir, place, 'f'))
  expect(backend.localPath('\xff')).toBeUndefined()
})

test('an empty path is BAD_URL', () => {
  expect(() => at('file:////')).toThrow(/it has no path/)
})

test('directories are made for us alone, and files too', async () => {
  await at('file://a/b/c').put('f', body, never)
  expect(['a', 'a/b', 'a/b/c'].map((each) => lstatSync(join(dir, each)).mode & 0o777)).toEqual([
    0o700, 0o700, 0o700,
  ])
  expect(lstatSync(join(dir, 'a/b/c/f')).mode & 0o777).toBe(0o600)
})

test('while a file is written it has a name that duplicity ignores and we do not list', async () => {
  const backend = at('file://x')
  const stream = new PassThrough()
  const putting = backend.put('f', { size: 2, open: () => stream }, never)
  stream.write('a')
  while (!existsSync(join(dir, 'x')) || readdirSync(join(dir, 'x')).length === 0)
    await new Promise(setImmediate)
  expect(readdirSync(join(dir, 'x'))).toEqual([expect.stringMatching(/^\.duba-[0-9a-f]{16}\.tmp$/)])
  expect(await backend.list(never)).toEqual([])
  stream.end('b')
  await putting
  expect(readdirSync(join(dir, 'x'))).toEqual(['f'])
})

test('nothing is left of what failed', async () => {
  const backend = at('file://x')
  await rejection(backend.put('f', { size: 100, open: () => breakingStream(50) }, never))
  await rejection(backend.put('f', { ...body, size: 3 }, never))
  mkdirSync(join(dir, 'x/taken'))
  expect(await rejection(backend.put('taken', body, never))).toMatchObject({ code: 'BACKEND_ERROR' })
  expect(readdirSync(join(dir, 'x'))).toEqual(['taken'])
})

test('what a crash left behind goes after a day; nothing else does', async () => {
  const names = [
    ['.duba-0123456789abcdef.tmp', NOW - 90_000],
    ['.duba-1123456789abcdef.tmp', NOW - 80_000],
    ['.duba-short.tmp', NOW - 90_000],
    ['other', NOW - 90_000],
  ] as const
  for (const [name, time] of names) {
    writeFileSync(join(dir, name), '')
    utimesSync(join(dir, name), time, time)
  }
  const backend = at(`file://${dir}`)
  await backend.list(never)
  expect(readdirSync(dir)).toHaveLength(4)
  await backend.put('f', body, never)
  expect(readdirSync(dir).sort()).toEqual(['.duba-1123456789abcdef.tmp', '.duba-short.tmp', 'f', 'other'])
})

test('lists files, also through links, and nothing else', async () => {
  writeFileSync(join(dir, 'f'), '12345')
  symlinkSync('f', join(dir, 'link'))
  symlinkSync('none', join(dir, 'dangling'))
  mkdirSync(join(dir, 'sub'))
  const files = await at(`file://${dir}`).list(never)
  expect(files.sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
    { name: 'f', size: 5 },
    { name: 'link', size: 5 },
  ])
})

test('a directory is no file: not found, and not deleted', async () => {
  mkdirSync(join(dir, 'sub'))
  const backend = at(`file://${dir}`)
  expect(await backend.size('sub', never)).toBeUndefined()
  expect(await rejection(backend.get('sub', never))).toMatchObject({ code: 'BACKEND_NOT_FOUND' })
  expect(await rejection(backend.delete('sub', never))).toMatchObject({
    code: expect.stringMatching(/^BACKEND_/),
  })
  expect(existsSync(join(dir, 'sub'))).toBe(true)
})

test.each(['', '.', '..', '../x', 'a/b', 'a\0b'])('the name %j is refused', async (name) => {
  const backend = at(`file://${dir}/x`)
  const calls = [
    backend.size(name, never),
    backend.get(name, never),
    backend.put(name, body, never),
    backend.delete(name, never),
  ]
  for (const error of await Promise.all(calls.map(rejection))) {
    expect(error).toMatchObject({ code: 'BACKEND_ERROR', hint: expect.stringContaining('slash') })
  }
  expect(() => backend.localPath(name)).toThrow(/cannot be a file/)
  expect(readdirSync(dir)).toEqual([])
})

test('a place that is a file is an error with words', async () => {
  writeFileSync(join(dir, 'f'), '')
  const backend = at(`file://${dir}/f`)
  expect(await rejection(backend.list(never))).toMatchObject({ code: 'BACKEND_ERROR' })
  const error = await rejection(backend.put('x', body, never))
  expect(String(error)).toContain(`x on file://${dir}/f`)
})

test('a download that was begun is not disturbed by a new version', async () => {
  const backend = at('file://x')
  await backend.put('f', body, never)
  const stream = await backend.get('f', never)
  await backend.put('f', bodyOf(Buffer.from('new')), never)
  expect((await buffer(stream)).toString()).toBe('content')
})

test('a directory that vanishes between two uploads is an error, and is not made anew', async () => {
  const backend = at('file://x')
  await backend.put('one', body, never)
  rmSync(join(dir, 'x'), { recursive: true })
  expect(await rejection(backend.put('two', body, never))).toMatchObject({ code: 'BACKEND_ERROR' })
  expect(existsSync(join(dir, 'x'))).toBe(false)
})

test('a spare file on the same file system is linked, not copied, and may then be removed by its owner', async () => {
  const spare = join(dir, 'spare')
  writeFileSync(spare, 'content', { mode: 0o600 })
  const open = (): never => {
    throw new Error('was read')
  }
  const backend = at('file://x')
  await backend.put('f', body, never)
  await backend.put('f', { size: 7, open, spare }, never)
  expect(lstatSync(join(dir, 'x/f')).ino).toBe(lstatSync(spare).ino)
  rmSync(spare)
  expect(readFileSync(join(dir, 'x/f'), 'utf8')).toBe('content')
  expect(readdirSync(join(dir, 'x'))).toEqual(['f'])
})

test.each([
  ['is missing', () => join(dir, 'none')],
  ['has another size', () => import.meta.filename],
  ['lies on another file system', () => '/proc/self/cmdline'],
])('a spare file that %s is not used: the bytes are copied', async (_, spare) => {
  const backend = at('file://x')
  await backend.put('f', { ...body, spare: spare() }, never)
  expect(readFileSync(join(dir, 'x/f'), 'utf8')).toBe('content')
  expect(readdirSync(join(dir, 'x'))).toEqual(['f'])
})
