import { expect, test } from '@jest/globals'
import { Losses } from '../../../../src/engine/restore/losses.ts'
import { applyMetadata, type Place } from '../../../../src/engine/restore/metadata.ts'
import { OwnerTable } from '../../../../src/engine/select/owner.ts'
import { type FileRecords, NO_RECORDS } from '../../../../src/format/records.ts'
import type { TarEntry } from '../../../../src/format/tar/header.ts'
import { systemError } from '../../../../src/sys/libc.ts'

const header: TarEntry = {
  name: 'snapshot/f',
  type: 'reg',
  mode: 0o4755,
  uid: 5,
  gid: 6,
  uname: '',
  gname: '',
  size: 0,
  mtime: 1000,
  link: '',
  major: 0,
  minor: 0,
}
const acl = 'user::rw-,group::r--,other::r--'

/** What is done to a place, in order; attributes fail with `errno` where one is given. */
function apply(records: Partial<FileRecords>, errno?: number): { steps: string[]; told: string[] } {
  const steps: string[] = []
  const told: string[] = []
  const losses = new Losses()
  const place: Place = {
    chown: (uid, gid) => steps.push(`chown ${uid}:${gid}`),
    chmod: (mode) => steps.push(`chmod ${mode.toString(8)}`),
    setAttribute: (name) => {
      if (errno !== undefined) throw systemError(errno, 'setxattr')
      steps.push(name)
    },
    utimes: (seconds, nanoseconds) => steps.push(`utimes ${seconds} ${nanoseconds}`),
  }
  applyMetadata(
    place,
    header,
    { ...NO_RECORDS, ...records },
    {
      owners: new OwnerTable({ passwd: '', group: '' }),
      numericOwner: false,
      restoreOwner: true,
      onTrouble: (detail) => told.push(`trouble: ${detail}`),
      onOwnerRefused: (detail) => told.push(`owner: ${detail}`),
      onUnsettable: (what, detail) => {
        losses.add('path/of/it', what, detail)
      },
    },
  )
  losses.tell((event) => {
    if (event.type === 'note') told.push(event.text)
  })
  return { steps, told }
}

test('the order is one in which nothing undoes what came before', () => {
  const xattrs = new Map([
    ['security.capability', 'c'],
    ['user.a', '1'],
  ])
  expect(apply({ accessAcl: acl, selinux: 'x', xattrs, mtime: 1_000_250_000_000n })).toEqual({
    steps: [
      'chown 5:6',
      'chmod 4755',
      'system.posix_acl_access',
      'security.selinux',
      'security.capability',
      'user.a',
      'utimes 1000 250000000',
    ],
    told: [],
  })
})

test('attributes that no backup stores are not set', () => {
  const xattrs = new Map([
    ['security.ima', 'x'],
    ['system.posix_acl_access', 'x'],
    ['security.selinux.more', 'x'],
    ['user', 'x'],
  ])
  const { steps, told } = apply({ xattrs })
  expect(steps).toEqual(['chown 5:6', 'chmod 4755', 'utimes 1000 0'])
  expect(told).toEqual([
    'Not restored: unknown attributes, 4 times. The first was at path/of/it: security.ima is not for us to set',
  ])
})

test('what a file system does not know is told once of each kind, and the rest is set', () => {
  const xattrs = new Map([
    ['user.a', '1'],
    ['user.b', '2'],
    ['trusted.c', '3'],
  ])
  const { steps, told } = apply({ accessAcl: acl, defaultAcl: 'nonsense', xattrs }, 95)
  expect(steps).toEqual(['chown 5:6', 'chmod 4755', 'utimes 1000 0'])
  expect(told).toEqual([
    expect.stringMatching(/^Not restored: access control lists, 2 times\. .*system\.posix_acl_access: E/),
    expect.stringMatching(/^Not restored: extended attributes \(user\), 2 times\. .*user\.a: E/),
    expect.stringMatching(/^Not restored: extended attributes \(trusted\), 1 times\. .*trusted\.c: E/),
  ])
})
