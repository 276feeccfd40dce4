import { lchownSync, lstatSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { openParent } from '../../../../src/engine/restore/parent.ts'

const me = process.getuid?.() ?? 0
let dir: string

beforeEach(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), 'duba-parent-')))
  mkdirSync(join(dir, 'real', 'inner'), { recursive: true })
})
afterEach(() => {
  rmSync(dir, { recursive: true, force: true })
})

function inodeOf(path: string, uid = me): number | undefined {
  const handle = openParent(path, { uid, create: false })
  if (handle === undefined) return undefined
  const inode = lstatSync(`/proc/self/fd/${handle.fd}/.`).ino
  handle.close()
  return inode
}

test('goes by links of ours and of root, also up and down', () => {
  symlinkSync('real', join(dir, 'link'))
  symlinkSync(`${dir}/link/../real/inner`, join(dir, 'far'))
  const inner = lstatSync(join(dir, 'real', 'inner')).ino
  expect(inodeOf(join(dir, 'link/inner'))).toBe(inner)
  expect(inodeOf(join(dir, 'far'))).toBe(inner)
  expect(inodeOf(join(dir, 'missing/below'))).toBeUndefined()
})

test('follows no link in a circle', () => {
  symlinkSync('b', join(dir, 'a'))
  symlinkSync('a', join(dir, 'b'))
  expect(() => inodeOf(join(dir, 'a'))).toThrow(/not followed/)
})

test('makes what is missing, for nobody else to enter', () => {
  openParent(join(dir, 'x/y'), { uid: me, create: true })?.close()
  expect(lstatSync(join(dir, 'x')).mode & 0o777).toBe(0o700)
  expect(lstatSync(join(dir, 'x/y')).isDirectory()).toBe(true)
})

test('does not follow the link of another user', () => {
  symlinkSync('real', join(dir, 'link'))
  // As root the link is given away; else we restore as somebody whom it does not belong to.
  if (me === 0) lchownSync(join(dir, 'link'), 12345, 12345)
  expect(() => inodeOf(join(dir, 'link/inner'), me === 0 ? 0 : me + 1)).toThrow(/belongs to another user/)
})
