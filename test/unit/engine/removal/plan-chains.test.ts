import { describe, expect, test } from '@jest/globals'
import { type Age, type ChainPlan, planChains } from '../../../../src/engine/removal/plan-chains.ts'
import { localNames, remoteNames } from '../../../../src/engine/removal/plan.ts'
import {
  at,
  cached,
  full,
  fullManifest,
  fullSignatures,
  fullVolume,
  inc,
  incManifest,
  incVolume,
  inventory,
  newSignatures,
} from './names.ts'

const older = (index: number): Age => ({ kind: 'older-than', time: at(index) })
const butFulls = (count: number): Age => ({ kind: 'but-n-full', count })

/** Three chains: 0–2, 3–4, 5–6. */
const chains = [...full(0, 2), ...inc(0, 1), ...inc(1, 2), ...full(3), ...inc(3, 4), ...full(5), ...inc(5, 6)]

const plan = (remote: string[], age: Age, incrementsOnly = false): ChainPlan =>
  planChains(inventory(remote), age, { incrementsOnly })

describe('which chains go', () => {
  test.each<[string, Age, number[], number[]]>([
    ['before everything', older(-1), [], []],
    ['the moment at which a chain ends is not before', older(2), [], [at(0), at(1)]],
    ['after the first chain', older(2.5), [at(2)], []],
    ['inside the second', older(3.5), [at(2)], [at(3)]],
    ['inside the active chain', older(5.5), [at(2), at(4)], [at(5)]],
    ['after everything', older(9), [at(2), at(4)], []],
    ['all but one full', butFulls(1), [at(2), at(4)], []],
    ['all but two', butFulls(2), [at(2)], []],
    ['as many as there are', butFulls(3), [], []],
    ['more than there are', butFulls(9), [], []],
  ])('%s', (_, age, times, needed) => {
    const found = plan(chains, age)
    expect(found.times).toEqual(times)
    expect(found.needed).toEqual(needed)
  })

  test('what stays is told with its reason', () => {
    const active = { start: at(5), end: at(6), why: 'active' }
    expect(plan(chains, older(9)).kept).toEqual([active])
    expect(plan(chains, older(9)).activeIsOld).toBe(true)
    expect(plan(chains, butFulls(2)).kept).toEqual([
      { start: at(3), end: at(4), why: 'not-old' },
      { ...active, why: 'not-old' },
    ])
    expect(plan([...full(0), ...full(1), ...inc(1, 2)], butFulls(1), true).kept).toEqual([
      { start: at(0), end: at(0), why: 'no-incrementals' },
      { start: at(1), end: at(2), why: 'not-old' },
    ])
  })

  test('an empty repository has nothing to delete', () => {
    expect(plan([], older(9))).toMatchObject({ times: [], needed: [], steps: [], newestGoes: false })
    expect(plan([], butFulls(1)).steps).toEqual([])
  })

  test('a set that is not finished counts as no full', () => {
    expect(plan([...full(0), fullVolume(1)], butFulls(1)).times).toEqual([])
  })
})

describe('the order of deletion', () => {
  test('signatures first, newest first; then of each set the manifest, then volumes from the last', () => {
    const found = plan(chains, older(2.5))
    expect(found.steps.map(({ reason, time, remote }) => [reason, time, remote.length])).toEqual([
      ['old-signatures', at(2), 0],
      ['old-signatures', at(2), 3],
      ['old-backups', at(2), 7],
    ])
    expect(remoteNames(found.steps)).toEqual([
      newSignatures(1, 2),
      newSignatures(0, 1),
      fullSignatures(0),
      incManifest(1, 2),
      incVolume(1, 2),
      incManifest(0, 1),
      incVolume(0, 1),
      fullManifest(0),
      fullVolume(0, 2),
      fullVolume(0, 1),
    ])
    expect(localNames(found.steps).sort()).toEqual(cached([...full(0), ...inc(0, 1), ...inc(1, 2)]).sort())
  })

  test('newer chains before older ones', () => {
    expect(plan(chains, older(9)).steps.map(({ time }) => time)).toEqual([
      ...[at(4), at(4), at(2), at(2)],
      ...[at(4), at(2)],
    ])
  })

  test('only incrementals: full sets and full signatures stay', () => {
    const found = plan(chains, butFulls(2), true)
    expect(remoteNames(found.steps)).toEqual([
      newSignatures(1, 2),
      newSignatures(0, 1),
      incManifest(1, 2),
      incVolume(1, 2),
      incManifest(0, 1),
      incVolume(0, 1),
    ])
    expect(found.steps.map(({ reason }) => reason)).toEqual([
      'old-incremental-signatures',
      'old-incremental-signatures',
      'old-incrementals',
    ])
  })

  test('every name of a set goes, also a second one for the same volume', () => {
    const doubled = fullVolume(0).replace('.gz', '.gpg')
    const found = plan([...full(0), doubled, ...full(1), ...inc(1, 2)], butFulls(1))
    expect(remoteNames(found.steps)).toEqual(
      expect.arrayContaining([doubled, fullVolume(0), fullManifest(0), fullSignatures(0)]),
    )
  })
})

