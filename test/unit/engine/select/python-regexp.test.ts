import { expect, test } from '@jest/globals'
import { compilePythonRegExp } from '../../../../src/engine/select/python-regexp.ts'

/** Expression, texts it is found in, texts it is not found in; the answers are those of Python 3.11. */
const table: [expression: string, found: string[], not: string[]][] = [
  ['a$', ['a', 'ba\n'], ['ab', 'a\nb', 'a\r', 'a\u2028']],
  ['^a$', ['a', 'a\n'], ['b\na']],
  ['(?m)^b$', ['b', 'a\nb', 'b\na'], ['a\rb', 'ab']],
  ['a.b', ['a\rb', 'a\u2028b', 'axb'], ['a\nb']],
  ['(?s)a.b', ['a\nb'], ['ab']],
  ['(?i)É', ['é', 'É'], ['e']],
  ['(?i)k', ['K', '\u212a'], ['x']],
  ['\\bfoo\\b', ['foo', 'a foo b'], ['foobar', 'éfoo']],
  ['\\Bo', ['foo'], ['o']],
  ['\\Aa|b\\Z', ['ac', 'cb'], ['ca', 'b\n']],
  ['\\d', ['1', '٣'], ['a', '½']],
  ['(?a)\\d', ['1'], ['٣']],
  ['^\\w$', ['é', '_', '½'], ['-', '\udce9', '\u0301']],
  ['\\s', [' ', '\u00a0', '\x1f', '\x85'], ['\ufeff', 'a']],
  ['[^\\W\\d_]', ['a', 'é'], ['1', '_', '-']],
  ['[\\D]', ['a'], ['1']],
  ['(?P<n>.)(?P=n)', ['aa'], ['ab']],
  ['(.)\\1', ['xaa'], ['aba']],
  ['(?:ab|cd)+$', ['abcd'], ['abc']],
  ['^a{,2}b', ['b', 'aab'], ['aaab']],
  ['a{x}', ['a{x}'], ['ax']],
  ['a{', ['a{'], ['a']],
  ['[]a]', [']', 'a'], ['b']],
  ['[^]a]', ['b'], [']', 'a']],
  ['[a-]', ['-'], ['b']],
  ['[a\\-z]', ['-', 'z'], ['m']],
  ['[&&a]', ['&', 'a'], ['b']],
  ['[[:alpha:]]', ['a]', '[]', 'l]'], ['a', 'b]']],
  ['\\x41\\u00e9\\101\\0', ['AéA\0'], ['A']],
  ['\\U0001F600', ['😀'], ['\ud83d']],
  ['[\\b]', ['\b'], ['b']],
  ['(?x) a b # comment', ['ab'], ['a b']],
  ['(?x) a\\ [ ]b', ['a  b'], ['ab']],
  ['(?s:a.)b', ['a\nb'], ['a\n\n']],
  ['(?s)(?-s:a.)b', ['axb'], ['a\nb']],
  ['(?#note)a', ['a'], ['b']],
  ['(?<=a)b(?!c)', ['ab'], ['abc', 'b']],
  ['(?=a)*b', ['b'], ['a']],
  ['a*?b', ['b', 'aab'], ['a']],
  ['\\.(?:jpe?g|png)$', ['x.jpg', 'y.jpeg'], ['x.jpg/', 'jpg']],
  ['', ['', 'a'], []],
]

test.each(table)('%s', (expression, found, not) => {
  const compiled = compilePythonRegExp(expression)
  expect(found.filter((text) => !compiled.test(text))).toEqual([])
  expect(not.filter((text) => compiled.test(text))).toEqual([])
})

test.each([
  '([',
  '(',
  ')',
  '(a',
  '[',
  '[a-',
  '[z-a]',
  '[\\d-x]',
  '*a',
  'a**',
  'a{1}{2}',
  'a{2,1}',
  '^*',
  '\\b*',
  '\\q',
  '\\',
  '\\x4',
  '\\U00110000',
  '\\8',
  '(?<n>a)',
  '(?P<1>a)',
  '(?P<n>a)(?P<n>b)',
  '(?P=n)',
  'x(?i)',
])('%s is malformed, as in Python', (expression) => {
  expect(() => compilePythonRegExp(expression)).toThrow(
    expect.objectContaining({
      code: 'PATTERN_INVALID',
      message: expect.stringContaining(`Error compiling regular expression ${expression}: `),
    }),
  )
})

test.each([
  ['a++', 'possessive'],
  ['(?>a)', 'atomic'],
  ['(a)?(?(1)b|c)', 'conditional'],
  ['(?i:a)b', 'flag i'],
  ['\\N{BULLET}', 'bad escape \\N'],
])('%s is not supported, and the message says so', (expression, word) => {
  expect(() => compilePythonRegExp(expression)).toThrow(
    expect.objectContaining({ code: 'PATTERN_INVALID', message: expect.stringContaining(word) }),
  )
})
