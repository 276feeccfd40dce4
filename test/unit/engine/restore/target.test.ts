import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { RestoredObject } from '../../../../src/engine/restore/object.ts'
import { checkTarget, openTarget } from '../../../../src/engine/restore/target.ts'
import type { TreeWriterOptions } from '../../../../src/engine/restore/tree-writer.ts'
import { OwnerTable } from '../../../../src/engine/select/owner.ts'
import { NO_RECORDS } from '../../../../src/format/records.ts'

const me = process.getuid?.() ?? 0
/** Who restores: somebody whom the links of `plant` do not belong to. */
const operator = me === 0 ? 0 : me + 1
let dir: string
let target: string
let victim: string
let told: string[]

beforeEach(() => {
  dir = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'duba-target-')))
  target = join(dir, 'home', 'target')
  victim = join(dir, 'victim')
  told = []
  fs.mkdirSync(join(dir, 'home'))
  fs.mkdirSync(victim, { mode: 0o751 })
})
afterEach(() => {
  fs.rmSync(dir, { recursive: true, force: true })
})

/** A link to the victim, made by another user than the operator. */
function plant(path: string): void {
  fs.symlinkSync(victim, path)
  if (me === 0) fs.lchownSync(path, 12345, 12345)
}

function restored(type: 'dir' | 'reg'): RestoredObject {
  const owner = { uid: me, gid: process.getgid?.() ?? 0, uname: '', gname: '' }
  const header = { name: '', type, mode: 0o700, ...owner, size: 0, mtime: 7, link: '', major: 0, minor: 0 }
  return { header, sparse: false, content: () => Promise.resolve(), records: () => NO_RECORDS }
}

/** Restores a directory with a file in it, or a file. */
async function restoreTo(
  path: string,
  {
    type = 'dir',
    force = false,
    uid = operator,
  }: { type?: 'dir' | 'reg'; force?: boolean; uid?: number } = {},
): Promise<void> {
  const options: TreeWriterOptions = {
    owners: new OwnerTable({ passwd: '', group: '' }),
    numericOwner: true,
    restoreOwner: false,
    force,
    onTrouble: (at, detail) => told.push(`${at}: ${detail}`),
    onOwnerRefused: (at, detail) => told.push(`${at}: ${detail}`),
    onUnsettable: (at, what, detail) => told.push(`${at}: ${what} ${detail}`),
  }
  const opened = openTarget(path, restored(type), options, uid)
  await opened.write('', restored(type))
  if (type === 'dir') await opened.write('file', restored('reg'))
  opened.finish()
  await opened.place()
  opened.close()
  expect(told).toEqual([])
}

function expectUntouched(): void {
  expect(fs.readdirSync(victim)).toEqual([])
  expect(fs.lstatSync(victim).mode & 0o777).toBe(0o751)
}

describe('a link that appears in the place of the target', () => {
  test.each([true, false])('is not followed, force %s', async (force) => {
    checkTarget(target, force, operator)
    plant(target)
    await expect(restoreTo(target, { force })).rejects.toMatchObject({ code: 'TARGET_UNWRITABLE' })
    expectUntouched()
  })

  test('is not followed for a single file, which takes its place with force', async () => {
    plant(target)
    await expect(restoreTo(target, { type: 'reg' })).rejects.toThrow(/EEXIST/)
    await restoreTo(target, { type: 'reg', force: true })
    expect(fs.lstatSync(target).isFile()).toBe(true)
    expectUntouched()
  })

  test.each(['dir', 'reg'] as const)('is not followed on the way to a %s', async (type) => {
    fs.rmdirSync(join(dir, 'home'))
    plant(join(dir, 'home'))
    const refused = { code: 'TARGET_UNWRITABLE', message: expect.stringContaining('belongs to another user') }
    await expect(restoreTo(target, { type })).rejects.toMatchObject(refused)
    await expect(restoreTo(target, { type, force: true })).rejects.toMatchObject(refused)
    expect(() => {
      checkTarget(target, false, operator)
    }).toThrow(expect.objectContaining(refused))
    expectUntouched()
  })
})

test('a link of the operator is gone by with force, as in duplicity, and refused without', async () => {
  fs.symlinkSync(victim, target)
  await expect(restoreTo(target, { uid: me })).rejects.toMatchObject({ code: 'TARGET_UNWRITABLE' })
  expectUntouched()
  await restoreTo(target, { uid: me, force: true })
  expect(fs.readdirSync(victim)).toEqual(['file'])
  expect(fs.lstatSync(target).isSymbolicLink()).toBe(true)
})

test('a target that cannot be looked at is named', () => {
  expect(() => {
    checkTarget(join(dir, 'x'.repeat(300)), false, operator)
  }).toThrow(
    expect.objectContaining({
      code: 'TARGET_UNWRITABLE',
      message: expect.stringContaining('ENAMETOOLONG'),
    }),
  )
})

test('a directory that was filled since it was looked at is refused without force', async () => {
  fs.mkdirSync(target)
  checkTarget(target, false, operator)
  fs.writeFileSync(join(target, 'mine'), '')
  await expect(restoreTo(target)).rejects.toMatchObject({ code: 'TARGET_EXISTS' })
  expect(fs.readdirSync(target)).toEqual(['mine'])
  await restoreTo(target, { force: true })
  expect(fs.readdirSync(target).sort()).toEqual(['file', 'mine'])
})

test('what is missing on the way is made, for nobody else to enter', async () => {
  await restoreTo(join(target, 'deep'))
  expect(fs.lstatSync(target).mode & 0o777).toBe(0o700)
  expect(fs.readdirSync(join(target, 'deep'))).toEqual(['file'])
})
