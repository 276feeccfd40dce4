import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { compileGlob, reachesSource } from '../../../../src/engine/select/glob.ts'
import { decodePath } from '../../../../src/lib/path-text.ts'
import { fromText } from '../../../../src/lib/bytestring.ts'

const matches = (pattern: string, path: string, directory = false) =>
  compileGlob(fromText(pattern), 'exclude')(path, directory) === 'match'

test.each([
  ['src/a', 'src/a', true],
  ['src/a', 'src/a/b/c', true],
  ['src/a', 'src/ab', false],
  ['src/a', 'src/a\n', true],
  ['src/a', 'src/a\n\n', false],
  ['src/*', 'src/x/y', true],
  ['src/*.py', 'src/a/x.py', false],
  ['**.py', 'src/a/x.py', true],
  ['**/cache', 'src/cache', true],
  ['**/cache', 'src/cached', false],
  ['**/cache', 'cache', false],
  ['**/*.git*', 'src/x.gitignore/y', true],
  ['src/**', 'src', false],
  ['src/***x', 'src/a/x', true],
  ['src/?', 'src/é', true],
  ['src/?', 'src/😀', true],
  ['src/?', 'src/\udce9', true],
  ['src/[à-ü]', 'src/é', true],
  ['src/[!a]b', 'src//b', true],
  ['src/[]a]', 'src/]', true],
  ['src/[^]a]', 'src/]', false],
  ['src/[a-]', 'src/-', true],
  ['src/[a-c-e]', 'src/d', false],
  ['src/[\\]x', 'src/\\x', true],
  ['src/[a', 'src/[a', true],
  ['src/[!]', 'src/[!]', true],
  ['src/a.b(c)+{1}$|^', 'src/a.b(c)+{1}$|^', true],
  ['src/\\*', 'src/\\x', true],
  ['ignorecase:SRC/É', 'src/é', true],
  ['IgnoreCase:src/[a-c]', 'SRC/B', true],
  ['/', '/etc', true],
  ['/*', '/etc', true],
])('%s over %j: %s', (pattern, path, expected) => {
  expect(matches(pattern, path)).toBe(expected)
})

test('undecodable bytes of a pattern match the same bytes of a name', () => {
  const test = compileGlob('src/\xe9*', 'exclude')
  expect(test(decodePath('src/\xe9t\xe9'), false)).toBe('match')
  expect(test(decodePath(fromText('src/été')), false)).toBeUndefined()
})

test.each([
  ['src/a/', 'src/a', false, undefined],
  ['src/a/', 'src/a', true, 'match'],
  ['src/a/', 'src/a/b', false, 'match'],
  ['**/', 'src/z', false, undefined],
  ['**/s*/', 'src/a/sub/s', false, undefined],
  ['**/sub/', 'src/a/sub/s', false, 'match'],
  ['src/[!x]*/', 'src/a/1', false, 'match'],
])('%s over %s (directory: %s)', (pattern, path, directory, expected) => {
  expect(compileGlob(pattern, 'exclude')(path, directory)).toBe(expected)
})

test.each([
  ['src/a/**/z', ['src', 'src/a', 'src/a/q', 'src/a/q/r'], ['srcx', 'src/b']],
  ['src/a/b', ['src', 'src/a'], ['src/a/c']],
  ['/etc/x', ['/', '/etc'], ['/usr']],
  ['**/x', ['src', 'src/a'], []],
  ['src/*/x/', ['src', 'src/q'], ['src/q/r']],
])('the include %s scans what may lead to it', (pattern, scanned, others) => {
  const include = compileGlob(pattern, 'include')
  expect(scanned.map((path) => include(path, true))).toEqual(scanned.map(() => 'scan'))
  expect(others.map((path) => include(path, true))).toEqual(others.map(() => undefined))
  const exclude = compileGlob(pattern, 'exclude')
  expect(scanned.map((path) => exclude(path, true))).toEqual(scanned.map(() => undefined))
})

test.each(['', 'ignorecase:', 'src/[z-a]', 'src//a', 'ignorecase:src/[Z-a]', '//a'])(
  '%j is no pattern',
  (pattern) => {
    expect(() => compileGlob(pattern, 'exclude')).toThrow(
      expect.objectContaining({ code: 'PATTERN_INVALID' }),
    )
  },
)

test.each([
  ['src/a', 'src', true],
  ['**', '/etc', true],
  ['**/x', 'src', true],
  ['a', 'src', false],
  ['srcx/a', 'src', false],
  ['/home', '/home/me', true],
  ['/etc', '/', true],
  ['ignorecase:Src/x', 'Src', false],
  ['ignorecase:**/X', 'Src', true],
  ['ignorecase:**', 'Src', true],
])('whether %s reaches the source %s: %s', (pattern, source, expected) => {
  expect(reachesSource(pattern, source)).toBe(expected)
})

test('what matches a directory matches everything in it', () => {
  const piece = fc.constantFrom('a', 'b', '*', '?', '**', '[ab]', '[!a]', '.x')
  const pattern = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => 's/' + pieces.join(''))
  const name = fc.stringMatching(/^[ab.x]{1,3}$/)
  fc.assert(
    fc.property(pattern, fc.array(name, { minLength: 1, maxLength: 3 }), name, (glob, names, below) => {
      const directory = 's/' + names.join('/')
      fc.pre(matches(glob, directory, true))
      expect(matches(glob, `${directory}/${below}`)).toBe(true)
    }),
  )
})

test('a pattern without special characters matches exactly its subtree', () => {
  const name = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 5 })
    .map((text) => text.replace(/[*?[\n/]/g, '_'))
  fc.assert(
    fc.property(name, name, (one, other) => {
      expect(matches(`src/${one}`, `src/${one}/${other}`)).toBe(true)
      expect(matches(`src/${one}`, `src/${other}`)).toBe(one === other)
    }),
  )
})

test('a leading **/* asks for a slash somewhere before, and stars at the end for nothing', () => {
  expect(matches('**/*.tmp', 'src/a/x.tmp/y')).toBe(true)
  expect(matches('**/*.tmp', '/x.tmp')).toBe(true)
  expect(matches('**/*.tmp', 'x.tmp')).toBe(false)
  expect(matches('**/*.tmp', 'x.tmp/a')).toBe(false)
  expect(matches('**/*.tmp', 'src/x.tmpl')).toBe(false)
  expect(matches('**/*b/c*', 'src/ab/cd/e')).toBe(true)
  expect(matches('**/*b/c*', 'src/a/cb')).toBe(false)
  expect(matches('**/*', 'src')).toBe(false)
  expect(matches('**/*', 'src/a')).toBe(true)
})
