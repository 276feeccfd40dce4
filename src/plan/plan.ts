/** The plan of a configuration: its jobs, checked against one another. */
import { configError } from '../config/fault.ts'
import type { LoadedConfig } from '../config/load.ts'
import { nearest } from '../config/near.ts'
import { UserError } from '../lib/errors.ts'
import { checkJobs } from './collisions.ts'
import { type Expansion, expand, type Host } from './expand.ts'
import type { Job } from './job.ts'
import { jobsNamed } from './jobs-named.ts'
import { canonicalPath } from './names.ts'

/** Expands a configuration. Throws CONFIG_INVALID if jobs would disturb one another. */
export async function planJobs(loaded: LoadedConfig, host: Host): Promise<Expansion> {
  const expansion = await expand(loaded.config, host)
  const faults = checkJobs(loaded, expansion.jobs)
  if (faults.length > 0) throw configError(loaded.files, faults)
  return expansion
}

/**
 * The jobs of these names or paths, all without any. A divided source's path stands for all its entries. `commands`: what a
 * word may have been meant for where none was named. Throws JOB_UNKNOWN.
 */
export function chooseJobs(
  { jobs, divided }: Expansion,
  words: readonly string[],
  commands: readonly string[] = [],
): Job[] {
  if (words.length === 0) return [...jobs]
  const chosen = new Set<Job>()
  for (const word of words) {
    const path = canonicalPath(word)
    const source = divided.find((candidate) => word.startsWith('/') && candidate.path === path)
    const entries = source === undefined ? [] : jobs.filter((job) => parentOf(job.path) === path)
    const found = [...called(jobs, word), ...entries]
    if (found.length === 0) throw unknown(word, jobs, commands)
    for (const job of found) chosen.add(job)
  }
  return jobs.filter((job) => chosen.has(job))
}

/**
 * The one job of a name or path, also of a source that is switched off and of a divided entry that is gone from the
 * disk. Throws JOB_UNKNOWN, also where several jobs have the path.
 */
export function findJob({ jobs, absent, divided }: Expansion, word: string): Job {
  const found = called([...jobs, ...absent], word)
  const [job, other] = found
  if (job !== undefined && other === undefined) return job
  if (job !== undefined) {
    const names = found.map(({ name }) => name).join(', ')
    throw new UserError('JOB_UNKNOWN', `Several jobs back up ${word}`, {
      hint: `Name one of them: ${names}.`,
    })
  }
  const path = canonicalPath(word)
  const source = divided.find((candidate) => word.startsWith('/') && candidate.path === parentOf(path))
  const entry = path.slice(path.lastIndexOf('/') + 1)
  if (source !== undefined && entry !== '') return source.jobOf(entry)
  throw unknown(word, [...jobs, ...absent])
}

/** The jobs of a name or a path. */
function called(jobs: readonly Job[], word: string): Job[] {
  const named = jobsNamed(jobs, word)
  if (!word.startsWith('/')) return named
  return jobs.filter((job) => named.includes(job) || canonicalPath(job.path) === canonicalPath(word))
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'

function unknown(word: string, jobs: readonly Job[], commands: readonly string[] = []): UserError {
  const names = jobs.map(({ name }) => name)
  const meant = nearest(word, [...names, ...commands])
  const listed = names.slice(0, 20).join(', ') + (names.length > 20 ? ', …' : '')
  const hint =
    meant !== undefined
      ? `Did you mean ${names.includes(meant) ? meant : `"duba ${meant}"`}?`
      : names.length > 0
        ? `Configured are: ${listed}.`
        : 'No job is configured.'
  return new UserError('JOB_UNKNOWN', `There is no job and no command "${word}"`, { hint })
}
