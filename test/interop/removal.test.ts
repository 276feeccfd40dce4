/**
 * The same history before real duplicity and before ours: the same files are left, in both places. Where they are not,
 * it is a defect of duplicity's that is known by name (archive format §18.3).
 */
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { readCollection } from '../../src/engine/chain/collection.ts'
import { baseName, defaultNames, parseName } from '../../src/format/filename.ts'
import { formatNameTime } from '../../src/format/name-time.ts'
import { duplicity08, duplicity3 } from '../support/duplicity.ts'
import { engine } from '../support/engine.ts'
import { baseEnvironment, type Outcome, type Program, run } from '../support/program.ts'
import { random } from '../support/random.ts'
import { seed } from '../support/seed.ts'
import { useTempDir } from '../support/temp.ts'
import { damages, type History, layOut, type Library, makeHistory, makeLibrary, onDay } from './histories.ts'

jest.setTimeout(180_000)

const full = process.env['DUBA_TEST_FULL'] === '1'
const count = full ? 36 : 8

/** Where ours leaves other files than duplicity, and why that is right. */
const defects = {
  'active signatures':
    'remove-older-than with a time after the active chain deletes its signatures at the destination, and all of it where those of an unfinished set stand behind them',
  'partial set': 'an interrupted session counts as a backup, so that one whole backup more is deleted',
  'displaced incremental':
    'what a longer incremental displaced is in no list, and its signatures take the place of others',
  'lost signatures':
    'cleanup deletes the newest backup of a chain where its signatures alone are lost, though a restore needs none',
  'abandoned signatures': 'signatures whose volumes and manifests are gone stay for ever',
  'same second': 'two sets that end in the same second end every command with an assertion',
} as const
type Defect = keyof typeof defects

const root = useTempDir('removal')
let library: Library

beforeAll(async () => {
  library = await makeLibrary(root)
})

interface Copy {
  readonly outcome: Outcome
  readonly remote: string[]
  readonly local: string[]
  /** Runs a program on what is left. */
  readonly go: (program: Program, args: readonly string[], target?: string) => Promise<Outcome>
  /** Files in the archive directory. */
  readonly cache: () => string[]
}

let serial = 0

async function onCopy(program: Program, history: History, args: readonly string[]): Promise<Copy> {
  const place = join(root, `copy-${(serial += 1)}`)
  const [repository, cache] = [join(place, 'repository'), join(place, 'cache')]
  mkdirSync(place)
  layOut(library, history, repository, join(cache, 'x'))
  const go: Copy['go'] = (by, words, target) =>
    run(
      by,
      [
        ...words,
        ...['--no-encryption', '--archive-dir', cache, '--name', 'x'],
        `file://${repository}`,
        ...(target === undefined ? [] : [join(place, target)]),
      ],
      { cwd: place, env: { ...baseEnvironment(place), PASSPHRASE: '' } },
    )
  const outcome = await go(program, args)
  const list = (): string[] => readdirSync(join(cache, 'x')).filter((name) => name.startsWith('duplicity-'))
  return { outcome, remote: readdirSync(repository), local: list(), go, cache: list }
}

/** The defect that explains why a name is on one side only. */
function explain(
  name: string,
  side: 'only ours' | 'only theirs',
  history: History,
  command: string,
  left: readonly string[],
): Defect | undefined {
  const parsed = parseName(name, defaultNames)
  if (parsed === undefined) return undefined
  const has = (damage: History['damages'][number]): boolean => history.damages.includes(damage)
  const cleanup = command === 'cleanup'
  const { chains, primary, displacedSets } = readCollection(history.remote, history.local, defaultNames)
  const belongs = chains.find(
    (chain) =>
      chain.start <= parsed.start && displacedSets.some(({ start }) => chain.sets.at(-1)?.start === start),
  )
  if (has('same second') && parsed.end <= onDay(7) && parsed.start >= onDay(5)) return 'same second'
  if (belongs !== undefined && parsed.end <= belongs.end) return 'displaced incremental'
  // Also where one of the two sets has lost its manifest: duplicity takes the signatures that its listing shows first.
  const rivals = history.remote.filter((other) => {
    const file = parseName(other, defaultNames)
    return file?.kind === 'signatures' && file.type === 'inc' && file.start === parsed.start
  })
  if (parsed.kind === 'signatures' && rivals.length > 1) return 'displaced incremental'
  const inChain = chains.some(({ sets }) => sets.some(({ end }) => end === parsed.end))
  if (cleanup && side === 'only ours' && inChain && !hasSignatures(history, parsed.end))
    return 'lost signatures'
  if (side === 'only theirs') {
    const ends = history.remote
      .map((other) => parseName(other, defaultNames))
      .filter((other) => other !== undefined && other.kind !== 'signatures')
    const left = ends.some((other) => other?.start === parsed.start || other?.end === parsed.start)
    return cleanup && parsed.kind === 'signatures' && !left ? 'abandoned signatures' : undefined
  }
  if (!cleanup && has('interrupted full')) return 'partial set'
  const active = primary?.chain ?? chains.at(-1)
  if (command !== 'remove-older-than' || active === undefined) return undefined
  if (parsed.start < active.start) {
    // Older signatures without a backup go only along with others: duplicity has deleted of the active chain, ours nothing.
    const ofActive = history.remote.filter((other) => {
      const file = parseName(other, defaultNames)
      return file !== undefined && file.start >= active.start && file.end <= active.end
    })
    return ofActive.some((other) => !left.includes(other)) ? 'active signatures' : undefined
  }
  return parsed.kind === 'signatures' || hasUnfinished(history, active.end) ? 'active signatures' : undefined
}

