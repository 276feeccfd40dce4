/** `duba prune`: the retention of jobs by itself, and of what has vanished from divided sources. */
import type { CollectionSummary } from '../engine/events.ts'
import { statusArgv } from '../plan/engine-argv.ts'
import type { Job } from '../plan/job.ts'
import type { RunSummary } from '../report/summary.ts'
import type { StatusDocument } from '../report/status-document.ts'
import { statusOf } from '../report/status-document.ts'
import { ageText } from '../report/printable.ts'
import type { RunContext } from './context.ts'
import type { Orphan } from './orphans.ts'
import { applyRules, type Pruned, rulesOf } from './retention.ts'
import { runJobs } from './run-jobs.ts'
import type { JobTools, Performed, Work } from './work.ts'

/** Prunes jobs and orphans. Throws NOTHING_DONE and STATE_UNWRITABLE. */
export function runPrune(
  jobs: readonly Job[],
  orphans: readonly Orphan[],
  { dryRun, known }: { readonly dryRun: boolean; readonly known: StatusDocument },
  context: RunContext,
): Promise<RunSummary> {
  const gone = new Set(orphans.map(({ job }) => job.name))
  const work: Work = {
    operation: 'prune',
    dryRun,
    withHooks: false,
    exclusive: true,
    needsKeys: false,
    perform: (tools) =>
      gone.has(tools.job.name) ? pruneOrphan(tools, dryRun) : pruneJob(tools, { dryRun, known }),
  }
  const all = [...jobs, ...orphans.map(({ job }) => job)]
  // A source that is missing or shrunken is no obstacle here, but what a backup found of it is.
  return runJobs(all, work, context, () => Promise.resolve(undefined))
}

/** The retention of a job whose last backup was good. */
async function pruneJob(
  tools: JobTools,
  { dryRun, known }: { readonly dryRun: boolean; readonly known: StatusDocument },
): Promise<Performed> {
  const { job } = tools
  const last = statusOf(known, job.name)?.operations.backup?.last
  if (last?.verdict === 'failed' || last?.verdict === 'stalled') {
    return blocked(
      `its last backup has ${last.verdict}${last.reason === null ? '' : ` (${last.reason.code})`}`,
    )
  }
  if (last?.reason?.code === 'vanished') return blocked('its source has vanished')
  const rules = rulesOf(job.retention)
  if (rules.length === 0) return nothing('no retention is configured: everything stays')
  return performed(await applyRules(rules, tools, { dryRun, abandoned: false }), dryRun)
}

/** The retention of an entry that is gone: not before its grace is over, and then only by age. */
export async function pruneOrphan(tools: JobTools, dryRun: boolean): Promise<Performed> {
  const { job, context, engine } = tools
  const rule = rulesOf(job.retention).find((each) => each.rule === 'older-than')
  if (rule === undefined)
    return nothing('the source has vanished, and without "retention_time" its backups stay')
  let collection: CollectionSummary | undefined
  const { failure } = await engine(statusArgv(job), (event) => {
    if (event.type === 'collection-status') collection = event.summary
  })
  if (failure !== undefined) return { ...nothing(''), verdict: 'failed', reason: failure }
  const chains = collection === undefined ? [] : [...collection.secondary, ...ofPrimary(collection)]
  if (chains.length === 0) return nothing('the source has vanished, and there is no backup of it')
  const age = context.now() - Math.max(...chains.map(({ end }) => end))
  const { orphanGrace } = job.retention
  if (age < orphanGrace) {
    const left = ageText(orphanGrace - age)
    return nothing(`the source has vanished; its backups stay for ${left} more ("orphan_grace")`)
  }
  return performed(await applyRules([rule], tools, { dryRun, abandoned: true }), dryRun)
}

const ofPrimary = ({ primary }: CollectionSummary) => (primary === undefined ? [] : [primary])

function performed({ verdict, reason, notes, deleted, chains }: Pruned, dryRun: boolean): Performed {
  const count = `${chains.length} old ${chains.length === 1 ? 'chain' : 'chains'}`
  const text =
    chains.length === 0
      ? 'nothing is old enough'
      : dryRun
        ? `${count} would be deleted`
        : `${count} deleted (${deleted} files)`
  return { ...nothing(''), verdict, reason, notes: [...notes, { code: 'pruned', text }] }
}

function blocked(why: string): Performed {
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
