/**
 * Entries that have vanished from divided sources and have backups: found on destinations that can be listed here, and by
 * what this machine remembers. Each is told as a warning once, and then named in every run until its backups expire.
 */
import type { DividedSource, Expansion } from '../plan/expand.ts'
import type { Job, Obstacle } from '../plan/job.ts'
import { placeKey } from '../plan/url-steps.ts'
import { ageText } from '../report/printable.ts'
import { type StatusDocument, statusOf } from '../report/status-document.ts'
import { rememberedEntries, storedEntries } from './stored-entries.ts'

/** A job of an entry that is gone. */
export interface Orphan {
  readonly job: Job
  /** Last good backup that this machine remembers, in seconds since the epoch. */
  readonly lastBackup: number | undefined
  /** Whether a run has told that it is gone. */
  readonly told: boolean
  /** Why nothing of it may be deleted now; undefined: nothing forbids it. */
  readonly blocked: string | undefined
}

/**
 * Every orphan. None of a source that cannot be read, is switched off, or has no entry left at all: what is not mounted
 * has not vanished. `warn` hears what of a destination cannot be listed.
 */
export async function findOrphans(
  plan: Expansion,
  known: StatusDocument,
  warn: (text: string) => void,
): Promise<Orphan[]> {
  const orphans: Orphan[] = []
  const others = [...plan.jobs, ...plan.absent]
  const isOther = among(others)
  for (const source of plan.divided) {
    if (!mayVanish(source)) continue
    const { entries, troubles } = await storedEntries(source, others, known)
    for (const text of troubles) warn(text)
    for (const job of absentJobs(source, entries)) {
      if (!isOther(job)) orphans.push({ job, blocked: troubles[0], ...remembered(job.name, known) })
    }
  }
  return orphans
}

/** Jobs of the orphans that runs name, by what this machine remembers alone: no destination is looked at. */
export function missedJobs(plan: Expansion, known: StatusDocument, now: number): Job[] {
  const isOther = among([...plan.jobs, ...plan.absent])
  return plan.divided
    .filter(mayVanish)
    .flatMap((source) => absentJobs(source, rememberedEntries(source, known)))
    .filter(
      (job) => !isOther(job) && isMissed({ job, blocked: undefined, ...remembered(job.name, known) }, now),
    )
}

const mayVanish = ({ present }: DividedSource): boolean => present !== undefined && present.size > 0

const absentJobs = ({ present, jobOf }: DividedSource, entries: readonly string[]): Job[] =>
  entries.filter((name) => present?.has(name) !== true).map(jobOf)

/** Whether something is backed up, or switched off and kept, under whatever name it lies there. */
function among(others: readonly Job[]): (job: Job) => boolean {
  const names = new Set(others.map(({ name }) => name))
  const places = new Set(others.map(({ destination }) => placeKey(destination)))
  return ({ name, destination }) => names.has(name) || places.has(placeKey(destination))
}

/** Reasons of runs that told of it. */
const tellings: ReadonlySet<string> = new Set(['vanished', 'orphan'])

function remembered(job: string, known: StatusDocument): Pick<Orphan, 'lastBackup' | 'told'> {
  const backup = statusOf(known, job)?.operations.backup
  const end = backup?.last_success ?? undefined
  const lastBackup = end === undefined ? undefined : Date.parse(end) / 1000
  const told = backup?.runs.some(
    (run) => tellings.has(run.reason?.code ?? '') && Date.parse(run.end) / 1000 >= (lastBackup ?? 0),
  )
  return { lastBackup, told: told === true }
}

/**
 * Whether its backups may be old enough to go in a run of backups, as far as known. Not before it was told, and not without
 * being asked where this machine does not remember to have made them.
 */
export function mayExpire({ job, lastBackup, told }: Orphan, now: number): boolean {
  const { prune, time, orphanGrace } = job.retention
  return told && prune && time !== undefined && lastBackup !== undefined && now - lastBackup >= orphanGrace
}

/** Whether runs name it: at least once, and until its backups go. Where that is not up to them, while it is in its grace. */
export function isMissed({ job, lastBackup, told }: Orphan, now: number): boolean {
  if (lastBackup === undefined) return false
  const { prune, time, orphanGrace } = job.retention
  return !told || (prune && time !== undefined) || now - lastBackup < orphanGrace
}

/** What a run says of it. */
export function orphanObstacle(orphan: Orphan, now: number): Obstacle {
  const text = `the entry has vanished; ${fate(orphan, now)}`
  return orphan.told
    ? { verdict: 'skipped', code: 'orphan', text }
    : { verdict: 'warning', code: 'vanished', text }
}

function fate({ job, lastBackup }: Orphan, now: number): string {
  const { orphanGrace, prune, time } = job.retention
  if (time === undefined) return 'without "retention_time" its backups stay'
  const expire = 'its backups expire by age'
  if (lastBackup === undefined)
    return `${expire}, by "duba prune" only, because this machine does not remember to have made them`
  if (!prune) return `${expire}, by "duba prune" only`
  const age = now - lastBackup
  return age < orphanGrace ? `${expire}, in ${ageText(orphanGrace - age)}` : `${expire}, from now on`
}
