/** The retention of a job: which rules it has, whether they may run now, and what they delete. */
import { parseTime } from '../format/time.ts'
import type { Retention } from '../config/settings.ts'
import { type Claim, type RemovalRule, removalArgv } from '../plan/engine-argv.ts'
import type { Note } from '../report/summary.ts'
import type { Reason, Verdict } from '../report/verdict.ts'
import type { Span } from './tally.ts'
import type { JobTools } from './work.ts'

/** What came of it. */
export interface Pruned {
  readonly verdict: Verdict
  readonly reason: Reason | undefined
  readonly notes: readonly Note[]
  /** Files that were deleted; in a dry run none. */
  readonly deleted: number
  /** Ends of the chains that went, or would go; in seconds since the epoch. */
  readonly chains: readonly number[]
}

export interface PruneOptions {
  readonly dryRun: boolean
  /** The source is gone for good: its newest chain goes too when it is old, if it is theirs. */
  readonly abandonedBy: Claim | undefined
}

/** The rules of a retention, in the order in which they are applied. */
export function rulesOf({ time, keepFull, keepIncrementalsOf }: Retention): RemovalRule[] {
  const rules: RemovalRule[] = []
  if (time !== undefined) rules.push({ rule: 'older-than', time })
  if (keepFull !== undefined) rules.push({ rule: 'but-n-full', count: keepFull })
  if (keepIncrementalsOf !== undefined) {
    rules.push({ rule: 'incrementals-of-but-n-full', count: keepIncrementalsOf })
  }
  return rules
}

/** Whether a rule would touch any of these chains, oldest first; the newest never goes. */
export function isDue(rule: RemovalRule, chains: readonly Span[], now: number): boolean {
  const older = chains.slice(0, -1)
  if (rule.rule !== 'older-than') return chains.length > rule.count
  const moment = parseTime(rule.time, { now, timeSeparator: ':' })
  return older.some(({ end }) => end < moment)
}

/** Why the retention must not run after a backup; undefined: it may. */
export function blockedBy(
  verdict: Verdict,
  leftOut: number,
  entries: number,
  { maxUnreadable, maxUnreadablePercent }: Retention,
): string | undefined {
  if (verdict !== 'ok' && verdict !== 'warning') return `the backup has ${verdict}`
  const limit = Math.min(maxUnreadable, (entries * maxUnreadablePercent) / 100)
  if (leftOut <= limit) return undefined
  const share = `"max_unreadable" allows ${maxUnreadable}, "max_unreadable_percent" ${maxUnreadablePercent} % of ${entries}`
  return `${leftOut} entries were left out, and ${share}`
}

/** Applies the rules, each by an engine process, until one fails. Nothing is deleted where the engine's guard objects. */
export async function applyRules(
  rules: readonly RemovalRule[],
  { job, engine }: JobTools,
  { dryRun, abandonedBy }: PruneOptions,
): Promise<Pruned> {
  const notes: Note[] = []
  const chains = new Set<number>()
  let deleted = 0
  // When the last backups of something that is gone are old, they go like the others.
  const keepChains = abandonedBy ? 0 : job.retention.keepChains
  for (const rule of rules) {
    const argv = removalArgv(job, rule, { keepChains, abandonedBy, dryRun })
    let stopped: Reason | undefined
    const { failure } = await engine(argv, (event) => {
      if (event.type === 'file-deleted' && event.where === 'remote' && !dryRun) deleted += 1
      else if (event.type === 'removal-found') for (const time of event.times) chains.add(time)
      else if (event.type === 'removal-spared') notes.push(spared(event.chains))
      else if (event.type === 'removal-stopped') {
        stopped = { code: 'removal-stopped', text: `${event.name} could not be deleted: ${event.detail}` }
      }
    })
    const reason = failure ?? stopped
    if (reason !== undefined) {
      const ended = reason.code === 'stalled' || reason.code === 'deadline'
      return { verdict: ended ? 'stalled' : 'failed', reason, notes, deleted, chains: [...chains] }
    }
  }
  return { verdict: 'ok', reason: undefined, notes, deleted, chains: [...chains] }
}

function spared(chains: number): Note {
  const text = `${chains} old ${chains === 1 ? 'chain stays' : 'chains stay'}, because "keep_chains" complete ones must`
  return { code: 'chains-spared', text }
}

/** A retention in words, for plans. */
export function retentionText(retention: Retention): string {
  const { time, keepFull, keepIncrementalsOf, keepChains, prune } = retention
  const rules = [
    time === undefined ? [] : [`older than ${time} goes`],
    keepFull === undefined ? [] : [`${keepFull} full stay`],
    keepIncrementalsOf === undefined ? [] : [`incrementals of ${keepIncrementalsOf} stay`],
  ].flat()
  if (rules.length === 0) return 'everything stays'
  return [...rules, `at least ${keepChains} complete`, ...(prune ? [] : ['by "duba prune" only'])].join(', ')
}
