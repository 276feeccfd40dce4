import { expect, test } from '@jest/globals'
import type { JournalVolume } from '../../../../src/engine/session/journal.ts'
import {
  decideRestart,
  type RestartFacts,
  settlePartial,
} from '../../../../src/engine/session/restart-decision.ts'
import type { ManifestVolume } from '../../../../src/format/manifest.ts'

const full = { type: 'full' as const, start: 100, end: 100 }
const inc = { type: 'inc' as const, start: 100, end: 200 }

/** Volumes by where they end: a path alone is the end of a file, `path:3` its third block. */
function listed(...ends: string[]): ManifestVolume[] {
  return ends.map((end, index) => {
    const [path = '', block] = end.split(':')
    return {
      number: index + 1,
      startPath: '',
      startBlock: undefined,
      endPath: path,
      endBlock: block === undefined ? undefined : Number(block),
      hashes: { SHA1: `hash-${index + 1}` },
    }
  })
}

const signatures = { bytes: 512, sha256: 's' }
const within = { action: 'snapshot' as const, sha256: 'w' }

function journal(count: number, acknowledged: number, over: Partial<JournalVolume> = {}) {
  const volumes = Array.from({ length: count }, (_, index) => ({
    volume: index + 1,
    size: 10,
    sha1: `hash-${index + 1}`,
    signatures,
    ...over,
  }))
  return { identity: full, recipients: [], signer: '', volumes, acknowledged }
}

const remote = (...sizes: (number | undefined)[]): Map<number, number | undefined> =>
  new Map(sizes.map((size, index) => [index + 1, size]))

const facts: RestartFacts = {
  asked: 'auto',
  identity: full,
  baseEnd: undefined,
  newestEnd: -1,
  namesFit: true,
  manifest: listed('a', 'b', 'c', 'd'),
  repeated: false,
  journal: undefined,
  signer: '',
  remote: remote(10, 10, 10, 10),
}

