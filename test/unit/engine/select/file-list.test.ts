import { expect, test } from '@jest/globals'
import { parseFileList } from '../../../../src/engine/select/file-list.ts'

const parse = (text: string, nullSeparator = false) =>
  parseFileList(Buffer.from(text), 'exclude', nullSeparator).map(
    ({ action, pattern }) => `${action === 'include' ? '+' : '-'}${pattern}`,
  )

test.each([
  ['a\nb', ['-a', '-b']],
  ['a\r\nb\rc\n', ['-a', '-b', '-c']],
  ['\n  \n# note\n   # note\n', []],
  ['+ a\n- b\n+c\n', ['+a', '-b', '-+c']],
  ['-  a', ['- a']],
  ['- - a', ['-- a']],
  ['-\ta', ['--\ta']],
  ['- #a', ['-#a']],
  ['"a "\n+ \' b\'', ['-a ', '+ b']],
  ['"- a"', ['-- a']],
  ['\'a"\n"a', ['-\'a"', '-"a']],
  ['""\n\'', []],
  ['"ignorecase:a"', ['-ignorecase:a']],
  [' \x1ca\x1f\u00a0', ['-a']],
  ['\ufeffa', ['-\xef\xbb\xbfa']],
  ['a\vb', ['-a\vb']],
])('%j', (text, expected) => {
  expect(parse(text)).toEqual(expected)
})

test('only NUL ends a line when it is the separator', () => {
  expect(parse('a\nb\0 + c\0\r\nd\0', true)).toEqual(['-a\nb', '+c', '-d'])
})

test('names that are not UTF-8 keep their bytes', () => {
  expect(parseFileList(Buffer.from('src/\xe9t\xe9 \n', 'latin1'), 'include', false)).toEqual([
    { action: 'include', pattern: 'src/\xe9t\xe9' },
  ])
})
