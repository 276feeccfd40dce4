/** `duba prune`: the retention of jobs by itself, and of what has vanished from divided sources. */
import type { CollectionSummary } from '../engine/events.ts'
import { type Claim, statusArgv } from '../plan/engine-argv.ts'
import type { Job } from '../plan/job.ts'
import type { RunSummary } from '../report/summary.ts'
import { ageText } from '../report/printable.ts'
import type { RunContext } from './context.ts'
import type { Orphan } from './orphans.ts'
import type { Prunable } from './prunable.ts'
import { applyRules, type Pruned, rulesOf } from './retention.ts'
import { runJobs } from './run-jobs.ts'
import type { JobTools, Performed, Work } from './work.ts'

export interface PruneRun extends Pick<Prunable, 'blocked'> {
  readonly dryRun: boolean
  /** Whether the jobs are those of this machine, so that what is done with them is remembered. */
  readonly own: boolean
}

/** Prunes jobs and orphans. Throws NOTHING_DONE and STATE_UNWRITABLE. */
export function runPrune(
  jobs: readonly Job[],
  orphans: readonly Orphan[],
  { dryRun, own, blocked }: PruneRun,
  context: RunContext,
): Promise<RunSummary> {
  const gone = new Map(orphans.map((orphan) => [orphan.job.name, orphan]))
  // Asked by hand, perhaps on another machine than the one that wrote: the host's name must be right.
  const claimOf = ({ lastBackup }: Orphan): Claim => ({
    host: context.writer.host,
    machine: undefined,
    unmarked: lastBackup !== undefined,
  })
  const work: Work = {
    operation: 'prune',
    dryRun,
    forgets: !own,
    withHooks: false,
    exclusive: true,
    needsKeys: false,
    perform: (tools) => {
      const orphan = gone.get(tools.job.name)
      return orphan === undefined
        ? pruneJob(tools, { dryRun, why: blocked.get(tools.job.name) })
        : pruneOrphan(tools, orphan, { claim: claimOf(orphan), dryRun })
    },
  }
  const all = [...jobs, ...orphans.map(({ job }) => job)]
  // A source that is missing or shrunken is no obstacle here, but what a backup found of it is.
  return runJobs(all, work, context, () => Promise.resolve(undefined))
}

/** The retention of a job whose last backup was good. */
async function pruneJob(
  tools: JobTools,
  { dryRun, why }: { readonly dryRun: boolean; readonly why: string | undefined },
): Promise<Performed> {
  const { job } = tools
  if (why !== undefined) return withheld(why)
  const rules = rulesOf(job.retention)
  if (rules.length === 0) return nothing('no retention is configured: everything stays')
  return performed(await applyRules(rules, tools, { dryRun, abandonedBy: undefined }), dryRun)
}

/**
 * The retention of an entry that is gone: not before its grace is over, only by age, and only where it is one's own. When
 * nothing is left of it, it is forgotten.
 */
export async function pruneOrphan(
  tools: JobTools,
  orphan: Orphan,
  { claim, dryRun }: { readonly claim: Claim; readonly dryRun: boolean },
): Promise<Performed> {
  const { job, context, engine } = tools
  if (orphan.blocked !== undefined) return withheld(orphan.blocked)
  const rule = rulesOf(job.retention).find((each) => each.rule === 'older-than')
  if (rule === undefined)
    return nothing('the source has vanished, and without "retention_time" its backups stay')
  let collection: CollectionSummary | undefined
  const { failure } = await engine(statusArgv(job), (event) => {
    if (event.type === 'collection-status') collection = event.summary
  })
  if (failure !== undefined) return { ...nothing(''), verdict: 'failed', reason: failure }
  const chains = collection === undefined ? [] : [...collection.secondary, ...ofPrimary(collection)]
  if (chains.length === 0)
    return { ...nothing('the source has vanished, and there is no backup of it'), forgotten: true }
  const age = context.now() - Math.max(...chains.map(({ end }) => end))
  const { orphanGrace } = job.retention
  if (age < orphanGrace) {
    const left = ageText(orphanGrace - age)
    return nothing(`the source has vanished; its backups stay for ${left} more ("orphan_grace")`)
  }
  const pruned = await applyRules([rule], tools, { dryRun, abandonedBy: claim })
  if (pruned.reason?.code === 'marker-mismatch') return nothing(pruned.reason.text)
  const forgotten = pruned.reason === undefined && pruned.chains.length === chains.length
  return { ...performed(pruned, dryRun), forgotten }
}

const ofPrimary = ({ primary }: CollectionSummary) => (primary === undefined ? [] : [primary])

function performed({ verdict, reason, notes, deleted, chains }: Pruned, dryRun: boolean): Performed {
  const count = `${chains.length} old ${chains.length === 1 ? 'chain' : 'chains'}`
  const base = { ...nothing(''), verdict, reason }
  // Where it failed, nobody knows what else is old enough.
  if (chains.length === 0 && reason !== undefined) return { ...base, notes }
  const text =
    chains.length === 0
      ? 'nothing is old enough'
      : dryRun
        ? `${count} would be deleted`
        : reason === undefined
          ? `${count} deleted (${deleted} files)`
          : `${deleted} files of ${count} deleted`
  return { ...base, notes: [...notes, { code: 'pruned', text }] }
}

function withheld(why: string): Performed {
  const reason = { code: 'retention-blocked', text: `no old backup was deleted: ${why}` }
  return { ...nothing(''), verdict: 'warning', reason }
}

function nothing(text: string): Performed {
  const notes = text === '' ? [] : [{ code: 'nothing-to-prune', text }]
  return {
    verdict: 'ok',
    reason: undefined,
    kind: undefined,
    files: undefined,
    bytesUploaded: undefined,
    notes,
  }
}
