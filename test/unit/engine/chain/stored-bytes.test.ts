import { expect, test } from '@jest/globals'
import { readCollection } from '../../../../src/engine/chain/collection.ts'
import { storedBytes } from '../../../../src/engine/chain/stored-bytes.ts'
import { defaultNames } from '../../../../src/format/filename.ts'

const [first, second, third] = ['20231114T221320Z', '20231115T221320Z', '20231116T221320Z']
const sizes = new Map([
  [`duplicity-full.${first}.manifest.gpg`, 1],
  [`duplicity-full.${first}.vol1.difftar.gpg`, 10],
  [`duplicity-full-signatures.${first}.sigtar.gpg`, 100],
  [`duplicity-inc.${first}.to.${second}.manifest.gpg`, 1000],
  [`duplicity-inc.${first}.to.${second}.vol1.difftar.gpg`, 10_000],
  [`duplicity-new-signatures.${first}.to.${second}.sigtar.gpg`, 100_000],
  // Of no chain, and of no backup.
  [`duplicity-full.${third}.vol1.difftar.gpg`, 1_000_000],
  ['duba-marker.json', 10_000_000],
])

function bytesOf(listing: Iterable<string | { name: string; size: number }>): number | undefined {
  const collection = readCollection(listing, [], defaultNames)
  const [chain] = collection.chains
  if (chain === undefined) throw new Error('no chain')
  return storedBytes(collection, chain)
}

test('every file of the sets counts, and nothing else', () => {
  expect(bytesOf([...sizes].map(([name, size]) => ({ name, size })))).toBe(111_111)
})

test('nothing is said where sizes are not known', () => {
  expect(bytesOf(sizes.keys())).toBeUndefined()
})
