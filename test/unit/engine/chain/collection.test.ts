import { describe, expect, test } from '@jest/globals'
import { lastFullTime, readCollection, summarizeCollection } from '../../../../src/engine/chain/collection.ts'
import { chainAt, setsAt } from '../../../../src/engine/chain/choose.ts'
import { missingVolumes } from '../../../../src/engine/chain/sets.ts'
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
    expect(collection.newest).toBe(at(3))
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

  test.each([
    ['lost', undefined],
    ['empty', 0],
  ])('a last incremental whose signatures are %s is restored, and not built upon', (_, size) => {
    const names = [...full(0), ...inc(0, 1), ...inc(1, 2)]
    const [manifest = '', volume = '', signatures = ''] = inc(1, 2)
    const remote = names
      .filter((name) => size !== undefined || name !== signatures)
      .map((name) => (name === signatures ? { name, size } : { name }))
    const collection = readCollection(remote, [], defaultNames)
    const [chain] = collection.chains
    expect(chain).toMatchObject({ end: at(2), sets: [{ end: at(0) }, { end: at(1) }, { end: at(2) }] })
    expect(collection.primary?.chain).toMatchObject({ end: at(1), sets: [{ end: at(0) }, { end: at(1) }] })
    expect(collection.unsigned).toBe(chain?.sets[2])
    expect(collection.incompleteSets).toEqual([])
    expect(collection.classes.filter(({ set }) => set?.end === at(2)).map(({ class: kind }) => kind)).toEqual(
      ['chain', 'chain'],
    )
    // Told and counted as duplicity does.
    expect(collection.warnings).toContainEqual({ kind: 'discarding-last-set' })
    expect(collection.warnings).toContainEqual({ kind: 'incomplete-sets', sets: [[manifest, volume]] })
    expect(summarizeCollection(collection, 'dir')).toMatchObject({
      secondary: [],
      primary: { end: at(1), sets: [{ end: at(0) }, { end: at(1) }] },
      incompleteSets: 1,
    })
  })

  test.each([
    ['.manifest beside .manifest.gpg', `duplicity-full.${T[0] ?? ''}.manifest`, 0],
    ['.manifest.gz beside .manifest.gpg', `duplicity-full.${T[0] ?? ''}.manifest.gz`, 0],
    ['a short name beside a long one', 'df.s44we8.m.g', 0],
    ['a volume of both forms', `duplicity-full.${T[0] ?? ''}.vol1.difftar.gz`, 2],
  ])('two names for one place, %s: one stands, the other is told', (_, name, place) => {
    const kept = full(0)[place] ?? ''
    const collection = readCollection([name, ...full(0)], [], defaultNames)
    expect(collection.warnings).toEqual([{ kind: 'duplicate-file', name, kept }])
    expect(collection.primary?.chain.sets).toHaveLength(1)
    expect(collection.classes.find((file) => file.name === name)).toEqual({
      where: 'remote',
      name,
      class: 'duplicate',
      kept,
    })
  })

  test.each(['~', '.tmp', '.par2', '.vol000+01.par2'])('a name that ends in %s is no backup file', (end) => {
    const names = full(0).map((name) => name + end)
    const lone = readCollection(names, [], defaultNames)
    expect(lone.chains).toEqual([])
    expect(lone.warnings).toEqual([{ kind: 'irregular-names', where: 'remote', names: [...names].sort() }])
    expect(readCollection([...names, ...full(0)], [], defaultNames).primary?.chain.sets).toHaveLength(1)
  })

  test('an empty file counts as missing, unless the archive directory holds its content', () => {
    const [manifest = '', signatures = '', volume = ''] = full(0)
    const remote = [
      { name: manifest, size: 0 },
      { name: signatures, size: 0 },
      { name: volume, size: 0 },
    ]
    expect(readCollection(remote, [], defaultNames)).toMatchObject({
      chains: [],
      warnings: [{ kind: 'empty-files', where: 'remote', names: [signatures, manifest, volume].sort() }],
    })
    const local = [manifest.replace('.gpg', ''), signatures.replace('.gpg', '.gz')]
    const cached = readCollection(remote, local, defaultNames)
    expect(cached.primary?.chain.sets[0]?.volumes.size).toBe(0)
    expect(cached.warnings).toContainEqual({ kind: 'empty-files', where: 'remote', names: [volume] })
    const plain = `duplicity-full.${T[0] ?? ''}.vol1.difftar`
    expect(readCollection([{ name: plain, size: 0 }], [], defaultNames).remote).toHaveLength(1)
  })

  test('partial files on the remote are told and belong to nothing', () => {
    const part = `duplicity-full.${T[0] ?? ''}.manifest.part`
    const collection = readCollection([part], [part], defaultNames)
    expect(collection.chains).toEqual([])
    expect(collection.warnings).toEqual([{ kind: 'remote-partials', names: [part] }])
    expect(collection.newest).toBe(at(0))
  })

  test('a gap among the volumes of a set is told', () => {
    const remote = full(0, 4).filter((name) => !name.includes('vol2.'))
    expect(readCollection(remote, [], defaultNames).warnings).toEqual([
      { kind: 'missing-volumes', set: full(0)[0], volumes: [2] },
    ])
    const hostile = `duplicity-full.${T[0] ?? ''}.vol99999999999.difftar.gpg`
    const [warning] = readCollection([...full(0), hostile], [], defaultNames).warnings
    expect(warning?.kind === 'missing-volumes' && warning.volumes.length < 2000).toBe(true)
  })

  test('what a manifest lists and the remote does not have is missing', () => {
    const set = readCollection(full(0, 2), [], defaultNames).chains[0]?.sets[0]
    expect(set && missingVolumes(set, [1, 2, 3])).toEqual([3])
  })

  test('of sets that end in the same second each has its place, the later start first', () => {
    const remote = [...full(0), ...inc(0, 1), ...inc(0, 2), ...inc(1, 2), ...full(2)]
    const collection = readCollection(remote, [], defaultNames)
    expect(collection.chains.map(({ sets }) => sets.map(({ start }) => start))).toEqual([
      [at(0), at(0), at(1)],
      [at(2)],
    ])
    expect(collection.orphanedSets.map(({ start }) => start)).toEqual([at(0)])
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
    expect(collection.primary?.signatures.end).toBe(at(2))
    expect(collection.displacedSets.map(({ end }) => end)).toEqual([at(1)])
    expect(collection.warnings).toContainEqual({ kind: 'displaced-sets', sets: [inc(0, 1).slice(0, 2)] })
  })
})

test('a set of more volumes than a call has room for arguments', () => {
  const collection = readCollection(full(0, 200_000), [], defaultNames)
  expect(collection.primary?.chain.sets[0]?.volumes.size).toBe(200_000)
  expect(collection.warnings).toEqual([])
})
