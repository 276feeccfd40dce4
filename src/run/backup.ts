/** A run of `duba backup`: every job in an engine process of its own, its retention after it, and a verdict for each. */
import { backupArgv } from '../plan/engine-argv.ts'
import type { Job, Obstacle } from '../plan/job.ts'
import type { FinishedRun } from '../report/status-record.ts'
import {
  lastGood,
  sourceBytesOf,
  type SourceSize,
  type StatusDocument,
  statusOf,
} from '../report/status-document.ts'
import type { RunSummary } from '../report/summary.ts'
import type { RunContext } from './context.ts'
import type { WireEvent } from './event-stream.ts'
import { judgeSource, linkTrouble } from './judge-source.ts'
import { sizeTrouble } from './judge-size.ts'
import { isMissed, mayExpire, type Orphan, orphanObstacle } from './orphans.ts'
import { pruneOrphan } from './prune.ts'
import { applyRules, blockedBy, isDue, rulesOf } from './retention.ts'
import { isGraver } from './remap.ts'
import { runJobs } from './run-jobs.ts'
import { Tally } from './tally.ts'
import type { JobTools, Performed, Work } from './work.ts'

export interface BackupOptions {
  readonly full: boolean
  readonly dryRun: boolean
  /** Takes destinations over from whoever their markers name. */
  readonly takeOver: boolean
  /** Believes a source that has shrunk. */
  readonly acceptShrink: boolean
}

/** Work of a backup, as far as hooks and locks need it. */
export const backupWork = (dryRun: boolean): Omit<Work, 'perform'> => ({
  operation: 'backup',
  dryRun,
  withHooks: true,
  exclusive: true,
  needsKeys: true,
})

/**
 * Backs up the jobs, names what has vanished, and lets the backups of that expire. `known`: the status document. Throws
 * NOTHING_DONE if another run has the lock, STATE_UNWRITABLE if it can log nothing.
 */
export async function runBackup(
  jobs: readonly Job[],
  orphans: readonly Orphan[],
  options: BackupOptions,
  { known, ...context }: RunContext & { readonly known: StatusDocument },
): Promise<RunSummary> {
  const { now } = context
  const missed = orphans.filter((orphan) => isMissed(orphan, now()))
  const expiring = new Map(
    missed
      .filter((orphan) => !options.dryRun && mayExpire(orphan, now()))
      .map((each) => [each.job.name, each]),
  )
  // Nothing prepares for what is gone.
  const gone = missed.map((orphan): Job => {
    const job = { ...orphan.job, hooks: {} }
    if (expiring.has(job.name)) return job
    return { ...job, window: undefined, obstacle: orphanObstacle(orphan, now()) }
  })
  const isGone = new Set(gone.map(({ name }) => name))
  const claim = { ...context.writer, unmarked: true }
  const work: Work = {
    ...backupWork(options.dryRun),
    records: ({ name }) => !isGone.has(name),
    perform: async (tools) => {
      const orphan = expiring.get(tools.job.name)
      return orphan === undefined
        ? backUp(tools, options, known)
        : { ...(await pruneOrphan(tools, orphan, { claim, dryRun: false })), recorded: false }
    },
  }
  return runJobs([...jobs, ...gone], work, context, (job) =>
    isGone.has(job.name) ? Promise.resolve(job.obstacle) : judgeSource(job, known, options.acceptShrink),
  )
}

async function backUp(
  tools: JobTools,
  { full, dryRun, takeOver, acceptShrink }: BackupOptions,
  known: StatusDocument,
): Promise<Performed> {
  const { job, context, threads, engine } = tools
  const tally = new Tally()
  const argv = backupArgv(job, { full, dryRun, writer: context.writer, takeOver, threads })
  context.progress.begin(job.name, { bytes: sourceBytesOf(known, job.name) })
  const onEvent = (event: WireEvent): void => {
    tally.take(event)
    context.progress.take(job.name, event)
  }
  const { failure } = await engine(argv, onEvent)
  context.progress.end(job.name)
  const result = tally.result(failure)
  const { sourceFiles: files, sourceBytes: bytes } = result
  const before = lastGood(statusOf(known, job.name)?.operations.backup)
  const regrouped = before !== undefined && haveLeft(job, before)
  const compared = acceptShrink || regrouped ? undefined : before
  const trouble =
    failure === undefined && files !== undefined && bytes !== undefined
      ? sizeTrouble({ files, bytes }, compared, job.expectation)
      : undefined
  const shrunk: Performed = trouble === undefined ? result : { ...result, verdict: 'failed', reason: trouble }
  const link = failure === undefined ? await linkTrouble(job) : undefined
  const judged =
    link !== undefined && isGraver(link.verdict, shrunk.verdict) ? { ...shrunk, ...asReason(link) } : shrunk
  if (dryRun) return judged
  const withheld =
    blockedBy(judged.verdict, tally.leftOut, files ?? 0, job.retention) ??
    tally.intruder ??
    tally.broken ??
    (compared === undefined && !acceptShrink ? unknownPast(tally, job, regrouped) : undefined)
  return retain({ ...judged, withheld }, tally, tools)
}

const asReason = ({ verdict, code, text }: Obstacle): Pick<Performed, 'verdict' | 'reason'> => ({
  verdict,
  reason: { code, text },
})

/** Whether entries that were put together with others may have got jobs of their own since then. */
function haveLeft({ division }: Job, { apart = [] }: SourceSize): boolean {
  const before = new Set(apart)
  return division?.apart?.some((entry) => !before.has(entry)) === true
}

/** Whether the source may have shrunk unseen: it has backups, and how large it was is not known or not comparable. */
function unknownPast({ continues }: Tally, { expectation }: Job, regrouped: boolean): string | undefined {
  if (!continues || expectation.maxShrinkPercent >= 100) return undefined
  const why = regrouped
    ? 'entries of the source have got jobs of their own'
    : 'nothing is remembered of the source in earlier backups'
  return `${why}, so nobody can tell whether it has shrunk; after the next good one it can be told`
}

/** What follows a backup: its retention, or the note why there is none. */
async function retain(done: Performed, tally: Tally, tools: JobTools): Promise<Performed> {
  const { job, context } = tools
  const rules = job.retention.prune ? rulesOf(job.retention) : []
  if (rules.length === 0) return done
  if (done.withheld !== undefined) {
    const note = { code: 'retention-blocked', text: `no old backup was deleted: ${done.withheld}` }
    return { ...done, notes: [...done.notes, note] }
  }
  const { chains = [] } = tally
  const due = rules.filter((rule) => isDue(rule, chains, context.now()))
  const start = context.now()
  const pruned = await applyRules(due, tools, { dryRun: false, abandonedBy: undefined })
  const run: FinishedRun = {
    job: job.name,
    source: job.path,
    destination: job.destination,
    operation: 'prune',
    ...pruned,
    start,
    end: context.now(),
  }
  const deleted =
    pruned.deleted === 0 ? [] : [{ code: 'pruned', text: prunedText(pruned.chains.length, pruned.deleted) }]
  const notes = [...done.notes, ...pruned.notes, ...deleted]
  if (pruned.reason === undefined) return { ...done, notes, also: [run] }
  const text = `the backup is good, but old ones could not be deleted: ${pruned.reason.text}`
  return { ...done, verdict: 'warning', reason: { code: pruned.reason.code, text }, notes, also: [run] }
}

/** What a removal did, in words. */
export function prunedText(chains: number, files: number): string {
  return `${chains} old ${chains === 1 ? 'chain was' : 'chains were'} deleted (${files} files)`
}