describe('the active chain', () => {
  test('keeps its signatures in both places, whatever the time', () => {
    const { steps } = plan(chains, older(99))
    const going = [...remoteNames(steps), ...localNames(steps)]
    for (const name of [...full(5), ...inc(5, 6)]) expect(going).not.toContain(name)
  })

  test('keeps the signatures that it has, where its last ones are lost', () => {
    const chain = [...full(1), ...inc(1, 2), ...inc(2, 3)].filter((name) => name !== newSignatures(2, 3))
    const { steps, times } = plan([...full(0), ...chain], older(99))
    expect(times).toEqual([at(0)])
    expect(remoteNames(steps).sort()).toEqual(full(0).sort())
  })

  test('is none where the newest has no signatures: it goes like the others, as with duplicity', () => {
    const bare = full(1).filter((name) => name !== fullSignatures(1))
    const found = plan([...full(0), ...bare], older(99))
    expect(found).toMatchObject({ times: [at(0), at(1)], newestGoes: true, activeIsOld: false })
  })
})

describe('signatures of a set that has no manifest', () => {
  const without = (lost: string): string[] => chains.filter((name) => name !== lost)
  const signaturesIn = (names: readonly string[]): string[] => names.filter((name) => name.includes('sigtar'))
  const first = [newSignatures(1, 2), newSignatures(0, 1), fullSignatures(0)]

  test.each([
    ['the last of the chain', incManifest(1, 2)],
    ['one before the last', incManifest(0, 1)],
    ['the first', fullManifest(0)],
  ])('go with the old ones: %s', (_, lost) => {
    const { steps } = plan(without(lost), older(4.5))
    expect(signaturesIn(remoteNames(steps))).toEqual([newSignatures(3, 4), fullSignatures(3), ...first])
    expect(signaturesIn(localNames(steps))).toEqual([newSignatures(3, 4), fullSignatures(3), ...first])
    expect(remoteNames(steps)).not.toContain(incVolume(1, 2))
  })

  test('keep the ones before them on the remote while they are not old', () => {
    const { times, steps } = plan(without(incManifest(1, 2)), older(1.5))
    expect(times).toEqual([at(1)])
    expect(signaturesIn(remoteNames(steps))).toEqual([])
    expect(signaturesIn(localNames(steps))).toEqual([newSignatures(0, 1), fullSignatures(0)])
  })

  test('behind the active chain stay with its signatures, and the chain stays active', () => {
    const found = plan(without(incManifest(5, 6)), older(99))
    expect(found).toMatchObject({ activeIsOld: true, times: [at(2), at(4)] })
    expect(remoteNames(found.steps).filter((name) => name.includes(fullSignatures(5)))).toEqual([])
    expect(remoteNames(found.steps)).not.toContain(newSignatures(5, 6))
  })

  test('stay where the next backup may finish it', () => {
    const remote = [...without(fullManifest(5)), fullSignatures(5)]
    const parts = [fullSignatures(5), fullManifest(5)].map((name) => `${name.replace(/\.gz$/, '')}.part`)
    const { steps } = planChains(inventory(remote, [...cached(remote), ...parts]), older(99), {
      incrementsOnly: false,
    })
    expect([...remoteNames(steps), ...localNames(steps)]).not.toContain(fullSignatures(5))
  })
})

test('two sets that end in the same second are told apart', () => {
  const remote = [...full(0), ...inc(0, 2), ...full(2), ...full(3)]
  const found = plan(remote, butFulls(1))
  expect(found.times).toEqual([at(2), at(2)])
  expect(remoteNames(found.steps).sort()).toEqual([...full(0), ...inc(0, 2), ...full(2)].sort())
  expect(plan([...full(0), ...inc(0, 2), ...full(2)], older(9)).times).toHaveLength(1)
})