/** Whether the destination has signatures of the set that ended then: duplicity deletes cached ones that it has not. */
function hasSignatures({ remote }: History, end: number): boolean {
  return remote.some((name) => {
    const file = parseName(name, defaultNames)
    return file?.kind === 'signatures' && file.end === end
  })
}

/** Whether an incremental that begins where a chain ends has signatures, but no manifest. */
function hasUnfinished({ remote, local }: History, end: number): boolean {
  const has = (kind: string, names: readonly string[]): boolean =>
    names.some((name) => {
      const file = parseName(name, defaultNames)
      return file?.type === 'inc' && file.start === end && file.kind === kind
    })
  return has('signatures', [...remote, ...local]) && !has('manifest', remote)
}

const seen = new Set<Defect>()

/** Histories that once showed a difference nobody had thought of. */
const regressions = [
  { from: 486956, index: 1 },
  { from: 486956, index: 7 },
  { from: 84669, index: 10 },
  { from: 672736, index: 16 },
  { from: 661534, index: 35 },
  { from: 1001, index: 20 },
  { from: 3003, index: 31 },
]

describe(`the same files are left, seed ${seed}`, () => {
  const generated = Array.from({ length: count }, (_, index) => ({ from: seed, index }))

  test.each(
    [...generated, ...regressions].map((one) => ({
      ...one,
      sure: damages[one.index % damages.length] ?? 'nothing',
    })),
  )('history $index of seed $from: $sure', async ({ from, index, sure }) => {
    const next = random(from + index)
    const history = makeHistory(library, sure, next)
    const time = index % 2 === 0 ? 99 : Math.floor(next() * 9) + 0.5
    const fulls = sure === 'interrupted full' ? '1' : String(1 + Math.floor(next() * 2))
    const commands = [
      ['cleanup'],
      ['remove-older-than', formatNameTime(onDay(time))],
      ['remove-all-but-n-full', fulls],
      ['remove-all-inc-of-but-n-full', fulls],
    ]
    const base = await onCopy(duplicity08, history, ['collection-status'])
    const restorable = (await base.go(duplicity08, ['restore'], 'target')).status === 0
    for (const command of commands) await compare(history, command, restorable)
  })

  test('every named defect was met', () => {
    expect([...seen].sort()).toEqual(Object.keys(defects).sort())
  })
})

