/**
 * What the next backup of a job will be, from its cache and what is remembered: no destination is asked and no secret
 * opened, so it is a forecast. The engine decides when it has seen the destination.
 */
import { readdir } from 'node:fs/promises'
import { defaultNames, parseName, type RepositoryName } from '../format/filename.ts'
import { formatMoment, parseTime } from '../format/time.ts'
import { isErrno } from '../lib/errors.ts'
import type { Job } from '../plan/job.ts'
import type { JobForecast } from '../report/plan-table.ts'
import type { StatusDocument } from '../report/status-document.ts'
import { hasBackups, judgeSource } from './judge-source.ts'
import { type Orphan, orphanObstacle } from './orphans.ts'
import { isDue, retentionText, rulesOf } from './retention.ts'
import type { Span } from './tally.ts'
import { outsideWindow } from './window.ts'

/** Foresees one job. `full`: a full backup was asked for. */
export async function foresee(
  job: Job,
  known: StatusDocument,
  { now, full }: { readonly now: number; readonly full: boolean },
): Promise<JobForecast> {
  const chains = await cachedChains(job.cacheDir)
  const due = rulesOf(job.retention).some((rule) => isDue(rule, chains.spans, now))
  const base = {
    job: job.name,
    source: job.path,
    destination: job.destination,
    retention: retentionText(job.retention),
    chains: chains.spans.length,
    pruneDue: due && job.retention.prune,
    priority: job.priority,
  }
  const obstacle = outsideWindow(job, now) ?? (await judgeSource(job, known))
  if (obstacle !== undefined) return { ...base, action: 'none', why: obstacle.text, obstacle }
  return { ...base, ...decide(job, chains, hasBackups(job, known), { now, full }), obstacle: undefined }
}

/** An entry that is gone: shown, so that nobody is surprised by what stays or goes of it. */
export function foreseeOrphan(orphan: Orphan, now: number): JobForecast {
  const { job } = orphan
  const obstacle = orphanObstacle(orphan, now)
  return {
    job: job.name,
    source: job.path,
    destination: job.destination,
    retention: retentionText(job.retention),
    chains: undefined,
    pruneDue: false,
    priority: job.priority,
    action: 'none',
    why: obstacle.text,
    obstacle,
  }
}

interface CachedChains {
  /** Oldest first. */
  readonly spans: readonly Span[]
  readonly interrupted: boolean
  /** Whether the newest chain has its signatures. */
  readonly continuable: boolean
}

function decide(
  job: Job,
  { spans, interrupted, continuable }: CachedChains,
  backedUp: boolean,
  { now, full }: { readonly now: number; readonly full: boolean },
): Pick<JobForecast, 'action' | 'why'> {
  const newest = spans.at(-1)
  if (full) return { action: 'full', why: 'it was asked for' }
  if (interrupted)
    return { action: newest === undefined ? 'full' : 'incremental', why: 'an interrupted backup is finished' }
  if (newest === undefined) {
    return backedUp
      ? { action: 'incremental', why: 'the cache is lost and will be fetched' }
      : { action: 'full', why: 'there is no backup yet, as far as this machine knows' }
  }
  const { fullIfOlderThan } = job
  if (
    fullIfOlderThan !== undefined &&
    newest.start < parseTime(fullIfOlderThan, { now, timeSeparator: ':' })
  ) {
    return {
      action: 'full',
      why: `the last full one, of ${formatMoment(newest.start)}, is older than ${fullIfOlderThan}`,
    }
  }
  if (!continuable) return { action: 'incremental', why: 'its signatures are fetched from the destination' }
  return { action: 'incremental', why: `it continues the full one of ${formatMoment(newest.start)}` }
}

async function cachedChains(cacheDir: string): Promise<CachedChains> {
  let names: string[]
  try {
    names = await readdir(cacheDir)
  } catch (error) {
    if (!isErrno(error)) throw error
    names = [] // No cache: nothing is known.
  }
  const files = names.flatMap((name) => parseName(name, defaultNames) ?? [])
  const whole = (kind: RepositoryName['kind'], type: RepositoryName['type']): RepositoryName[] =>
    files.filter((file) => file.kind === kind && file.type === type && !file.partial)
  const incrementals = whole('manifest', 'inc').sort((a, b) => a.start - b.start)
  const spans = whole('manifest', 'full')
    .map(({ start }) => start)
    .sort((a, b) => a - b)
    .map((start) => {
      let end = start
      for (const each of incrementals) if (each.start === end) ({ end } = each)
      return { start, end }
    })
  return {
    spans,
    interrupted: files.some(({ partial }) => partial),
    continuable: whole('signatures', 'full').some(({ start }) => start === spans.at(-1)?.start),
  }
}
