/** Where a path is backed up: which job has it, and where in it. */
import { nearest } from '../config/near.ts'
import { UserError } from '../lib/errors.ts'
import type { Expansion } from './expand.ts'
import type { Job } from './job.ts'
import { canonicalPath } from './names.ts'

export interface Place {
  /** Jobs that have it, in the order in which they are to be tried: one for each destination. */
  readonly jobs: readonly [Job, ...Job[]]
  /** Path below the source; '': all of it. */
  readonly inside: string
  /** The path on the machine that was backed up. */
  readonly path: string
}

/**
 * The places of a path: one, of the job with the longest path that holds it, also where it is of a divided source's entry
 * that is gone from the disk; or, where the path lies above jobs only, one for each of those. A word that is the name of a
 * job means its source. `dest` chooses among several destinations. Throws JOB_UNKNOWN.
 */
export function placesOf(plan: Expansion, word: string, dest?: string): Place[] {
  const all = [...plan.jobs, ...plan.absent]
  const named = word.startsWith('/') ? undefined : all.find(({ name }) => name === word)
  if (named !== undefined) return [{ jobs: [named], inside: '', path: canonicalPath(named.path) }]
  const path = canonicalPath(word)
  const holders = [...all, ...goneEntries(plan, path, all)].filter((job) => isBelow(path, job.path))
  const longest = Math.max(-1, ...holders.map((job) => canonicalPath(job.path).length))
  const chosen = holders.filter((job) => canonicalPath(job.path).length === longest)
  const isDivided = plan.divided.some((source) => source.path === path)
  if (chosen.length > 0 && !isDivided) return [placeOf(chosen, path, dest)]
  const below = all.filter((job) => isBelow(canonicalPath(job.path), path) && !isOnlySource(plan, job))
  const paths = [...new Set(below.map((job) => canonicalPath(job.path)))]
  if (paths.length > 0) {
    return paths.map((each) =>
      placeOf(
        below.filter((job) => canonicalPath(job.path) === each),
        each,
        dest,
      ),
    )
  }
  throw unknown(word, all, isDivided)
}

/** Jobs whose sources lie inside a path and that have backups of their own. */
export function nestedJobs(plan: Expansion, { path, jobs }: Place): string[] {
  const own = canonicalPath(jobs[0].path)
  const below = [...plan.jobs, ...plan.absent].map((job) => canonicalPath(job.path))
  return [...new Set(below)].filter((each) => each !== own && isBelow(each, path))
}

/** A divided source that is missing or empty has a job of its path that stands for it and has no backups. */
function isOnlySource(plan: Expansion, job: Job): boolean {
  return plan.divided.some(({ path }) => path === canonicalPath(job.path))
}

function goneEntries(plan: Expansion, path: string, all: readonly Job[]): Job[] {
  return plan.divided.flatMap((source) => {
    if (path === source.path || !isBelow(path, source.path)) return []
    const below = path.slice(source.path === '/' ? 1 : source.path.length + 1)
    const job = source.jobOf(below.split('/', 1)[0] ?? below)
    return all.some(({ name }) => name === job.name) ? [] : [job]
  })
}

function placeOf(jobs: readonly Job[], path: string, dest: string | undefined): Place {
  const wanted = dest === undefined ? jobs : jobs.filter(({ name }) => name.endsWith(`@${dest}`))
  const [first, ...others] = wanted
  if (first === undefined) {
    const names = jobs.map(({ name }) => name).join(', ')
    throw new UserError('JOB_UNKNOWN', `${path} is not backed up to a destination called "${dest ?? ''}"`, {
      hint: `It has the jobs ${names}.`,
    })
  }
  const source = canonicalPath(first.path)
  return { jobs: [first, ...others], inside: path.slice(source.length).replace(/^\//, ''), path }
}

/** Whether a path is another one or lies in it; both canonical. */
function isBelow(path: string, above: string): boolean {
  const parent = canonicalPath(above)
  return parent === '/' || path === parent || path.startsWith(`${parent}/`)
}

function unknown(word: string, jobs: readonly Job[], divided: boolean): UserError {
  if (divided) {
    return new UserError(
      'JOB_UNKNOWN',
      `${word} is divided into a job for each entry, and none is there now`,
      {
        hint: `Name the entry that you want: duba restore ${canonicalPath(word)}/ENTRY.`,
      },
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
