import { lstatSync, mkdtempSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type WriteOptions, writeObject } from '../../../../src/engine/restore/file-writer.ts'
import { applyMetadata } from '../../../../src/engine/restore/metadata.ts'
import { OwnerTable } from '../../../../src/engine/select/owner.ts'
import { NO_RECORDS } from '../../../../src/format/records.ts'
import type { TarEntry } from '../../../../src/format/tar/header.ts'
import { UserError } from '../../../../src/lib/errors.ts'
import { type DirectoryHandle, openDirectory } from '../../../../src/sys/directory.ts'
import { systemError } from '../../../../src/sys/libc.ts'

const link: TarEntry = {
  name: 'link',
  type: 'sym',
  mode: 0o777,
  uid: 4321,
  gid: 4321,
  uname: '',
  gname: '',
  size: 0,
  mtime: 7,
  link: 'target',
  major: 0,
  minor: 0,
}
const object = { header: link, sparse: false, content: () => Promise.resolve(), records: () => NO_RECORDS }

let dir: string
let parent: DirectoryHandle
let told: string[]
let options: WriteOptions
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'duba-test-'))
  parent = openDirectory(dir)
  told = []
  options = {
    owners: new OwnerTable({ passwd: '', group: '' }),
    numericOwner: true,
    restoreOwner: true,
    force: false,
    onTrouble: () => told.push('trouble'),
    onOwnerRefused: () => told.push('refused'),
    onUnsettable: () => told.push('unsettable'),
  }
})
afterEach(() => {
  parent.close()
  rmSync(dir, { recursive: true })
})

test.each([
  [1, ['refused']],
  [5, ['trouble']],
])('an owner that cannot be set for errno %i is %j, and the rest is set', (errno, expected) => {
  const times: number[] = []
  const place = {
    chown: () => {
      throw systemError(errno, 'chown')
    },
    chmod: () => undefined,
    setAttribute: () => undefined,
    utimes: (seconds: number) => times.push(seconds),
  }
  applyMetadata(place, link, NO_RECORDS, options)
  expect(told).toEqual(expected)
  expect(times).toEqual([7])
})

test('a link gets its owner and time itself', async () => {
  writeFileSync(join(dir, 'target'), '')
  const before = lstatSync(join(dir, 'target'))
  await writeObject(parent, 'link', object, options)
  expect(told).toEqual(process.getuid?.() === 0 ? [] : ['refused'])
  expect(readlinkSync(join(dir, 'link'))).toBe('target')
  expect(lstatSync(join(dir, 'link')).mtimeMs).toBe(7000)
  expect(lstatSync(join(dir, 'target'))).toEqual(before)
})

test('what is put in the place of a link that was just made is not given away', async () => {
  writeFileSync(join(dir, 'prize'), 'secret', { mode: 0o600 })
  const symlink = parent.symlink.bind(parent)
  parent.symlink = (target, name) => {
    symlink(target, name)
    renameSync(join(dir, 'prize'), join(dir, 'link'))
  }
  const before = lstatSync(join(dir, 'prize'))
  await expect(writeObject(parent, 'link', object, options)).rejects.toMatchObject({ code: 'ESTALE' })
  const { uid, mode, mtimeMs } = lstatSync(join(dir, 'link'))
  expect([uid, mode, mtimeMs]).toEqual([before.uid, before.mode, before.mtimeMs])
})

test('a file whose content fails at its very end never gets its name', async () => {
  const content = (take: (piece: Buffer) => void): Promise<void> => {
    take(Buffer.from('all of it'))
    return Promise.reject(new UserError('CONTENT_MISMATCH', 'the content is not what was backed up'))
  }
  const file: TarEntry = { ...link, type: 'reg', link: '' }
  const made = { header: file, sparse: false, content, records: () => NO_RECORDS }
  await expect(writeObject(parent, 'file', made, options)).rejects.toMatchObject({ code: 'CONTENT_MISMATCH' })
  expect(parent.list()).toEqual([])
  expect(told).toEqual([])
})
