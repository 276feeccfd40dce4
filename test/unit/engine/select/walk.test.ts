import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  lchownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildRules, type SelectionOption } from '../../../../src/engine/select/rules.ts'
import { walk, type WalkItem, type WalkOptions } from '../../../../src/engine/select/walk.ts'
import { toBytes } from '../../../../src/lib/bytestring.ts'
import { closeThings, buildTree } from './vector-tree.ts'

let source = ''

beforeEach(() => {
  source = mkdtempSync(join(tmpdir(), 'walk-'))
})

afterEach(() => {
  rmSync(source, { recursive: true })
})

const options = (more: Partial<WalkOptions> = {}): WalkOptions => ({
  source,
  rules: [],
  copyLinks: false,
  uid: 0,
  ...more,
})
const walkAll = (more: Partial<WalkOptions> = {}) => [...walk(options(more))]
const rulesOf = (...list: SelectionOption[]) =>
  buildRules(list, source, { readFile: () => Buffer.alloc(0), nullSeparator: false })
const exclude = (pattern: string) => rulesOf({ option: 'exclude', value: `${source}/${pattern}` })

/** One word for an item: path of an entry, or what else it is. */
const told = (item: WalkItem) =>
  item.item === 'entry'
    ? item.entry.path
    : `${item.path}: ${item.item === 'blocked' ? 'blocked ' + item.reason : item.trouble}`

const touch = (path: string) => {
  writeFileSync(Buffer.concat([Buffer.from(source + '/'), toBytes(path)]), 'x')
}

const entryOf = (items: WalkItem[], path: string) => {
  const item = items.find((candidate) => candidate.item === 'entry' && candidate.entry.path === path)
  if (item?.item !== 'entry') throw new Error(`no entry ${path}`)
  return item.entry
}

test('the order is by components, compared as bytes, with names that are not UTF-8', () => {
  mkdirSync(join(source, 'a'))
  for (const name of ['a/b', 'a b', 'a-b', 'a.txt', 'a\xff', 'a\xc3\xa9', 'Z', '~']) touch(name)
  expect(walkAll().map(told)).toEqual(['', 'Z', 'a', 'a/b', 'a b', 'a-b', 'a.txt', 'a\xc3\xa9', 'a\xff', '~'])
})

test('rules see names below directories whose names are not ASCII', () => {
  mkdirSync(Buffer.concat([Buffer.from(source + '/'), toBytes('d\xe9')]))
  mkdirSync(join(source, 'é'))
  for (const name of ['d\xe9/x', 'd\xe9/keep', '\xc3\xa9/x', '\xc3\xa9/\xe9']) touch(name)
  expect(walkAll({ rules: exclude('??/x') }).map(told)).toEqual([
    '',
    'd\xe9',
    'd\xe9/keep',
    '\xc3\xa9',
    '\xc3\xa9/x',
    '\xc3\xa9/\xe9',
  ])
  expect(walkAll({ rules: exclude('?/?') }).map(told)).toEqual([
    '',
    'd\xe9',
    'd\xe9/keep',
    'd\xe9/x',
    '\xc3\xa9',
  ])
})

test('entries carry what the system tells', () => {
  touch('f')
  linkSync(join(source, 'f'), join(source, 'hard'))
  chmodSync(join(source, 'f'), 0o4751)
  execFileSync('touch', ['-d', '@-1.5', join(source, 'f')])
  symlinkSync(Buffer.from('t\xe9', 'latin1'), join(source, 'l'))
  lchownSync(join(source, 'l'), 12, 34)
  execFileSync('mknod', [join(source, 'b'), 'b', '259', '300000'])
  execFileSync('mknod', [join(source, 'c'), 'c', '1', '3'])
  execFileSync('mkfifo', [join(source, 'p')])
  const items = walkAll()
  const stats = lstatSync(join(source, 'f'))
  expect(entryOf(items, 'f')).toEqual({
    path: 'f',
    place: expect.stringMatching(/^\/proc\/\d+\/fd\/\d+\/f$/),
    kind: 'reg',
    mode: 0o4751,
    uid: 0,
    gid: 0,
    size: 1,
    mtime: -2,
    ctime: Math.floor(stats.ctimeMs * 1000),
    link: '',
    major: 0,
    minor: 0,
    dev: stats.dev,
    ino: stats.ino,
    nlink: 2,
  })
  expect(entryOf(items, 'hard').ino).toBe(stats.ino)
  expect(entryOf(items, 'l')).toMatchObject({ kind: 'sym', link: 't\xe9', uid: 12, gid: 34, mode: 0o777 })
  expect(entryOf(items, 'b')).toMatchObject({ kind: 'blk', major: 259, minor: 300000 })
  expect(entryOf(items, 'c')).toMatchObject({ kind: 'chr', major: 1, minor: 3 })
  expect(entryOf(items, 'p').kind).toBe('fifo')
  expect(entryOf(items, '').kind).toBe('dir')
})

