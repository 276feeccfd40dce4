import { describe, expect, test } from '@jest/globals'
import { mappedId, parseOwnerMap } from '../../../../src/engine/restore/owner-map.ts'
import { OwnerTable } from '../../../../src/engine/select/owner.ts'

const owners = new OwnerTable({ passwd: 'bob:x:1001:1001::/:\n', group: 'staff:x:50:\n' })
const stored = { uid: 1000, gid: 100, uname: 'alice', gname: '' }

describe('a map of owners', () => {
  test('goes by name before number, and only for its kind', () => {
    const rules = parseOwnerMap('user:1000=7, user:alice=bob\n# comment\ngroup:100=staff', owners)
    expect(mappedId('user', stored, rules)).toBe(1001)
    expect(mappedId('user', { ...stored, uname: 'other' }, rules)).toBe(7)
    expect(mappedId('group', stored, rules)).toBe(50)
    expect(mappedId('group', { ...stored, gid: 1000 }, rules)).toBeUndefined()
  })

  test.each(['alice=bob', 'user:alice', 'user:alice=nobody-here', 'group:100=bob'])('refuses %s', (text) => {
    expect(() => parseOwnerMap(text, owners)).toThrow(expect.objectContaining({ code: 'USAGE' }))
  })
})
