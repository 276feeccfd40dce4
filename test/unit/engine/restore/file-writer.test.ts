import { mkdtempSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from '@jest/globals'
import { writeObject } from '../../../../src/engine/restore/file-writer.ts'
import { OwnerTable } from '../../../../src/engine/select/owner.ts'
import { NO_RECORDS } from '../../../../src/format/records.ts'
import type { TarEntry } from '../../../../src/format/tar/header.ts'
import { openDirectory } from '../../../../src/sys/directory.ts'
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
  mtime: 0,
  link: 'target',
  major: 0,
  minor: 0,
}

test.each([
  [1, ['refused']],
  [5, ['trouble']],
])('an owner that cannot be set for errno %i is %j, and the object is there', async (errno, expected) => {
  const dir = mkdtempSync(join(tmpdir(), 'duba-test-'))
  const parent = openDirectory(dir)
  parent.chown = () => {
    throw systemError(errno, 'chown')
  }
  const told: string[] = []
  try {
    const object = {
      header: link,
      sparse: false,
      content: () => Readable.from([]),
      records: () => NO_RECORDS,
    }
    await writeObject(parent, 'link', object, {
      owners: new OwnerTable({ passwd: '', group: '' }),
      numericOwner: true,
      restoreOwner: true,
      force: false,
      onTrouble: () => told.push('trouble'),
      onOwnerRefused: () => told.push('refused'),
      onUnsettable: () => told.push('unsettable'),
    })
    expect(told).toEqual(expected)
    expect(readlinkSync(join(dir, 'link'))).toBe('target')
  } finally {
    parent.close()
    rmSync(dir, { recursive: true })
  }
})
