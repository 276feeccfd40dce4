import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { formatAcl, parseAcl } from '../../../src/format/acl.ts'

const users = new Map([
  [1001, 'lisa'],
  [1002, '77'],
])
const names = {
  userName: (uid: number) => users.get(uid) ?? '',
  groupName: (gid: number) => (gid === 50 ? 'staff' : ''),
}
const numbers = {
  userId: (name: string) => [...users].find(([, known]) => known === name)?.[0],
  groupId: (name: string) => (name === 'staff' ? 50 : undefined),
}

interface AclEntry {
  tag: number
  bits: number
  id: number
}

function bytesOf(entries: readonly AclEntry[]): string {
  const bytes = Buffer.alloc(4 + 8 * entries.length)
  bytes.writeUInt32LE(2, 0)
  for (const [index, { tag, bits, id }] of entries.entries()) {
    bytes.writeUInt16LE(tag, 4 + 8 * index)
    bytes.writeUInt16LE(bits, 6 + 8 * index)
    bytes.writeUInt32LE(id, 8 + 8 * index)
  }
  return bytes.toString('latin1')
}

const none = 0xffff_ffff
const list = bytesOf([
  { tag: 1, bits: 6, id: none },
  { tag: 2, bits: 6, id: 1001 },
  { tag: 2, bits: 1, id: 1002 },
  { tag: 2, bits: 0, id: 4242 },
  { tag: 4, bits: 4, id: none },
  { tag: 8, bits: 5, id: 50 },
  { tag: 0x10, bits: 6, id: none },
  { tag: 0x20, bits: 0, id: none },
])
const text =
  'user::rw-,user:lisa:rw-:1001,user:1002:--x:1002,user:4242:---:4242,group::r--,group:staff:r-x:50,mask::rw-,other::---'

test('a list as star writes it, and back', () => {
  expect(formatAcl(list, names)).toBe(text)
  expect(parseAcl(text, numbers, { numeric: false })).toBe(list)
})

test('any list comes back', () => {
  const named = (tag: number): fc.Arbitrary<AclEntry[]> =>
    fc
      .uniqueArray(fc.record({ tag: fc.constant(tag), bits: fc.nat(7), id: fc.nat(0xffff_fffe) }), {
        selector: ({ id }) => id,
        maxLength: 20,
      })
      .map((entries) => entries.sort((a, b) => a.id - b.id))
  const one = (tag: number): fc.Arbitrary<AclEntry[]> => fc.nat(7).map((bits) => [{ tag, bits, id: none }])
  const anyList = fc
    .tuple(one(1), named(2), one(4), named(8), one(0x10), one(0x20))
    .map((parts) => bytesOf(parts.flat()))
  fc.assert(
    fc.property(anyList, fc.boolean(), (bytes, numeric) => {
      expect(parseAcl(formatAcl(bytes, names) ?? '', numbers, { numeric })).toBe(bytes)
    }),
  )
})

test("names count more than numbers, unless numbers are asked for; a stranger's number stands", () => {
  const elsewhere = 'user::rwx,user:lisa:r--:5,user:nobody-here:r--:6,group::r--,mask::r--,other::r--'
  const ids = (numeric: boolean): number[] => {
    const bytes = Buffer.from(parseAcl(elsewhere, numbers, { numeric }) ?? '', 'latin1')
    return [bytes.readUInt32LE(16), bytes.readUInt32LE(24)]
  }
  expect(ids(false)).toEqual([6, 1001])
  expect(ids(true)).toEqual([5, 6])
})

test('lists of other programs', () => {
  expect(
    parseAcl('user::rw-\nuser:lisa:rw-\ngroup::r--\nmask:rw-\nother:r--\n', numbers, { numeric: false }),
  ).toBe(
    parseAcl('user::rw-,user:lisa:rw-:1001,group::r--,mask::rw-,other::r--', numbers, { numeric: false }),
  )
})

test.each([
  [''],
  ['user'],
  ['user:stranger:rw-'],
  ['user::rwx,nobody::r--'],
  ['user::888'],
  ['mask:lisa:rwx'],
  ['user:x:rwx:4294967295'],
  ['user:lisa:rwx:1001,'.repeat(9000)],
])('%.30j is no list', (bad) => {
  expect(parseAcl(bad, numbers, { numeric: true })).toBeUndefined()
})

test.each([[''], ['\x02\0\0'], ['\x03\0\0\0'], ['\x02\0\0\0abc'], [bytesOf([{ tag: 3, bits: 0, id: 0 }])]])(
  'the bytes %j are no list',
  (bad) => {
    expect(formatAcl(bad, names)).toBeUndefined()
  },
)
