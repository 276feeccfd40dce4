import { expect, test } from '@jest/globals'
import { systemFailure, wrongBodySize } from '../../../src/backend/failure.ts'
import { UserError } from '../../../src/lib/errors.ts'
import { systemError } from '../../../src/sys/libc.ts'

const cases: [number, string][] = [
  [2, 'BACKEND_ERROR'],
  [13, 'BACKEND_DENIED'],
  [1, 'BACKEND_DENIED'],
  [30, 'BACKEND_DENIED'],
  [28, 'BACKEND_NO_SPACE'],
  [122, 'BACKEND_NO_SPACE'],
  [5, 'BACKEND_ERROR'],
]

test.each(cases)('errno %i is %s, with what, where and what to do', (errno, code) => {
  const cause = systemError(errno, 'write')
  const error = systemFailure(cause, 'put', 'file:///x', 'vol1')
  expect(error).toBeInstanceOf(UserError)
  expect(error).toMatchObject({ code, cause })
  expect((error as UserError).message).toContain('vol1')
  expect((error as UserError).message).toContain('file:///x')
  expect((error as UserError).hint).toMatch(/\.$/)
})

test('what is missing is not found, unless it was to be stored', () => {
  const cause = systemError(2, 'open')
  expect(systemFailure(cause, 'get', 'file:///x', 'vol1')).toMatchObject({ code: 'BACKEND_NOT_FOUND', cause })
})

test('what is no system error stays what it is', () => {
  const bug = new TypeError('x')
  expect(systemFailure(bug, 'put', 'file:///x')).toBe(bug)
})

test('a wrong size says how much came', () => {
  expect(wrongBodySize('vol1', 10, 4).message).toContain('4 of the 10 bytes')
  expect(wrongBodySize('vol1', 10, 11).message).toContain('more than the 10 bytes')
})
