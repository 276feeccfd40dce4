/**
 * Backups of entries that have vanished from divided sources: found on destinations that can be listed here, and by what
 * this machine remembers.
 */
import { readdir } from 'node:fs/promises'
import { isErrno } from '../lib/errors.ts'
import type { DividedSource, Expansion } from '../plan/expand.ts'
import type { Job } from '../plan/job.ts'
import { canonicalPath } from '../plan/names.ts'
import type { StatusDocument } from '../report/status-document.ts'

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
export async function findOrphans({ divided, jobs }: Expansion, known: StatusDocument): Promise<Orphan[]> {
  const orphans: Orphan[] = []
  const running = new Set(jobs.map(({ name }) => name))
  for (const source of divided) {
    const { present } = source
    if (present === undefined || present.size === 0) continue
    const names = new Set([...(await listed(source)), ...remembered(source, known)])
    for (const name of [...names].sort()) {
      if (present.has(name)) continue
      const job = source.jobOf(name)
      if (!running.has(job.name)) orphans.push({ job, lastBackup: lastBackup(job.name, known) })
    }
  }
  return orphans
}

function lastBackup(job: string, known: StatusDocument): number | undefined {
  const end = Object.hasOwn(known.jobs, job) ? known.jobs[job]?.operations.backup?.last_success : undefined
  return end === undefined || end === null ? undefined : Date.parse(end) / 1000
}

/** Directories below the destination that hold backups. */
async function listed({ destination }: DividedSource): Promise<string[]> {
  const parent = /^file:\/\/(\/.*)$/s.exec(destination)?.[1]
  if (parent === undefined) return []
  const names: string[] = []
  for (const name of await directories(parent)) {
    const files = await readdir(`${parent}/${name}`).catch(() => [])
    if (files.some((file) => /^duplicity-(?:full|inc)\./.test(file))) names.push(name)
  }
  return names
}

async function directories(path: string): Promise<string[]> {
  try {
    const found = await readdir(path, { withFileTypes: true })
    return found.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  } catch (error) {
    // Not there, or not mounted: what is remembered has to do.
    if (isErrno(error)) return []
    throw error
  }
}

function remembered({ path, jobOf }: DividedSource, known: StatusDocument): string[] {
  const below = path === '/' ? '/' : `${path}/`
  return Object.entries(known.jobs).flatMap(([name, { source, operations }]) => {
    const entry = canonicalPath(source).slice(below.length)
    const inside = canonicalPath(source).startsWith(below) && entry !== '' && !entry.includes('/')
    const backedUp = (operations.backup?.last_success ?? null) !== null
    return inside && backedUp && jobOf(entry).name === name ? [entry] : []
  })
}
