/**
 * Repositories with a past: real chains, made once by duplicity 0.8.22, of which each history takes some sets and loses
 * some files. Days are counted from `firstTime`.
 */
import { cpSync, linkSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaultNames, parseName, type RepositoryName } from '../../src/format/filename.ts'
import { duplicity08 } from '../support/duplicity.ts'
import { baseEnvironment, run } from '../support/program.ts'
import { noise } from '../support/tree.ts'
import { firstTime } from './sessions.ts'

const DAY = 86_400
/** Seconds since the epoch. */
export const onDay = (day: number): number => firstTime + DAY * day

/** The sessions of the library: chains of days. */
const chains = [
  [0, 1, 2],
  [3, 4],
  [5, 6, 7],
]
const LAST = 7

/** What can have happened. The names are those of the files that are then missing or too many. */
export const damages = [
  'nothing',
  'lost manifest',
  'lost full signatures',
  'interrupted full',
  'abandoned signatures',
  'displaced incremental',
  'same second',
  'interrupted incremental',
  'lost new signatures',
  'lost volume',
  'foreign files',
  'cold cache',
] as const

/** These come alone, so that what they do can be told from what another does. */
const alone: readonly Damage[] = ['nothing', 'same second', 'interrupted full']

export type Damage = (typeof damages)[number]

export interface History {
  readonly damages: readonly Damage[]
  readonly remote: readonly string[]
  readonly local: readonly string[]
}

/** Where the library keeps its files: by name, in two directories. */
export interface Library {
  readonly remote: string
  readonly local: string
}

/** Makes the library below a directory. */
export async function makeLibrary(root: string): Promise<Library> {
  const source = join(root, 'source')
  const all = { remote: join(root, 'library'), local: join(root, 'library-cache') }
  for (const path of [source, all.remote, all.local]) mkdirSync(path)
  writeFileSync(join(source, 'big'), noise('big', 1_200_000))
  const main = newPlace(root, 'main')
  for (const days of chains) {
    for (const [index, day] of days.entries()) {
      writeFileSync(join(source, `day-${day}`), `written on day ${day}\n`)
      if (day === 2 || day === LAST) await alternative(day + 0.5)
      await session(main, index === 0 ? 'full' : 'incremental', day)
    }
  }
  gather(main)
  await interrupted('full')
  await interrupted('incremental')
  const second = newPlace(root, 'second')
  await session(second, 'full', LAST)
  gather(second)
  return all

  async function session(place: Place, kind: string, day: number, extra: string[] = []): Promise<void> {
    const options = [
      '--no-encryption',
      '--no-print-statistics',
      '--volsize',
      '1',
      '--archive-dir',
      place.cache,
    ]
    const args = [kind, ...options, '--name', 'x', '--current-time', String(onDay(day)), ...extra]
    const { status, stderr } = await run(duplicity08, [...args, source, `file://${place.repository}`], {
      cwd: root,
      env: { ...baseEnvironment(root), PASSPHRASE: '' },
    })
    if ((status === 0) !== (extra.length === 0)) throw new Error(`session of day ${day}: ${stderr}`)
  }

  /** Another incremental from the same start, of which a longer one displaces the shorter. */
  async function alternative(day: number): Promise<void> {
    const place = copyPlace(root, main, `alternative-${day}`)
    await session(place, 'incremental', day)
    gather(place)
  }

  async function interrupted(kind: 'full' | 'incremental'): Promise<void> {
    const place = copyPlace(root, main, `interrupted-${kind}`)
    writeFileSync(join(source, 'big'), noise(kind, 2_500_000))
    await session(place, kind, LAST + 1, ['--fail-on-volume', '2'])
    gather(place)
  }

  function gather({ repository, cache }: Place): void {
    linkAll(repository, all.remote)
    linkAll(join(cache, 'x'), all.local)
  }
}

interface Place {
  readonly repository: string
  readonly cache: string
}

function newPlace(root: string, name: string): Place {
  const place = { repository: join(root, name), cache: join(root, `${name}-cache`) }
  mkdirSync(place.repository)
  return place
}

function copyPlace(root: string, from: Place, name: string): Place {
  const place = { repository: join(root, name), cache: join(root, `${name}-cache`) }
  cpSync(from.repository, place.repository, { recursive: true })
  cpSync(from.cache, place.cache, { recursive: true })
  return place
}

