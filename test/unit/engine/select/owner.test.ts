import { expect, test } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OwnerTable, readOwnerFiles } from '../../../../src/engine/select/owner.ts'

const passwd = 'root:x:0:0:root:/root:/bin/sh\ntoor:x:0:0::/:/bin/sh\nme:x:1000:1000::/:\nme:x:1001:1::/:\n'
const group = 'root:x:0:\nme:x:1000:a,b\n'

test('both ways, users and groups apart', () => {
  const table = new OwnerTable({ passwd, group: 'wheel:x:0:\n' })
  expect(table.userName(0)).toBe('root')
  expect(table.groupName(0)).toBe('wheel')
  expect(table.userId('me')).toBe(1000)
  expect(table.userId('toor')).toBe(0)
  expect(table.groupId('wheel')).toBe(0)
  expect(table.groupId('root')).toBeUndefined()
})

test('of several lines the first counts', () => {
  const table = new OwnerTable({ passwd, group })
  expect(table.userName(0)).toBe('root')
  expect(table.userId('me')).toBe(1000)
  expect(table.userName(1001)).toBe('me')
})

test('unknown is the empty name and no number', () => {
  const table = new OwnerTable({ passwd, group })
  expect(table.userName(4711)).toBe('')
  expect(table.userId('nobody-here')).toBeUndefined()
  expect(table.userId('')).toBeUndefined()
})

test('comments, NIS marks and damaged lines are no entries', () => {
  const table = new OwnerTable({
    passwd: '#a:x:1:\n+::::\n+b:x:2:\nc:x:-3:\nd\n:x:4:\ne:x:5x:\nok:x:6:\n',
    group: '',
  })
  expect([1, 2, 3, 4, 5, 6].map((id) => table.userName(id))).toEqual(['', '', '', '', '', 'ok'])
})

test('other databases are asked once for what the files lack, and only an answer that fits is taken', () => {
  const asked: string[] = []
  const answers: Record<string, string> = {
    2000: 'ldap:*:2000:5::/:\n',
    ldap: 'ldap:*:2000:5::/:',
    77: '77:*:3:3::/:',
  }
  const table = new OwnerTable({
    passwd,
    group,
    lookup: (database, key) => {
      asked.push(`${database} ${key}`)
      return answers[key]
    },
  })
  for (let round = 0; round < 2; round++) {
    expect(table.userName(2000)).toBe('ldap')
    expect(table.userId('ldap')).toBe(2000)
    expect(table.userName(77)).toBe('')
    expect(table.userId('gone')).toBeUndefined()
    expect(table.groupName(9)).toBe('')
    expect(table.userName(0)).toBe('root')
  }
  expect(asked).toEqual(['passwd 2000', 'passwd ldap', 'passwd 77', 'passwd gone', 'group 9'])
})

test('files are read as bytes, and a missing one is empty', () => {
  const directory = mkdtempSync(join(tmpdir(), 'owner-'))
  try {
    writeFileSync(join(directory, 'passwd'), Buffer.from('j\xf6rg:x:7:7::/:\n', 'latin1'))
    const files = readOwnerFiles(directory)
    expect(files.group).toBe('')
    expect(new OwnerTable(files).userName(7)).toBe('j\xf6rg')
  } finally {
    rmSync(directory, { recursive: true })
  }
  expect(new OwnerTable(readOwnerFiles()).userName(0)).toBe('root')
})
