/** Where a path is backed up: which job has it, and where in it. */
import { nearest } from '../config/near.ts'
import { UserError } from '../lib/errors.ts'
import type { Job } from './job.ts'
import { jobsNamed } from './jobs-named.ts'
import { canonicalPath } from './names.ts'
import type { StoredExpansion } from './stored.ts'

/** A job that has a path, and where in it. */
export interface Holder {
  readonly job: Job
  /** Path below the source; '': all of it. */
  readonly inside: string
}

export interface Place {
  /** Jobs that have it, in the order in which they are to be tried: one for each destination. */
  readonly jobs: readonly [Job, ...Job[]]
  /** Path below their source; '': all of it. */
  readonly inside: string
  /** Jobs of directories above that may have had it before these began, the nearest first. */
  readonly before: readonly Holder[]
  /** The path on the machine that was backed up. */
  readonly path: string
  /** Whether nothing says that there are backups of it: a destination that cannot be listed may have some. */
  readonly guessed: boolean
}

/**
 * The places of a path: one, of the job with the longest path that holds it, also where it is of a divided source's entry
 * that is gone from the disk; or, where the path lies above several jobs or is a divided source, one for each of those, outer
 * ones first. A word that is the name of a job means its source. `dest` chooses among several destinations. Throws JOB_UNKNOWN.
 */
export function placesOf(plan: StoredExpansion, word: string, dest?: string): Place[] {
  const all = [...plan.jobs, ...plan.absent]
  if (!word.startsWith('/')) {
    const source = plan.divided.find(({ whole }) => whole.name === word)
    if (source !== undefined) {
      const names = new Set(
        [...(source.present ?? []), ...source.stored.entries].map((entry) => source.jobOf(entry).name),
      )
      const parts = all.filter(({ name }) => name === word || names.has(name))
      if (parts.length === 0) throw unknown(word, all, true)
      return byPath(plan, parts, dest)
    }
    const named = jobsNamed(all, word)
    if (named.length > 0) return byPath(plan, named, dest)
  }
  const path = canonicalPath(word)
  const holders = [...all, ...goneEntries(plan, path, all)].filter((job) => isBelow(path, job.path))
  const lengthOf = (job: Job): number => canonicalPath(job.path).length
  const longest = Math.max(-1, ...holders.map(lengthOf))
  const chosen = holders.filter((job) => lengthOf(job) === longest)
  const isDivided = plan.divided.some((source) => source.path === path)
  if (chosen.length > 0 && !isDivided) {
    const above = holders.filter((job) => lengthOf(job) < longest && isAt(job, dest))
    const before = above
      .sort((a, b) => lengthOf(b) - lengthOf(a))
      .map((job) => ({ job, inside: pathInside(job, path) }))
    return [{ ...placeOf(plan, chosen, path, dest), before }]
  }
  const below = all.filter((job) => isBelow(canonicalPath(job.path), path))
  if (below.length > 0) return byPath(plan, below, dest)
  throw unknown(word, all, isDivided)
}

/** One place for each path, outer ones first. */
function byPath(plan: StoredExpansion, jobs: readonly Job[], dest: string | undefined): Place[] {
  const paths = [...new Set(jobs.map((job) => canonicalPath(job.path)))].sort()
  return paths.map((path) => {
    const there = jobs.filter((job) => canonicalPath(job.path) === path)
    return placeOf(plan, there, path, dest)
  })
}

/** Paths of jobs whose sources lie inside a path and that have backups of their own. */
export function nestedJobs(plan: StoredExpansion, { path, jobs }: Place): string[] {
  const own = canonicalPath(jobs[0].path)
  const below = [...plan.jobs, ...plan.absent].map((job) => canonicalPath(job.path))
  return [...new Set(below)].filter((each) => each !== own && isBelow(each, path))
}

/** Jobs of entries that nothing is known of: one that was put together with others is no such entry. */
function goneEntries(plan: StoredExpansion, path: string, all: readonly Job[]): Job[] {
  return plan.divided.flatMap(({ path: source, whole, present, stored, jobOf }) => {
    if (path === source || !isBelow(path, source)) return []
    const below = path.slice(source === '/' ? 1 : source.length + 1)
    const entry = below.split('/', 1)[0] ?? below
    const job = jobOf(entry)
    const isThere = (name: string): boolean => all.some((each) => each.name === name)
    const together = isThere(whole.name) && (stored.whole === true || present?.has(entry) === true)
    return isThere(job.name) || together ? [] : [job]
  })
}

function placeOf(
  { divided }: StoredExpansion,
  jobs: readonly Job[],
  path: string,
  dest: string | undefined,
): Place {
  const wanted = jobs.filter((job) => isAt(job, dest))
  const [first, ...others] = wanted
  if (first === undefined) {
    const names = jobs.map(({ name }) => name).join(', ')
    throw new UserError('JOB_UNKNOWN', `${path} is not backed up to a destination called "${dest ?? ''}"`, {
      hint: `It has the jobs ${names}.`,
    })
  }
  const guessed = wanted.every(({ name }) =>
    divided.some(({ whole, stored }) => whole.name === name && stored.whole === undefined),
  )
  return { jobs: [first, ...others], inside: pathInside(first, path), before: [], path, guessed }
}

const isAt = ({ name }: Job, dest: string | undefined): boolean =>
  dest === undefined || name.endsWith(`@${dest}`)

const pathInside = (job: Job, path: string): string =>
  path.slice(canonicalPath(job.path).length).replace(/^\//, '')

/** Whether a path is another one or lies in it; both canonical. */
function isBelow(path: string, above: string): boolean {
  const parent = canonicalPath(above)
  return parent === '/' || path === parent || path.startsWith(`${parent}/`)
}

function unknown(word: string, jobs: readonly Job[], divided: boolean): UserError {
  if (divided) {
    return new UserError(
      'JOB_UNKNOWN',
      `${word} is divided into a job for each entry; none is there now, and no backups of any were found`,
      { hint: 'Look whether the destination is mounted; or name the entry that you want: SOURCE/ENTRY.' },
    )
  }
  const paths = [...new Set(jobs.map(({ path }) => path))]
  const meant = nearest(word, [...paths, ...jobs.map(({ name }) => name)])
  const listed = paths.slice(0, 20).join(', ') + (paths.length > 20 ? ', …' : '')
  const hint =
    paths.length === 0
      ? 'No job is configured; with --url no configuration is needed.'
      : meant === undefined
        ? `Backed up are: ${listed}.`
        : `Did you mean ${meant}?`
  return new UserError('JOB_UNKNOWN', `No job backs up ${word}`, { hint })
}
