import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  lastFullTime,
  newestTime,
  readCollection,
  summarizeCollection,
} from '../../../../src/engine/chain/collection.ts'
import { chainAt, setsAt } from '../../../../src/engine/chain/choose.ts'
import { defaultNames } from '../../../../src/format/filename.ts'

const T = ['20231114T221320Z', '20231115T221320Z', '20231116T221320Z', '20231117T221320Z', '20231118T221320Z']
const at = (index: number): number => 1700000000 + 86400 * index

const full = (i: number, volumes = 1): string[] => [
  `duplicity-full.${T[i] ?? ''}.manifest.gpg`,
  `duplicity-full-signatures.${T[i] ?? ''}.sigtar.gpg`,
  ...Array.from({ length: volumes }, (_, n) => `duplicity-full.${T[i] ?? ''}.vol${n + 1}.difftar.gpg`),
]
const inc = (i: number, j: number): string[] => [
  `duplicity-inc.${T[i] ?? ''}.to.${T[j] ?? ''}.manifest.gpg`,
  `duplicity-inc.${T[i] ?? ''}.to.${T[j] ?? ''}.vol1.difftar.gpg`,
  `duplicity-new-signatures.${T[i] ?? ''}.to.${T[j] ?? ''}.sigtar.gpg`,
]
const kinds = (remote: string[], local: string[] = []): string[] =>
  readCollection(remote, local, defaultNames).warnings.map(({ kind }) => kind)

describe('a healthy repository', () => {
  const collection = readCollection([...full(0, 3), ...inc(0, 1), ...full(2), ...inc(2, 3)], [], defaultNames)

  test('gives chains sorted by end, the newest matched with its signatures', () => {
    expect(summarizeCollection(collection, 'dir')).toEqual({
      archiveDir: 'dir',
      secondary: [
        {
          start: at(0),
          end: at(1),
          sets: [
            { type: 'full', start: at(0), end: at(0), volumes: 3, encrypted: true },
            { type: 'inc', start: at(0), end: at(1), volumes: 1, encrypted: true },
          ],
        },
      ],
      primary: {
        start: at(2),
        end: at(3),
        sets: [
          { type: 'full', start: at(2), end: at(2), volumes: 1, encrypted: true },
          { type: 'inc', start: at(2), end: at(3), volumes: 1, encrypted: true },
        ],
      },
      orphanedSets: 0,
      incompleteSets: 0,
    })
    expect(collection.warnings).toEqual([])
  })

  test('knows its newest full and its newest moment', () => {
    expect(lastFullTime(collection)).toBe(at(2))
    expect(newestTime(collection)).toBe(at(3))
  })

  test.each([
    [at(0) - 1, 0, 1],
    [at(0), 0, 1],
    [at(1), 0, 2],
    [at(2) - 1, 0, 2],
    [at(2), 2, 1],
    [at(9), 2, 2],
  ])('at %d the chain that began on day %d stands with %d sets', (time, day, sets) => {
    const chain = chainAt(collection.chains, time)
    expect(chain?.start).toBe(at(day))
    expect(chain === undefined ? 0 : setsAt(chain, time).length).toBe(sets)
  })
})

describe('what does not fit is told, never asserted', () => {
  test('a set without manifest is incomplete, what builds on it is orphaned', () => {
    const remote = [...full(0), ...inc(0, 1).slice(1), ...inc(1, 2)]
    const collection = readCollection(remote, [], defaultNames)
    expect(collection.incompleteSets).toHaveLength(1)
    expect(collection.orphanedSets).toHaveLength(1)
    expect(kinds(remote)).toEqual(expect.arrayContaining(['incomplete-sets', 'orphaned-sets']))
  })

  test('new signatures without their full signatures are orphaned, on either side', () => {
    const lone = inc(0, 1).slice(2)
    const { warnings } = readCollection(lone, lone, defaultNames)
    expect(warnings).toEqual([
      { kind: 'orphaned-signatures', where: 'local', names: lone },
      { kind: 'orphaned-signatures', where: 'remote', names: lone },
    ])
  })

  test('signatures without a backup match nothing', () => {
    expect(kinds(full(0).slice(1, 2))).toEqual(['unmatched-signatures'])
  })

  test('a last incremental without signatures is discarded when the one before is an incremental', () => {
    const remote = [...full(0), ...inc(0, 1), ...inc(1, 2).slice(0, 2)]
    const collection = readCollection(remote, [], defaultNames)
    expect(collection.primary?.chain.end).toBe(at(1))
    expect(kinds(remote)).toContain('discarding-last-set')
  })

  test('two names for one manifest: the exact one stands, the other is told', () => {
    const extra = `duplicity-full.${T[0] ?? ''}.manifest.gpg~`
    const collection = readCollection([...full(0), extra], [], defaultNames)
    expect(collection.warnings).toEqual([{ kind: 'duplicate-file', name: extra, kept: full(0)[0] }])
    expect(collection.primary?.chain.sets).toHaveLength(1)
  })

  test('a finished manifest beside a leftover .part of the same set stands', () => {
    const local = [
      `duplicity-full.${T[0] ?? ''}.manifest.part`,
      `duplicity-full-signatures.${T[0] ?? ''}.sigtar.part`,
    ]
    expect(readCollection(full(0), local, defaultNames).chains).toHaveLength(1)
  })

  test('of two incrementals with one start the longer one stands', () => {
    const collection = readCollection([...full(0), ...inc(0, 1), ...inc(0, 2)], [], defaultNames)
    expect(collection.chains[0]?.sets.map(({ end }) => end)).toEqual([at(0), at(2)])
  })

  test('any set of names is classified without an exception', () => {
    const name = fc.oneof(
      fc.constantFrom(...full(0), ...full(1), ...inc(0, 1), ...inc(1, 2), ...inc(0, 2), ...inc(2, 2)),
      fc.string(),
      fc.constantFrom(...full(0)).map((text) => `${text}.tmp`),
    )
    fc.assert(
      fc.property(fc.array(name), fc.array(name), (remote, local) => {
        const collection = readCollection(remote, local, defaultNames)
        expect(collection.chains.every(({ start, end }) => start <= end)).toBe(true)
      }),
    )
  })
})
