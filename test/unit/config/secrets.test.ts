import { expect, test } from '@jest/globals'
import { secretValues, splitPassword } from '../../../src/config/secrets.ts'

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
