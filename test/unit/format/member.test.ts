import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  formatSignatureMember,
  formatVolumeMember,
  parseSignatureMember,
  parseVolumeMember,
} from '../../../src/format/member.ts'
import { codeOf } from './fixtures.ts'

test('members of volumes have the names that duplicity gives them', () => {
  const name = formatVolumeMember
  expect(name({ action: 'snapshot', path: '', directory: true })).toBe('snapshot/./')
  expect(name({ action: 'snapshot', path: '', directory: false })).toBe('snapshot/')
  expect(name({ action: 'diff', path: '', directory: false })).toBe('diff/')
  expect(name({ action: 'snapshot', path: '', directory: false, block: 1 })).toBe('multivol_snapshot/./1')
  expect(name({ action: 'snapshot', path: 'a/b', directory: true })).toBe('snapshot/a/b/')
  expect(name({ action: 'diff', path: 'a/b', directory: false, block: 12 })).toBe('multivol_diff/a/b/12')
  // A deleted directory has no trailing slash.
  expect(name({ action: 'deleted', path: 'a/b', directory: true })).toBe('deleted/a/b')
})

test('members of signature archives have the names that duplicity gives them', () => {
  const name = formatSignatureMember
  expect(name({ action: 'snapshot', path: '', directory: true })).toBe('snapshot/')
  expect(name({ action: 'signature', path: '', directory: false })).toBe('signature/')
  expect(name({ action: 'snapshot', path: 'd', directory: true })).toBe('snapshot/d/')
  expect(name({ action: 'snapshot', path: 'link', directory: false })).toBe('snapshot/link')
  expect(name({ action: 'deleted', path: 'd', directory: true })).toBe('deleted/d')
})

test('every spelling of the root is the root', () => {
  for (const name of ['snapshot', 'snapshot/', 'snapshot/.', 'snapshot/./']) {
    expect(parseVolumeMember(name)).toEqual({ action: 'snapshot', path: '', block: undefined })
    expect(parseSignatureMember(name)).toEqual({ action: 'snapshot', path: '' })
  }
  expect(parseVolumeMember('multivol_diff/./3')).toEqual({ action: 'diff', path: '', block: 3 })
  expect(parseVolumeMember('multivol_diff/3')).toEqual({ action: 'diff', path: '', block: 3 })
})

test('blocks are parsed from both ends: what looks like a prefix or a number inside is path', () => {
  expect(parseVolumeMember('multivol_snapshot/multivol_snapshot/1/2')).toEqual({
    action: 'snapshot',
    path: 'multivol_snapshot/1',
    block: 2,
  })
  expect(parseVolumeMember('multivol_diff/new\nline/7').path).toBe('new\nline')
  expect(parseVolumeMember('snapshot/multivol_snapshot/1').block).toBeUndefined()
})

const component = fc
  .string({ unit: fc.constantFrom('a', '.', ' ', '\n', '\xe9', '1', '\\'), minLength: 1, maxLength: 5 })
  .filter((text) => text !== '.' && text !== '..')
const path = fc.array(component, { maxLength: 4 }).map((parts) => parts.join('/'))

test('what is formatted is parsed back', () => {
  fc.assert(
    fc.property(path, fc.option(fc.integer({ min: 1, max: 1e9 }), { nil: undefined }), (path, block) => {
      const name = formatVolumeMember({
        action: 'diff',
        path,
        directory: false,
        ...(block !== undefined && { block }),
      })
      expect(parseVolumeMember(name)).toEqual({ action: 'diff', path, block })
      const directory = formatVolumeMember({ action: 'snapshot', path, directory: true })
      expect(parseVolumeMember(directory)).toEqual({ action: 'snapshot', path, block: undefined })
      const signature = formatSignatureMember({ action: 'signature', path, directory: false })
      expect(parseSignatureMember(signature)).toEqual({ action: 'signature', path })
    }),
  )
})

test.each([
  'snapshot/../etc/passwd',
  'snapshot/a/..',
  'snapshot/..',
  'snapshot//etc/passwd',
  'snapshot//',
  'snapshot/a//b',
  'snapshot/a/./b',
  'snapshot/a\0b',
  'multivol_snapshot/../x/1',
  'multivol_diff//x/1',
  'multivol_diff/x//1',
  'deleted/a/../b',
])('%j is refused as hostile', (name) => {
  expect(codeOf(() => parseVolumeMember(name))).toBe('HOSTILE_MEMBER')
})

test('signature archives are checked in the same way', () => {
  expect(codeOf(() => parseSignatureMember('signature/../x'))).toBe('HOSTILE_MEMBER')
  expect(codeOf(() => parseSignatureMember('deleted//x'))).toBe('HOSTILE_MEMBER')
})

test('names that only look like dots are names', () => {
  expect(parseVolumeMember('snapshot/.../..a/.b').path).toBe('.../..a/.b')
})

test.each([
  '',
  '/',
  'other/a',
  'snapshots/a',
  'multivol_snapshot',
  'multivol_snapshot/a',
  'multivol_snapshot/a/x',
  'signature/a',
])('%j is no member of a volume', (name) => {
  expect(codeOf(() => parseVolumeMember(name))).toBe('ARCHIVE_INVALID')
})

test('a diff is no member of a signature archive', () => {
  expect(codeOf(() => parseSignatureMember('diff/a'))).toBe('ARCHIVE_INVALID')
})

test('the message shows the name without its control characters', () => {
  expect(() => parseVolumeMember('snapshot/\x1b[2J/../x')).toThrow('snapshot/\\x1b[2J/../x')
})
