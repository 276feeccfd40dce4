/** Divided sources as their destinations know them: entries are found there also where the source is gone. */
import type { DividedSource, Expansion } from './expand.ts'
import type { Job } from './job.ts'

/** What the destination of a divided source holds. */
export interface Stored {
  /** Names of entries that have backups of their own. */
  readonly entries: readonly string[]
  /** Whether entries that were put together have backups; undefined: nothing here can tell. */
  readonly whole: boolean | undefined
  /** What of the destination could not be listed though it is there, in whole sentences: nothing may be deleted by such a list. */
  readonly troubles: readonly string[]
}

/** A divided source of which it is known what is stored. */
export interface StoredSource extends DividedSource {
  readonly stored: Stored
}

export interface StoredExpansion extends Expansion {
  readonly divided: readonly StoredSource[]
}

/**
 * The expansion for reading backups: with the jobs of entries that only the destination has, and with the job of those that
 * were put together where it has backups or may have them.
 */
export function withStored(plan: Expansion, divided: readonly StoredSource[]): StoredExpansion {
  const jobs = plan.jobs.filter((job) => !divided.some(({ whole }) => whole.name === job.name))
  const add = (job: Job): void => {
    const others = [...jobs, ...plan.absent]
    if (!others.some(({ name, destination }) => name === job.name || destination === job.destination))
      jobs.push(job)
  }
  for (const { stored, whole, mayRemain, jobOf } of divided) {
    for (const entry of stored.entries) add(jobOf(entry))
    if (stored.whole ?? mayRemain) add(plan.jobs.find(({ name }) => name === whole.name) ?? whole)
  }
  return { ...plan, jobs, divided }
}
