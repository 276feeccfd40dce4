import { expect, test } from '@jest/globals'
import { askNameService } from '../../../src/sys/name-service.ts'

const env = { PATH: process.env['PATH'] }

test('knows root by name and by number', () => {
  expect(askNameService('passwd', 'root', env)).toMatch(/^root:x?:0:0:/)
  expect(askNameService('group', '0', env)).toMatch(/^root:/)
})

test.each(['', '-h', 'no-such-user-here', 'a\0b'])('has no answer for %j', (key) => {
  expect(askNameService('passwd', key, env)).toBeUndefined()
})
