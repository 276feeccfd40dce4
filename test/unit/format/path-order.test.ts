import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { comparePaths, isInside } from '../../../src/format/path-order.ts'

/** The definition: lists of components, each compared as bytes, a shorter list first. */
function byComponents(a: string, b: string): number {
  const left = a === '' ? [] : a.split('/')
  const right = b === '' ? [] : b.split('/')
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const order = Buffer.compare(
      Buffer.from(left[index] ?? '', 'latin1'),
      Buffer.from(right[index] ?? '', 'latin1'),
    )
    if (order !== 0) return order
  }
  return left.length - right.length
}

const component = fc.string({
  unit: fc.constantFrom('a', 'b', ' ', '-', '.', '\x01', '0', '\x7f', '\x80', '\xff'),
  minLength: 1,
  maxLength: 3,
})
const path = fc.array(component, { maxLength: 4 }).map((parts) => parts.join('/'))

test('paths are in the order of their components, not of their joined strings', () => {
  const ordered = ['', 'a', 'a/b', 'a/b/c', 'a\x01', 'a b', 'a-b', 'a.txt', 'b', '\xff']
  expect(ordered.toReversed().sort(comparePaths)).toEqual(ordered)
})

test('any two paths compare as their lists of components do', () => {
  fc.assert(
    fc.property(path, path, (a, b) => {
      expect(Math.sign(comparePaths(a, b))).toBe(Math.sign(byComponents(a, b)))
      expect(comparePaths(a, a)).toBe(0)
    }),
  )
})

test('a path is inside itself, its ancestors and the root, and inside nothing else', () => {
  expect(isInside('a/b', '')).toBe(true)
  expect(isInside('', '')).toBe(true)
  expect(isInside('a/b', 'a/b')).toBe(true)
  expect(isInside('a/b/c', 'a/b')).toBe(true)
  expect(isInside('a/bc', 'a/b')).toBe(false)
  expect(isInside('a', 'a/b')).toBe(false)
  expect(isInside('', 'a')).toBe(false)
})