async function compare(history: History, command: readonly string[], restorable: boolean): Promise<void> {
  const args = [...command, '--force']
  const [theirs, ours] = await Promise.all([
    onCopy(duplicity08, history, args),
    onCopy(engine, history, args),
  ])
  const about = `${command.join(' ')} after ${history.damages.join(', ')}`
  expect({ about, status: ours.outcome.status, stderr: ours.outcome.stderr }).toEqual({
    about,
    status: 0,
    stderr: '',
  })
  if (theirs.outcome.status !== 0) {
    expect({ about, stderr: theirs.outcome.stderr.slice(-16) }).toEqual({
      about,
      stderr: 'AssertionError\n\n',
    })
    expect({ about, damages: history.damages }).toEqual({
      about,
      damages: expect.arrayContaining(['same second']),
    })
    seen.add('same second')
    return
  }
  const differences = [
    ...ours.remote
      .filter((name) => !theirs.remote.includes(name))
      .map((name) => ({ name, side: 'only ours' as const })),
    ...theirs.remote
      .filter((name) => !ours.remote.includes(name))
      .map((name) => ({ name, side: 'only theirs' as const })),
  ]
  for (const { name, side } of differences) {
    const defect = explain(name, side, history, command[0] ?? '', theirs.remote)
    expect({ about, name, side, defect }).toEqual({ about, name, side, defect: expect.any(String) })
    if (defect !== undefined) seen.add(defect)
  }
  // Both caches follow what is left; real duplicity works with it.
  const [, restored] = await Promise.all([
    theirs.go(duplicity08, ['list-current-files']),
    ours.go(duplicity08, ['restore'], 'target'),
  ])
  const anything = readCollection(ours.remote, [], defaultNames).chains.length > 0
  const state = { about, restored: restored.status === 0 || !restorable || !anything, said: restored.stderr }
  expect(state).toEqual({ ...state, restored: true })
  // Signatures that fit no chain stay on the remote; duplicity takes the cached copies of some away, and no sync brings
  // them back.
  const loose = new Set(
    readCollection(ours.remote, [], defaultNames)
      .classes.filter((file) => file.class === 'orphaned-signatures')
      .map(({ name }) => baseName(name)),
  )
  const cacheOf = (side: typeof ours): string[] =>
    side.cache().filter((name) => !loose.has(baseName(name)) && !isOrphanedPart(name, history))
  if (differences.length === 0)
    expect({ about, cache: cacheOf(ours) }).toEqual({ about, cache: cacheOf(theirs) })
  if (history.damages.includes('same second')) return
  const status = await ours.go(duplicity08, ['collection-status'])
  expect({ about, status: status.status, said: status.stderr }).toEqual({ about, status: 0, said: '' })
}

/** A part of a session whose chain has gone: duplicity's cleanup deletes its volumes and leaves the parts. */
function isOrphanedPart(name: string, { remote, local }: History): boolean {
  const parsed = parseName(name, defaultNames)
  if (parsed?.type !== 'inc' || !parsed.partial) return false
  return !readCollection(remote, local, defaultNames).chains.some(({ end }) => end === parsed.start)
}

describe('word for word', () => {
  const history = (): History => {
    const isPart = (name: string): boolean => name.includes('.part')
    const days = new Set([0, 1, 2, 3, 4, 5, 6, 7].map(onDay))
    const keep = (name: string): boolean => {
      const parsed = parseName(name, defaultNames)
      const sameSecond = parsed?.type === 'full' && parsed.end === onDay(7)
      return parsed !== undefined && days.has(parsed.end) && !sameSecond && !isPart(name)
    }
    return {
      damages: [],
      remote: readdirSync(library.remote).filter(keep),
      local: readdirSync(library.local).filter(keep),
    }
  }

  test.each([
    ['cleanup'],
    ['cleanup', '--force'],
    ['cleanup', '--dry-run', '--force'],
    ['remove-older-than', '2000-01-01'],
    ['remove-older-than', formatNameTime(onDay(2.5))],
    ['remove-older-than', formatNameTime(onDay(3.5)), '--force'],
    ['remove-older-than', formatNameTime(onDay(3.5)), '--force', '--dry-run'],
    ['remove-older-than', 'now'],
    ['remove-all-but-n-full', '1'],
    ['remove-all-but-n-full', '1', '--force'],
    ['remove-all-but-n-full', '2', '--force', '--dry-run'],
    ['remove-all-but-n-full', '9', '--force'],
    ['remove-all-inc-of-but-n-full', '1'],
    ['remove-all-inc-of-but-n-full', '2', '--force'],
  ])('%j %s %s %s', async (...args) => {
    const logged = [...args, '--log-fd', '1']
    const [theirs, ours] = await Promise.all([
      onCopy(duplicity08, history(), logged),
      onCopy(engine, history(), logged),
    ])
    expect(ours.outcome).toEqual(theirs.outcome)
    expect(ours.remote).toEqual(theirs.remote)
    expect(ours.local).toEqual(theirs.local)
  })

  test('duplicity 3 goes on with what is left', async () => {
    const ours = await onCopy(engine, history(), ['remove-all-but-n-full', '1', '--force'])
    const { status, stdout } = await ours.go(duplicity3, ['cleanup'])
    expect(status).toBe(0)
    expect(stdout).toContain('No extraneous files found, nothing deleted in cleanup.')
    expect((await ours.go(duplicity3, ['restore'], 'target')).status).toBe(0)
  })
})
