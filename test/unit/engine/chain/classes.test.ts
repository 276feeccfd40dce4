/** Whatever two listings hold, every file is exactly one thing, and always the same. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  type Collection,
  readCollection,
  summarizeCollection,
} from '../../../../src/engine/chain/collection.ts'
import { filesOf } from '../../../../src/engine/chain/sets.ts'
import { defaultNames, formatName, type RepositoryName } from '../../../../src/format/filename.ts'

/** Few moments, so that sets meet. */
const moment = fc.integer({ min: 0, max: 4 }).map((day) => 1_700_000_000 + day * 86_400)

const repositoryName: fc.Arbitrary<string> = fc
  .record({
    kind: fc.constantFrom<RepositoryName['kind']>('volume', 'manifest', 'signatures'),
    type: fc.constantFrom<RepositoryName['type']>('full', 'inc'),
    start: moment,
    end: moment,
    volume: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant(99_999_999_999)),
    partial: fc.boolean(),
    form: fc.constantFrom<RepositoryName['form']>('plain', 'gz', 'gpg'),
    style: fc.constantFrom<'long' | 'short' | 'old'>('long', 'long', 'short', 'old'),
    after: fc.constantFrom('', '', '', '', '.tmp', '~', '.par2', '.manifest'),
  })
  .map(({ style, after, ...name }) => formatName(name, { ...defaultNames, form: style }) + after)

const listed = fc.record({
  name: fc.oneof({ weight: 9, arbitrary: repositoryName }, { weight: 1, arbitrary: fc.string() }),
  size: fc.constantFrom(undefined, 0, 1, 4096),
})
const listing = fc.array(listed, { maxLength: 40 })

function outcome({ classes, warnings, newest, ...collection }: Collection): unknown {
  const { chains, signatureChains, orphanedSets, incompleteSets, displacedSets, unsigned } = collection
  return {
    ...{ classes, warnings, newest, signatureChains, unsigned: unsigned && filesOf(unsigned) },
    chains: chains.map(({ sets }) => sets.map(filesOf)),
    others: [orphanedSets, incompleteSets, displacedSets].map((sets) => sets.map(filesOf)),
    summary: summarizeCollection({ ...collection, classes, warnings, newest }, 'dir'),
  }
}

test('every file is exactly one thing', () => {
  fc.assert(
    fc.property(listing, listing, (remote, local) => {
      const { classes } = readCollection(remote, local, defaultNames)
      const keys = classes.map(({ where, name }) => `${where} ${name}`)
      expect(keys).toEqual([...new Set(keys)])
      const wanted = [
        ...remote.map(({ name }) => `remote ${name}`),
        ...local.map(({ name }) => `local ${name}`),
      ]
      expect(new Set(keys)).toEqual(new Set(wanted))
    }),
    { numRuns: 500 },
  )
})

test('sets hold the files that the classes say, each in one set', () => {
  fc.assert(
    fc.property(listing, listing, (remote, local) => {
      const collection = readCollection(remote, local, defaultNames)
      const byClass = {
        chain: collection.chains.flatMap(({ sets }) => sets),
        'incomplete-set': collection.incompleteSets,
        'orphaned-set': collection.orphanedSets,
        'displaced-set': collection.displacedSets,
      }
      for (const [kind, sets] of Object.entries(byClass)) {
        const names = collection.classes
          .filter((file) => file.where === 'remote' && file.class === kind)
          .map(({ name }) => name)
        expect(new Set(sets.flatMap(filesOf))).toEqual(new Set(names))
      }
      expect(collection.incompleteSets.filter(({ manifest }) => manifest !== undefined)).toEqual([])
      const { unsigned, primary } = collection
      expect(unsigned === undefined || unsigned.start === primary?.chain.end).toBe(true)
      for (const { start, end, sets } of collection.chains) {
        expect(start <= end && sets[0]?.type === 'full' && sets.at(-1)?.end === end).toBe(true)
      }
    }),
    { numRuns: 500 },
  )
})

test('the order of a listing changes nothing, nor does a name that is told twice', () => {
  const shuffled = listing.chain((names) =>
    fc.tuple(
      fc.constant(names),
      fc.shuffledSubarray([...names, ...names.slice(0, 3)], {
        minLength: names.length + Math.min(3, names.length),
      }),
    ),
  )
  fc.assert(
    fc.property(shuffled, shuffled, ([remote, remoteAgain], [local, localAgain]) => {
      const first = outcome(readCollection(remote, local, defaultNames))
      expect(outcome(readCollection(remoteAgain, localAgain, defaultNames))).toEqual(first)
    }),
    { numRuns: 500 },
  )
})