function linkAll(from: string, to: string): void {
  const present = new Set(readdirSync(to))
  for (const name of readdirSync(from)) {
    if (!present.has(name) && parseName(name, defaultNames) !== undefined)
      linkSync(join(from, name), join(to, name))
  }
}

/** Puts a history's files into place. They are hard links: nobody writes into a repository file. */
export function layOut(library: Library, history: History, repository: string, archiveDir: string): void {
  for (const [names, from, to] of [
    [history.remote, library.remote, repository],
    [history.local, library.local, archiveDir],
  ] as const) {
    mkdirSync(to, { recursive: true })
    for (const name of names) {
      if (parseName(name, defaultNames) === undefined) writeFileSync(join(to, name), 'foreign')
      else linkSync(join(from, name), join(to, name))
    }
  }
}

type Times = Pick<RepositoryName, 'type' | 'start' | 'end'>

const times = (type: 'full' | 'inc', start: number, end: number): Times => ({
  type,
  start: onDay(start),
  end: onDay(end),
})

/** Makes a history: the first damage is sure, others may come to it. */
export function makeHistory(library: Library, sure: Damage, next: () => number): History {
  const happened = damages.filter(
    (damage) => damage === sure || (!alone.includes(damage) && !alone.includes(sure) && next() < 0.12),
  )
  const has = (damage: Damage): boolean => happened.includes(damage)
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)]
  // What continues the newest chain, or ends with it, needs it whole.
  const whole = (['interrupted full', 'interrupted incremental', 'same second'] as const).some(has)
  const kept = chains.map((days, index) => {
    const newest = index === chains.length - 1
    const sets = days.map((day, at) =>
      at === 0 ? times('full', day, day) : times('inc', days[at - 1] ?? day, day),
    )
    if (newest && whole) return sets
    if (!newest && next() < 0.15) return []
    return next() < 0.3 ? sets.slice(0, 1 + Math.floor(next() * sets.length)) : sets
  })
  const sets = kept.flat()
  const extra: Times[] = []
  if (has('displaced incremental')) {
    const full = kept.filter((list, index) => index !== 1 && list.length === 3)
    const replaced = pick(full.length > 0 ? full : [])?.at(-1)
    if (replaced !== undefined) extra.push({ ...replaced, end: replaced.end + DAY / 2 })
  }
  if (has('same second')) extra.push(times('full', LAST, LAST))
  if (has('interrupted full')) extra.push(times('full', LAST + 1, LAST + 1))
  else if (has('interrupted incremental')) extra.push(times('inc', LAST, LAST + 1))

  const wanted = new Set([...sets, ...extra].map(keyOf))
  const lost: ((file: RepositoryName) => boolean)[] = []
  const lose = (damage: Damage, from: readonly Times[], what: (file: RepositoryName) => boolean): void => {
    const set = has(damage) ? pick(from) : undefined
    if (set !== undefined) lost.push((file) => keyOf(file) === keyOf(set) && what(file))
  }
  lose('lost manifest', sets, ({ kind }) => kind === 'manifest')
  const fulls = sets.filter(({ type }) => type === 'full')
  lose('lost full signatures', fulls, ({ kind }) => kind === 'signatures')
  const incrementals = sets.filter(({ type }) => type === 'inc')
  lose('lost new signatures', incrementals, ({ kind }) => kind === 'signatures')
  lose('lost volume', sets, ({ kind, volume }) => kind === 'volume' && volume === 1)
  if (has('abandoned signatures')) {
    const gone = new Set((kept.find((list) => list.length > 0) ?? []).map(keyOf))
    lost.push((file) => gone.has(keyOf(file)) && file.kind !== 'signatures')
  }
  const isWanted = (name: string): boolean => {
    const parsed = parseName(name, defaultNames)
    return parsed !== undefined && wanted.has(keyOf(parsed))
  }
  const remote = readdirSync(library.remote).filter((name) => {
    const parsed = parseName(name, defaultNames)
    return isWanted(name) && parsed !== undefined && !lost.some((is) => is(parsed))
  })
  const cache = readdirSync(library.local).filter((name) => isWanted(name))
  const local = has('cold cache') ? [] : cache.filter((name) => name.includes('.part') || next() > 0.03)
  const foreign = has('foreign files') ? ['README', 'duplicity-full.notatime.manifest'] : []
  return { damages: happened, remote: [...remote, ...foreign], local }
}

/** Identity of a set. */
export function keyOf({ type, start, end }: Times): string {
  return `${type} ${start} ${end}`
}
