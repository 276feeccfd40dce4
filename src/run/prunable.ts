/**
 * What `duba prune` works on. A machine that makes the backups of a divided source knows which entries have vanished; any
 * other takes every entry that the destination holds for one that lives, so that its last chain stays.
 */
import type { DividedSource, Expansion } from '../plan/expand.ts'
import { canonicalPath } from '../plan/names.ts'
import { type StoredSource, withStored } from '../plan/stored.ts'
import { printable } from '../report/printable.ts'
import { type StatusDocument, type StatusOperation, statusOf } from '../report/status-document.ts'
import { findOrphans, type Orphan } from './orphans.ts'
import { standingOf } from './standing.ts'
import { hasBackedUp, storedEntries } from './stored-entries.ts'

export interface Prunable {
  /** With the jobs of what is stored in place of those of what is there, where this machine does not make the backups. */
  readonly plan: Expansion
  readonly orphans: readonly Orphan[]
  /** Why nothing of a job may be deleted now, by its name; a job that is not named has nothing against it. */
  readonly blocked: ReadonlyMap<string, string>
}

export interface PrunableOptions {
  /** What this machine remembers; undefined: nothing, because these are the jobs of another host. */
  readonly known: StatusDocument | undefined
  /** Paths and names that are asked for: entries are known by them where no destination can be listed. */
  readonly words: readonly string[]
  /** Hears what of a destination cannot be listed. */
  readonly warn: (text: string) => void
}

/** What can be pruned from here. */
export async function findPrunable(plan: Expansion, options: PrunableOptions): Promise<Prunable> {
  const { known, words, warn } = options
  const isNear = (source: DividedSource): boolean => known !== undefined && makesBackups(source, known)
  const near = plan.divided.filter(isNear)
  const far = plan.divided.filter((source) => !isNear(source) && !source.absent)
  const orphans = known === undefined ? [] : await findOrphans({ ...plan, divided: near }, known, warn)
  const blocked = new Map<string, string>()
  const stored: StoredSource[] = []
  for (const source of far) {
    const found = await storedEntries(source, [...plan.jobs, ...plan.absent], known)
    for (const text of found.troubles) warn(text)
    const isUnseen = found.entries.length === 0 && found.whole === undefined
    // What is there is the next best.
    const here = [...(source.present ?? [])]
    const entries = isUnseen ? [...here, ...namedEntries(source, words)] : found.entries
    const whole = isUnseen ? source.mayRemain || here.length === 0 : found.whole === true
    stored.push({ ...source, stored: { ...found, entries, whole } })
    if (isUnseen && here.length === 0) blocked.set(source.whole.name, found.troubles[0] ?? unseen(source))
    // That the source failed is remembered of its path.
    const failed = known && whyBlocked(known, source.whole.name)
    if (failed === undefined) continue
    for (const name of [source.whole.name, ...entries.map((entry) => source.jobOf(entry).name)])
      blocked.set(name, failed)
  }
  const places = new Set(
    far.flatMap(({ present, jobOf }) => [...(present ?? [])].map((each) => jobOf(each).name)),
  )
  const rest = plan.jobs.filter(({ name }) => !places.has(name))
  const { jobs } = withStored({ ...plan, jobs: rest }, stored)
  for (const { name } of jobs) {
    const why = known && whyBlocked(known, name)
    if (why !== undefined) blocked.set(name, why)
  }
  return { plan: { ...plan, jobs }, orphans, blocked }
}

/** Whether what is missing of a source has vanished, as far as this machine can tell. */
function makesBackups(source: DividedSource, known: StatusDocument): boolean {
  return source.present !== undefined && source.present.size > 0 && hasBackedUp(source, known)
}

function namedEntries({ path }: DividedSource, words: readonly string[]): string[] {
  const below = path === '/' ? '/' : `${path}/`
  const paths = words.filter((word) => word.startsWith('/')).map(canonicalPath)
  const inside = paths.filter((word) => word.startsWith(below)).map((word) => word.slice(below.length))
  return inside.filter((entry) => entry !== '' && !entry.includes('/'))
}

function unseen({ path }: DividedSource): string {
  const name = printable(path === '/' ? '/ENTRY' : `${path}/ENTRY`)
  return `what the destination holds cannot be listed here, so its entries have to be named: duba prune ${name}`
}

/** As far as this machine remembers; a machine that never backed it up has nothing against it. */
function whyBlocked(known: StatusDocument, job: string): string | undefined {
  const backup: StatusOperation | undefined = statusOf(known, job)?.operations.backup
  if (backup?.retention_blocked !== undefined) return backup.retention_blocked ?? undefined
  // A document of before, which kept no more than verdicts.
  const last = backup?.last
  return last && standingOf({ verdict: last.verdict, reason: last.reason ?? undefined })?.blocked
}
