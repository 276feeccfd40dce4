import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { getAttribute, listAttributes, removeAttribute, setAttribute } from '../../../src/sys/xattr.ts'

let dir: string
let path: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'duba-xattr-'))
  path = join(dir, 'f')
  writeFileSync(path, '')
})
afterEach(() => {
  rmSync(dir, { recursive: true })
})

const missing = (): undefined => undefined

test('attributes by path and by descriptor: binary, empty, with strange names', () => {
  const values = new Map([
    ['user.binary', '\0\xff\n='],
    ['user.empty', ''],
    ['user.a=b\nc%', 'x'.repeat(2000)],
  ])
  const fd = openSync(path, 'r+')
  try {
    for (const [name, value] of values) setAttribute(name === 'user.empty' ? path : fd, name, value)
    for (const holder of [fd, { path, follow: false }, { path, follow: true }]) {
      expect(listAttributes(holder).sort()).toEqual([...values.keys()].sort())
      for (const [name, value] of values) expect(getAttribute(holder, name)).toBe(value)
      expect(getAttribute(holder, 'user.other')).toBeUndefined()
    }
  } finally {
    closeSync(fd)
  }
  expect(execFileSync('getfattr', ['--only-values', '-n', 'user.binary', path]).toString('latin1')).toBe(
    '\0\xff\n=',
  )
})

test('a link has its own attributes unless it is followed', () => {
  const link = join(dir, 'l')
  symlinkSync('f', link)
  setAttribute(path, 'user.a', '1')
  expect(listAttributes({ path: link, follow: false })).toEqual([])
  expect(listAttributes({ path: link, follow: true })).toEqual(['user.a'])
})

test('without koffi there are none, and none can be set', () => {
  setAttribute(path, 'user.a', '1')
  expect(listAttributes({ path, follow: false }, missing)).toEqual([])
  expect(getAttribute({ path, follow: false }, 'user.a', missing)).toBeUndefined()
  expect(() => {
    setAttribute(path, 'user.a', '1', missing)
  }).toThrow(/ENOSYS/)
})

test('failures are errors of the system; a file system without attributes is none', () => {
  expect(() => listAttributes({ path: join(dir, 'none'), follow: false })).toThrow(/ENOENT/)
  expect(() => getAttribute(9999, 'user.a')).toThrow(/EBADF/)
  expect(listAttributes({ path: '/proc/self/status', follow: false })).toEqual([])
})

test('an attribute is removed once; again is no error', () => {
  const fd = openSync(path, 'r+')
  try {
    setAttribute(fd, 'user.gone', 'x')
    setAttribute(fd, 'user.stays', 'x')
    removeAttribute(fd, 'user.gone')
    removeAttribute(fd, 'user.gone')
    expect(listAttributes(fd)).toEqual(['user.stays'])
    expect(() => {
      removeAttribute(fd, 'user.stays', missing)
    }).toThrow(expect.objectContaining({ code: 'ENOSYS' }))
  } finally {
    closeSync(fd)
  }
})
