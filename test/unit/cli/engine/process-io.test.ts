import { expect, test } from '@jest/globals'
import { fullName, openFileLimit } from '../../../../src/cli/engine/process-io.ts'

test('the limit of open files is the smaller one', () => {
  const limits = (soft: string, hard: string) =>
    `Limit                     Soft Limit           Hard Limit           Units     \nMax open files            ${soft.padEnd(20)} ${hard.padEnd(20)} files     \n`
  expect(openFileLimit(limits('512', '1048576'))).toBe(512)
  expect(openFileLimit(limits('unlimited', '4096'))).toBe(4096)
  expect(openFileLimit('')).toBeUndefined()
})

test('the full name of the host is what /etc/hosts says', () => {
  const hosts = '# host.bad\n127.0.0.1 localhost\n127.0.1.1\thost.example.org host # host.no\n'
  expect(fullName('host', hosts)).toBe('host.example.org')
  expect(fullName('other', hosts)).toBe('other')
  expect(fullName('other.org', hosts)).toBe('other.org')
})
