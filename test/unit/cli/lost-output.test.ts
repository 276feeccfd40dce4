import { expect, test } from '@jest/globals'
import { Writable } from 'node:stream'
import { endureLoss } from '../../../src/cli/lost-output.ts'

function fail(code: string): boolean {
  const stream = new Writable()
  const loss = endureLoss(stream)
  stream.emit('error', Object.assign(new Error(code), { code, errno: -1 }))
  return loss.incomplete
}

test.each([
  ['EPIPE', false],
  ['EIO', false],
  ['ENOSPC', true],
  ['EDQUOT', true],
  ['EFBIG', true],
])('a program goes on after %s; what it said is incomplete: %s', (code, incomplete) => {
  expect(fail(code)).toBe(incomplete)
})

test('every other error is thrown', () => {
  expect(() => fail('EBADF')).toThrow('EBADF')
})
