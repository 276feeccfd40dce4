import { expect, test } from '@jest/globals'
import { buildRules, type SelectionOption } from '../../../../src/engine/select/rules.ts'

const lists: Record<string, string> = {
  inc: 'src/a\n- src/b\n',
  exc: 'src/c\n',
  bad: '/elsewhere\n',
  empty: '\n',
}
const readers = {
  readFile: (path: string) => {
    const content = lists[path]
    if (content === undefined) throw new Error('no such file')
    return Buffer.from(content)
  },
  nullSeparator: false,
}
const build = (...options: SelectionOption[]) => buildRules(options, 'src', readers)
const exclude = (value: string): SelectionOption => ({ option: 'exclude', value })

test('rules keep the order of the command line, lists in place', () => {
  expect(
    build(
      { option: 'include', value: 'src/x' },
      { option: 'include-filelist', value: 'inc' },
      { option: 'exclude-regexp', value: 'r$' },
      { option: 'exclude-other-filesystems' },
      { option: 'exclude-filelist', value: 'exc' },
      { option: 'exclude-older-than', value: 5 },
    ),
  ).toEqual([
    { rule: 'glob', action: 'include', pattern: 'src/x' },
    { rule: 'glob', action: 'include', pattern: 'src/a' },
    { rule: 'glob', action: 'exclude', pattern: 'src/b' },
    { rule: 'regexp', action: 'exclude', pattern: 'r$' },
    { rule: 'other-filesystems' },
    { rule: 'glob', action: 'exclude', pattern: 'src/c' },
    { rule: 'older-than', time: 5 },
  ])
})

test('if-present and device-files go to the front, the latest first', () => {
  expect(
    build(
      exclude('src/a'),
      { option: 'exclude-if-present', value: '.no' },
      { option: 'exclude-device-files' },
      { option: 'exclude-if-present', value: '.skip' },
    ).map((rule) => ('name' in rule ? rule.name : rule.rule)),
  ).toEqual(['.skip', 'device-files', '.no', 'glob'])
})

test('no rules at all is fine', () => {
  expect(build()).toEqual([])
  expect(build({ option: 'exclude-filelist', value: 'empty' })).toEqual([])
})

test.each<[string, SelectionOption[], string]>([
  ['a glob', [exclude('src/b'), { option: 'include', value: 'src/a/' }], 'Command-line include glob: src/a/'],
  ['a regular expression', [{ option: 'include-regexp', value: 'deep' }], 'Regular expression: deep'],
  [
    'a list line, front rules after it',
    [
      { option: 'include-filelist', value: 'inc' },
      { option: 'include', value: '**' },
      { option: 'exclude-device-files' },
    ],
    'Command-line include glob: **',
  ],
])('a list that ends with an include is refused: %s', (_name, options, named) => {
  expect(() => build(...options)).toThrow(
    expect.objectContaining({
      code: 'REDUNDANT_INCLUDE',
      message: expect.stringContaining(`Last selection expression:\n    ${named}\n`),
    }),
  )
})

test('a pattern outside the source names itself, its list and the source', () => {
  const outside = (options: SelectionOption, message: RegExp) => {
    expect(() => build(options)).toThrow(
      expect.objectContaining({ code: 'PATTERN_OUTSIDE', message: expect.stringMatching(message) }),
    )
  }
  outside(exclude('etc/x'), /etc\/x cannot match .* source src$/)
  outside({ option: 'exclude-filelist', value: 'bad' }, /\/elsewhere \(in the list bad\)/)
  expect(() => buildRules([exclude('ignorecase:Src/x')], 'Src', readers)).toThrow(
    expect.objectContaining({ hint: expect.stringContaining("begin with '**'") }),
  )
})

test('a source is compared in its canonical form', () => {
  expect(() => buildRules([exclude('src/a')], './src/', readers)).not.toThrow()
})

test('a missing list is told before any fault of a pattern', () => {
  expect(() => build(exclude('nope//x'), { option: 'exclude-filelist', value: 'gone' })).toThrow(
    expect.objectContaining({
      code: 'FILELIST_UNREADABLE',
      message: 'Error opening file gone',
      hint: 'no such file',
    }),
  )
})

test('malformed patterns and expressions are refused', () => {
  const invalid = expect.objectContaining({ code: 'PATTERN_INVALID' })
  expect(() => build(exclude(''))).toThrow(invalid)
  expect(() => build(exclude('src/[z-a]'))).toThrow(invalid)
  expect(() => build({ option: 'exclude-regexp', value: '([' })).toThrow(invalid)
  expect(() => build(exclude('src//a'))).toThrow(
    expect.objectContaining({ message: "Consecutive '/'s found in globbing string src//a" }),
  )
})
