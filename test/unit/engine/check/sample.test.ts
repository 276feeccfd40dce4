import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { sample } from '../../../../src/engine/check/sample.ts'

test('a sample has its share, at least one, in order, and the seed gives it again', () => {
  const items = fc
    .uniqueArray(fc.nat(), { minLength: 1, maxLength: 300 })
    .map((list) => list.sort((a, b) => a - b))
  fc.assert(
    fc.property(items, fc.integer({ min: 1, max: 100 }), fc.nat(), (list, percent, seed) => {
      const chosen = sample(list, percent, seed)
      expect(chosen).toHaveLength(Math.max(1, Math.ceil((list.length * percent) / 100)))
      expect(chosen).toEqual([...new Set(chosen)].sort((a, b) => a - b))
      expect(list).toEqual(expect.arrayContaining(chosen))
      expect(sample(list, percent, seed)).toEqual(chosen)
    }),
  )
})

test('seeds make a difference, and every item has its turn', () => {
  const items = Array.from({ length: 20 }, (_, index) => index)
  const seen = new Set(Array.from({ length: 200 }, (_, seed) => sample(items, 5, seed)[0]))
  expect(seen.size).toBe(20)
  expect(sample([], 50, 1)).toEqual([])
})
