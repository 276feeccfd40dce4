import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { accessFor, type AccessPoint, parseAccessPoint } from '../../../src/format/access-point.ts'
import { formatManifestVolume, type ManifestVolume } from '../../../src/format/manifest.ts'
import { parseManifest } from '../../../src/format/manifest-parser.ts'
import { comparePaths } from '../../../src/format/path-order.ts'

const base: ManifestVolume = {
  number: 1,
  startPath: '',
  startBlock: undefined,
  endPath: 'z',
  endBlock: undefined,
  hashes: { SHA1: 'ab' },
}
const part = fc
  .string({
    unit: fc
      .integer({ min: 1, max: 255 })
      .filter((c) => c !== 47)
      .map((c) => String.fromCharCode(c)),
    minLength: 1,
    maxLength: 6,
  })
  .filter((name) => name !== '.')
const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'))
const point: fc.Arbitrary<AccessPoint> = fc.record({
  path,
  block: fc.option(fc.nat(), { nil: undefined }),
  offset: fc.nat(),
  before: fc.oneof(
    fc.constant(''),
    fc.uint8Array({ minLength: 16, maxLength: 31 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
  ),
})

test('points are read back from a manifest as they were written', () => {
  fc.assert(
    fc.property(fc.array(point, { minLength: 1, maxLength: 5 }), (access) => {
      const volume = { ...base, access }
      expect(parseManifest(formatManifestVolume(volume)).volumes).toEqual([volume])
    }),
  )
})

test('a volume without points has no such line', () => {
  expect(formatManifestVolume(base).toString()).not.toMatch(/access/i)
  expect(formatManifestVolume({ ...base, access: [] }).toString()).not.toMatch(/access/i)
})

test.each([
  'DubaAccess',
  'DubaAccess 12',
  'DubaAccess 12 -',
  'DubaAccess -1 - path',
  'DubaAccess 1e3 - path',
  'DubaAccess 9999999999999999 - path',
  'DubaAccess 12 short path',
  'DubaAccess 12 - path notanumber',
  'DubaAccess 12 - "path',
])('what is no point is passed over, as fields of other names are: %s', (line) => {
  expect(parseAccessPoint(line.split(' '))).toBeUndefined()
  const text = `Volume 1:\n    StartingPath   .  \n    EndingPath     z  \n    Hash SHA1 ab\n    ${line}\n`
  expect(parseManifest(Buffer.from(text)).volumes).toEqual([base])
})

test('the point for a path is the last before it, and has nothing of it behind', () => {
  fc.assert(
    fc.property(fc.array(point, { maxLength: 8 }), path, (points, wanted) => {
      const sorted = [...points].sort((a, b) => comparePaths(a.path, b.path))
      const before = sorted.filter((each) => comparePaths(each.path, wanted) < 0)
      expect(accessFor(sorted, wanted)).toBe(before.at(-1))
    }),
  )
  expect(accessFor([{ path: 'a', block: undefined, offset: 1, before: '' }], '')).toBeUndefined()
})
