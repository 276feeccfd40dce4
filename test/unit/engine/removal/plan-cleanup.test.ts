import { describe, expect, test } from '@jest/globals'
import { takeInventory } from '../../../../src/engine/removal/inventory.ts'
import { planCleanup } from '../../../../src/engine/removal/plan-cleanup.ts'
import { localNames, remoteNames } from '../../../../src/engine/removal/plan.ts'
import { defaultNames } from '../../../../src/format/filename.ts'
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

const without = (names: string[], ...gone: string[]): string[] => names.filter((name) => !gone.includes(name))

const sessionOf = (start: number, end: number) => ({ type: 'inc' as const, start: at(start), end: at(end) })

test('a healthy repository has nothing to clean up, foreign files are not looked at', () => {
  const remote = [...full(0), ...inc(0, 1), ...full(2), 'README', 'duplicity-full.never.manifest']
  expect(planCleanup(inventory(remote))).toEqual({ listed: [], steps: [] })
})

test('sets without manifest and sets that fit no chain, in the order of duplicity', () => {
  const remote = without([...full(0), ...inc(0, 1, 2), ...inc(1, 2, 2), ...full(3)], incManifest(0, 1))
  const { listed, steps } = planCleanup(inventory(remote))
  expect(listed).toEqual([
    incVolume(1, 2, 1),
    incVolume(1, 2, 2),
    incManifest(1, 2),
    incVolume(0, 1, 1),
    incVolume(0, 1, 2),
  ])
  expect(steps.map(({ reason }) => reason)).toEqual(['orphaned-set', 'incomplete-set'])
  expect(remoteNames(steps)).toEqual([
    incManifest(1, 2),
    incVolume(1, 2, 2),
    incVolume(1, 2, 1),
    incVolume(0, 1, 2),
    incVolume(0, 1, 1),
  ])
  // The signatures still chain to those of the full, in both places.
  expect(localNames(steps)).toEqual([incManifest(1, 2)])
})

test('orphaned signatures, where they are', () => {
  const remote = without([...full(0), ...inc(0, 1), ...full(2)], fullSignatures(0))
  expect(planCleanup(inventory(remote)).listed).toEqual([newSignatures(0, 1), newSignatures(0, 1)])
  const onlyLocal = planCleanup(inventory(full(2), [...cached(full(2)), newSignatures(0, 1)]))
  expect(onlyLocal.listed).toEqual([newSignatures(0, 1)])
  expect(remoteNames(onlyLocal.steps)).toEqual([])
  expect(localNames(onlyLocal.steps)).toEqual([newSignatures(0, 1)])
})

describe('a displaced incremental', () => {
  const remote = [...full(0), ...inc(0, 1), ...inc(1, 2), ...inc(1, 3)]

  test('goes with its signatures, which go first; those of the longer one stay', () => {
    const { listed, steps } = planCleanup(inventory(remote))
    expect(listed).toEqual([incVolume(1, 2), incManifest(1, 2), newSignatures(1, 2)])
    expect(remoteNames(steps)).toEqual([newSignatures(1, 2), incManifest(1, 2), incVolume(1, 2)])
    expect(localNames(steps).sort()).toEqual([incManifest(1, 2), newSignatures(1, 2)].sort())
  })

  test.each([1, 2, 3])('is cleaned up to the same end after a stop at deletion %i', (count) => {
    const { steps } = planCleanup(inventory(remote))
    const left = without(remote, ...remoteNames(steps).slice(0, count))
    const again = remoteNames(planCleanup(inventory(left)).steps)
    expect(without(left, ...again).sort()).toEqual([...full(0), ...inc(0, 1), ...inc(1, 3)].sort())
  })
})

describe('signatures whose volumes and manifests are gone', () => {
  test('go, newest first and the full ones last, with their cached copies', () => {
    const lost = [newSignatures(0, 1), fullSignatures(0)]
    const { listed, steps } = planCleanup(inventory([...lost, ...full(2)]))
    expect(listed).toEqual(lost)
    expect(remoteNames(steps)).toEqual(lost)
    expect(localNames(steps)).toEqual(lost)
  })

  test.each<[string, string]>([
    ['a volume of the full', fullVolume(0)],
    ['the manifest of the full', fullManifest(0)],
    ['a volume of an incremental', incVolume(0, 1)],
    ['the manifest of an incremental', incManifest(0, 1)],
    ['an incremental after the last signatures', incVolume(1, 2)],
    ['a volume under another prefix', `archive-${fullVolume(0)}`],
    ['a short name under another prefix', `a.df.${at(0).toString(36)}.1.dt.z`],
  ])('stay as long as there is %s', (_, left) => {
    const { steps } = planCleanup(inventory([newSignatures(0, 1), fullSignatures(0), left]))
    expect(remoteNames(steps)).not.toContain(fullSignatures(0))
  })

  test('stay as long as a session of their time can be resumed', () => {
    const part = `${fullManifest(0)}.part`
    const { steps } = planCleanup(inventory([fullSignatures(0)], [part]))
    expect(remoteNames(steps)).toEqual([])
    expect(localNames(steps)).toEqual([part])
  })

  test('stay in the archive directory where the remote shows nothing at all', () => {
    expect(planCleanup(inventory([], cached(full(0)))).steps).toEqual([])
  })
})

test('an interrupted session: volumes first, what it left in the archive directory at the end', () => {
  const parts = [`${incManifest(1, 2)}.part`, newSignatures(1, 2).replace('.gz', '.part')]
  const base = [...full(0), ...inc(0, 1)]
  const { listed, steps } = planCleanup(
    inventory([...base, incVolume(1, 2, 1), incVolume(1, 2, 2)], [...cached(base), ...parts]),
  )
  expect(listed).toEqual([incVolume(1, 2, 1), incVolume(1, 2, 2), ...parts])
  expect(remoteNames(steps)).toEqual([incVolume(1, 2, 2), incVolume(1, 2, 1)])
  expect(localNames(steps).sort()).toEqual([...parts].sort())
})

test.each([
  ['goes with it', sessionOf(1, 2), ['.duba-session.jsonl']],
  ['of another session stays', sessionOf(0, 2), []],
  ['of a full of the same time stays', { ...sessionOf(2, 2), type: 'full' as const }, []],
])('the journal of an interrupted session: one that %s', (_, journal, gone) => {
  const part = `${incManifest(1, 2)}.part`
  const base = [...full(0), ...inc(0, 1)]
  const { listed, steps } = planCleanup(inventory(base, [...cached(base), part]), journal)
  expect(listed).toEqual([part, ...gone])
  expect(remoteNames(steps)).toEqual([])
  expect(localNames(steps)).toEqual([part, ...gone])
})

test.each([
  ['the last', [newSignatures(1, 2)]],
  ['the last two', [newSignatures(0, 1), newSignatures(1, 2)]],
])('an incremental that has lost its signatures (%s) stays: a restore needs none', (_, lost) => {
  const remote = without([...full(0), ...inc(0, 1), ...inc(1, 2)], ...lost)
  expect(planCleanup(inventory(remote))).toEqual({ listed: [], steps: [] })
})

test.each([
  [0, 1],
  [1, 2],
])('signatures that are empty (%i to %i) are there by name, as for duplicity', (start, end) => {
  const names = [...full(0), ...inc(0, 1), ...inc(1, 2)]
  const remote = names.map((name) => ({ name, size: name === newSignatures(start, end) ? 0 : 1 }))
  expect(planCleanup(takeInventory(remote, [], defaultNames))).toEqual({ listed: [], steps: [] })
})