const cases: [string, Partial<RestartFacts>, unknown][] = [
  ['duplicity: the last volume is done again', {}, ['3 c']],
  [
    'duplicity: a gap ends what is there',
    {
      remote: new Map([
        [1, 10],
        [2, 10],
        [4, 10],
      ]),
    },
    ['1 a'],
  ],
  ['duplicity: more on the remote than the manifest lists', { manifest: listed('a', 'b') }, ['2 b']],
  ['duplicity: one volume is none', { remote: remote(10) }, 'nothing-stored'],
  ['duplicity: nothing there', { remote: remote() }, 'nothing-stored'],
  ['duplicity: inside a file back to a border', { manifest: listed('a', 'b', 'c:7', 'd') }, ['2 b']],
  ['duplicity: no border', { manifest: listed('a:9', 'a:20', 'a:30') }, 'no-border'],
  ['duplicity restarted it', { repeated: true }, 'manifest'],
  ['no manifest', { manifest: undefined }, 'manifest'],
  ['other names', { namesFit: false }, 'settings-changed'],
  ['other names of nothing', { namesFit: false, remote: remote() }, 'nothing-stored'],
  ['ours: all acknowledged', { journal: journal(4, 4) }, ['4 d']],
  ['ours: some acknowledged', { journal: journal(4, 2) }, ['2 b']],
  ['ours: none acknowledged', { journal: journal(4, 0) }, 'nothing-stored'],
  ['ours: nothing is signed any more', { journal: { ...journal(4, 4), signer: 'K' } }, 'settings-changed'],
  ['ours: it is signed now', { journal: journal(4, 4), signer: 'K' }, 'settings-changed'],
  [
    'ours: another key signs',
    { journal: { ...journal(4, 4), signer: 'K' }, signer: 'L' },
    'settings-changed',
  ],
  ['ours: the same key signs', { journal: { ...journal(4, 4), signer: 'K' }, signer: 'K' }, ['4 d']],
  [
    'ours: who signed was not recorded',
    { journal: { ...journal(4, 4), signer: undefined }, signer: 'K' },
    ['4 d'],
  ],
  [
    'the signer in a journal of another set is not looked at',
    { journal: { ...journal(4, 4), identity: inc, signer: 'K' } },
    ['3 c'],
  ],
  ['ours: one is short', { journal: journal(4, 4), remote: remote(10, 10, 9, 10) }, ['2 b']],
  ['ours: sizes not told', { journal: journal(4, 4), remote: remote(undefined, undefined) }, ['2 b']],
  [
    'ours: one went',
    {
      journal: journal(4, 4),
      remote: new Map([
        [2, 10],
        [3, 10],
      ]),
    },
    'nothing-stored',
  ],
  [
    'ours: inside a file, then a border',
    { journal: journal(4, 4, { within }), manifest: listed('a', 'b:3', 'b:6', 'b:9') },
    ['4 b:9', '1 a'],
  ],
  [
    'ours: inside a file without a border',
    { journal: journal(2, 2, { within }), manifest: listed('b:3', 'b:6') },
    ['2 b:6'],
  ],
  [
    'ours: inside a file that the journal knows nothing of',
    { journal: journal(2, 2), manifest: listed('a', 'b:6') },
    ['1 a'],
  ],
  ['a journal of another set is none', { journal: { ...journal(4, 4), identity: inc } }, ['3 c']],
  ['a journal of other volumes is none', { journal: journal(4, 4, { sha1: 'x' }) }, ['3 c']],
  [
    'a journal of other volumes, and duplicity went on',
    { journal: journal(4, 4, { sha1: 'x' }), repeated: true },
    'manifest',
  ],
  ['ours went on itself', { journal: journal(4, 4), repeated: true }, ['4 d']],
  ['a newer set is complete', { newestEnd: 100 }, 'superseded'],
  ['an older set is complete', { newestEnd: 99, asked: 'full' }, ['3 c']],
  ['a full, an incremental asked for', { asked: 'incremental', baseEnd: 50, newestEnd: 50 }, ['3 c']],
  ['an incremental', { identity: inc, baseEnd: 100, newestEnd: 100 }, ['3 c']],
  ['an incremental, a full asked for', { identity: inc, baseEnd: 100, asked: 'full' }, 'full-wanted'],
  ['an incremental, a full due', { identity: inc, newestEnd: 100 }, 'full-wanted'],
  ['an incremental of another chain', { identity: inc, baseEnd: 99, newestEnd: 99 }, 'superseded'],
  ['an incremental, the chain went on', { identity: inc, baseEnd: 150, newestEnd: 150 }, 'superseded'],
]

test.each(cases)('%s', (_, over, expected) => {
  const decision = decideRestart({ ...facts, ...over })
  const shown = decision.restart
    ? decision.points.map(
        ({ volume, path, inside }) => `${volume} ${path}${inside ? `:${inside.block}` : ''}`,
      )
    : decision.why
  expect(shown).toEqual(expected)
})

test('a point carries what the journal knows of its signatures', () => {
  const decision = decideRestart({ ...facts, journal: journal(4, 4) })
  expect(decision).toMatchObject({ points: [{ signatures, inside: undefined }], journal: journal(4, 4) })
})

test('a journal of another set is not handed on', () => {
  const decision = decideRestart({ ...facts, journal: { ...journal(4, 4), identity: inc } })
  expect(decision).toMatchObject({ restart: true, journal: undefined })
})

test('a part beside the remote manifest is kept if it lists the very volumes', () => {
  const manifest = listed('a', 'b')
  expect(settlePartial(manifest, remote(1, 1))).toBe('keep')
  expect(settlePartial(manifest, remote(1, 1, 1))).toBe('drop')
  expect(
    settlePartial(
      manifest,
      new Map([
        [1, 1],
        [3, 1],
      ]),
    ),
  ).toBe('drop')
  expect(settlePartial(undefined, remote())).toBe('drop')
})
