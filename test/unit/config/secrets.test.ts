import { expect, test } from '@jest/globals'
import { hasBrokenPassword, secretValues, splitPassword } from '../../../src/config/secrets.ts'

test('collects the values of variables that sound secret, and passwords of URLs', () => {
  const config = {
    backup_dest: 'sftp://me:p%40ss@host/x',
    backup_sources: [
      { path: '/a', dest: 'file:///x', env: { API_TOKEN: 'token' } },
      { path: '/b', dest: 'sftp://me@host:22/y' },
    ],
    env: { PASSPHRASE: '', SWIFT_PASSWORD: 'swift', SWIFT_USERNAME: 'user', AWS_ACCESS_KEY_ID: 'id' },
  }
  expect(secretValues(config).sort()).toEqual(['id', 'p%40ss', 'p@ss', 'swift', 'token'])
})

test.each([
  ['sftp://u:p@h/x', 'sftp://u@h/x', 'p'],
  ['sftp://u:a:b@c@h/x', 'sftp://u@h/x', 'a:b@c'],
  ['sftp://u:@h/x', undefined, undefined],
  ['sftp://h:22/x@y:z', undefined, undefined],
  ['file:///a:b@c', undefined, undefined],
])('%s', (url, withoutPassword, password) => {
  expect(splitPassword(url)).toEqual(password === undefined ? undefined : { withoutPassword, password })
})

test.each([
  ['sftp://u:pa/ss@h/x', true],
  ['swift://u:p/@h', true],
  ['sftp://u:pa%2Fss@h/x', false],
  ['sftp://h:22/a@b', false],
  ['sftp://[::1]/a@b', false],
  ['rsync://h::module/a@b', false],
  ['file:///srv/a:b@c', false],
])('a password with a slash in %s: %s', (url, broken) => {
  expect(hasBrokenPassword(url)).toBe(broken)
})
