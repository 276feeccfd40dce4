/**
 * Backups of entries that have vanished from divided sources: found on destinations that can be listed here, and by what
 * this machine remembers.
 */
import type { Expansion } from '../plan/expand.ts'
import type { Job } from '../plan/job.ts'
import { placeKey } from '../plan/url-steps.ts'
import type { StatusDocument } from '../report/status-document.ts'
import { storedEntries } from './stored-entries.ts'

/** A job of an entry that is gone. */
export interface Orphan {
  readonly job: Job
  /** Last good backup that this machine remembers, in seconds since the epoch. */
  readonly lastBackup: number | undefined
}

/**
 * Every orphan. None of a source that cannot be read, is switched off, or has no entry left at all: what is not mounted
 * has not vanished.
 */
export async function findOrphans(plan: Expansion, known: StatusDocument): Promise<Orphan[]> {
  const orphans: Orphan[] = []
  // What is backed up, or switched off and kept, under whatever name it lies there.
  const others = [...plan.jobs, ...plan.absent]
  const names = new Set(others.map(({ name }) => name))
  const places = new Set(others.map(({ destination }) => placeKey(destination)))
  for (const source of plan.divided) {
    const { present } = source
    if (present === undefined || present.size === 0) continue
    const { entries } = await storedEntries(source, plan, known)
    for (const name of entries) {
      if (present.has(name)) continue
      const job = source.jobOf(name)
      const isOther = names.has(job.name) || places.has(placeKey(job.destination))
      if (!isOther) orphans.push({ job, lastBackup: lastBackup(job.name, known) })
    }
  }
  return orphans
}

function lastBackup(job: string, known: StatusDocument): number | undefined {
  const end = Object.hasOwn(known.jobs, job) ? known.jobs[job]?.operations.backup?.last_success : undefined
  return end === undefined || end === null ? undefined : Date.parse(end) / 1000
}
