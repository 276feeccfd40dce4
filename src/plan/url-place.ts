/** A repository that is named by its URL alone, without a configuration. */
import { UserError } from '../lib/errors.ts'
import type { Job } from './job.ts'
import { canonicalPath } from './names.ts'
import type { Place } from './place.ts'

/**
 * The place of a path in the repository of a URL. A relative path is one inside the backup; of an absolute one, which is a
 * path of the machine that was backed up, the URL must end in the first steps: `swift://host/etc` has `/etc/ssh`. Throws USAGE.
 */
export function placeInUrl(job: Job, word: string): Place {
  const steps = stepsOf(word)
  const base = stepsOf(job.destination.replace(/^[^:]*:\/*/, ''))
  const inside = word.startsWith('/') ? steps.slice(commonSteps(base, steps)) : steps
  const own = base.at(-1) ?? 'backup'
  const path =
    word.startsWith('/') && steps.length > 0 ? canonicalPath(word) : `/${[own, ...inside].join('/')}`
  return { jobs: [job], inside: inside.join('/'), before: [], path, guessed: false }
}

/** How many first steps of the path the URL ends in. */
function commonSteps(base: readonly string[], steps: readonly string[]): number {
  for (let count = steps.length; count > 0; count -= 1) {
    if (base.slice(-count).join('/') === steps.slice(0, count).join('/')) return count
  }
  if (steps.length === 0) return 0
  throw new UserError(
    'USAGE',
    `/${steps.join('/')} cannot be in this repository, whose URL ends in ${base.at(-1) ?? 'nothing'}`,
    {
      hint: 'Give the path inside the backup, without a slash at its beginning; "." is all of it.',
    },
  )
}

const stepsOf = (path: string): string[] => path.split('/').filter((step) => step !== '' && step !== '.')
