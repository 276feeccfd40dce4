import { expect, test } from '@jest/globals'
import { patientTest, repetitionOf } from '../../../../src/engine/select/patient-regexp.ts'
import { compilePythonRegExp } from '../../../../src/engine/select/python-regexp.ts'

test.each(['(a+)+$', '(a|a)*$', '(a*)*b', '([a-z]+/?)*X', '(?:(x|y+)z?){2,9}k', '(x+x+)+y'])(
  'sees that %s can take for ever',
  (expression) => {
    expect(repetitionOf(compilePythonRegExp(expression).source).nested).toBe(true)
  },
)

test.each([
  ['\\.o$', 0],
  ['^/home/[^/]+/\\.cache/.*', 2],
  ['(abc)+', 1],
  ['[(a+)+]*', 1],
  ['\\(a+\\)+', 2],
  ['(a+)?b', 1],
  ['a{2,5}', 0],
])('sees that %s cannot, and counts its repetitions', (expression, open) => {
  expect(repetitionOf(compilePythonRegExp(expression).source)).toEqual({ nested: false, open })
})

test('an expression that a path makes slow is told, not waited for', () => {
  const slow = patientTest(compilePythonRegExp('(a+)+$'), '(a+)+$')
  expect(slow('/x/aaa')).toBe(true)
  expect(slow('/x/b')).toBe(false)
  const started = performance.now()
  expect(() => slow(`/x/${'a'.repeat(60)}!`)).toThrow(expect.objectContaining({ code: 'PATTERN_INVALID' }))
  expect(performance.now() - started).toBeLessThan(10_000)
  expect(slow('/x/aaa')).toBe(true)
})

test('many repetitions beside each other answer on paths of usual length, and are watched on long ones', () => {
  const test = patientTest(compilePythonRegExp('a*a*a*a*a*a*b'), 'shown')
  expect(test('/home/aaab')).toBe(true)
  expect(() => test(`/${'a'.repeat(4000)}`)).toThrow('takes too long for the path')
})