test('a source that is a file is the only entry', () => {
  touch('f')
  expect(walkAll({ source: join(source, 'f') }).map(told)).toEqual([''])
})

test('a source that is a symbolic link is followed with copyLinks only', () => {
  touch('f')
  symlinkSync('.', join(source, 'l'))
  const kinds = (copyLinks: boolean) =>
    walkAll({ source: join(source, 'l'), copyLinks }).map((item) =>
      item.item === 'entry' ? item.entry.kind : told(item),
    )
  expect(kinds(false)).toEqual(['sym'])
  expect(kinds(true)).toEqual(['dir', 'reg', 'l: cannot-iterate'])
})

test('a source that cannot be had is an error', async () => {
  expect(() => walkAll({ source: join(source, 'none') })).toThrow(
    expect.objectContaining({ code: 'SOURCE_MISSING' }),
  )
  const open = { servers: [], mounts: [] }
  await buildTree(source, [{ path: 's', type: 'socket' }], open)
  expect(() => walkAll({ source: join(source, 's') })).toThrow(
    expect.objectContaining({ code: 'SOURCE_UNREADABLE', message: expect.stringContaining('is a socket') }),
  )
  closeThings(open)
})

test('sockets are told of unless rules exclude them', async () => {
  const open = { servers: [], mounts: [] }
  await buildTree(source, [{ path: 's', type: 'socket' }], open)
  expect(walkAll().map(told)).toEqual(['', 's: socket'])
  expect(walkAll({ rules: exclude('s') }).map(told)).toEqual([''])
  const onTheWay = rulesOf({ option: 'include', value: `${source}/s/x` }, { option: 'exclude', value: '**' })
  expect(walkAll({ rules: onTheWay }).map(told)).toEqual([''])
  closeThings(open)
})

test('what vanishes during the walk is told of and absent', () => {
  mkdirSync(join(source, 'd'))
  for (const name of ['d/x', 'e', 'f']) touch(name)
  const items = walk(options())
  const seen = [items.next(), items.next()]
  rmSync(join(source, 'd', 'x'))
  rmSync(join(source, 'e'))
  const rest = [...items].map(told)
  expect(seen.map((result) => (result.done === true ? 'end' : told(result.value)))).toEqual(['', 'd'])
  expect(rest).toEqual(['d/x: vanished', 'e: vanished', 'f'])
})

test('links are followed with copyLinks; dangling ones and loops are told of', () => {
  mkdirSync(join(source, 'd'))
  touch('d/f')
  symlinkSync('d', join(source, 'l'))
  symlinkSync('nowhere', join(source, 'm'))
  symlinkSync('n', join(source, 'n'))
  symlinkSync('..', join(source, 'd', 'up'))
  expect(walkAll({ copyLinks: true }).map(told)).toEqual([
    '',
    'd',
    'd/f',
    'd/up: cannot-iterate',
    'l',
    'l/f',
    'l/up: cannot-iterate',
    'm: vanished',
    'n: vanished',
  ])
})

test('scanned directories come right before their first included descendant, and only then', () => {
  for (const name of ['a', 'a/b', 'a/b/c', 'e', 'e/g']) mkdirSync(join(source, name))
  for (const name of ['a/0', 'a/b/c/x', 'a/b/y', 'e/g/z', 'x']) touch(name)
  const rules = rulesOf({ option: 'include', value: '**/x' }, { option: 'exclude', value: '**' })
  expect(walkAll({ rules }).map(told)).toEqual(['', 'a', 'a/b', 'a/b/c', 'a/b/c/x', 'x'])
})

test('a path too long for the system is blocked, its directories are kept', () => {
  const home = process.cwd()
  const name = 'n'.repeat(250)
  process.chdir(source)
  for (let depth = 0; depth < 17; depth++) {
    mkdirSync(name)
    process.chdir(name)
  }
  process.chdir(home)
  const items = walkAll({
    rules: rulesOf({ option: 'include', value: '**/x' }, { option: 'exclude', value: '**' }),
  })
  const last = items.at(-1)
  expect(items.slice(0, -1).every((item) => item.item === 'entry')).toBe(true)
  expect(last).toMatchObject({
    item: 'blocked',
    reason: 'io-error',
    detail: expect.stringContaining('ENAMETOOLONG'),
  })
  expect(items).toHaveLength(1 + (last?.item === 'blocked' ? last.path.split('/').length : 0))
  execFileSync('rm', ['-rf', join(source, name)])
})
