/** What the next run will do, for people and for machines. */
import type { Obstacle } from '../plan/job.ts'
import { columns, isoTime, printable } from './printable.ts'

export interface JobForecast {
  readonly job: string
  readonly source: string
  /** Without password. */
  readonly destination: string
  /** `none`: nothing is begun, for the `obstacle`. */
  readonly action: 'full' | 'incremental' | 'none'
  readonly why: string
  readonly obstacle: Obstacle | undefined
  /** In words. */
  readonly retention: string
  /** Whether something known is old enough to go. */
  readonly pruneDue: boolean
  /** Chains as far as they are known; undefined: not at all. */
  readonly chains: number | undefined
  readonly priority: number
}

/** The forecast as a table, with its reasons. */
export function planTable(forecasts: readonly JobForecast[]): string[] {
  if (forecasts.length === 0) return ['There is no job.']
  const header = ['JOB', 'ACTION', 'CHAINS', 'DESTINATION', 'RETENTION', 'WHY']
  const rows = forecasts.map((each) => [
    printable(each.job),
    each.obstacle === undefined ? each.action : `${each.obstacle.verdict}: ${each.obstacle.code}`,
    each.chains === undefined ? '-' : String(each.chains),
    printable(each.destination),
    printable(`${each.retention}${each.pruneDue ? ' (due)' : ''}`),
    printable(each.why),
  ])
  const note =
    'From what this machine remembers; of destinations, only directories of this machine were looked at. The backup itself decides.'
  return [...columns([header, ...rows], [2]), note]
}

/** The forecast as JSON with stable names. `now` in seconds since the epoch. */
export function planJson(forecasts: readonly JobForecast[], now: number): unknown {
  return {
    version: 1,
    operation: 'plan',
    time: isoTime(now),
    jobs: forecasts.map((each) => ({
      job: each.job,
      source: each.source,
      destination: each.destination,
      action: each.action,
      why: each.why,
      obstacle: each.obstacle ?? null,
      retention: each.retention,
      prune_due: each.pruneDue,
      chains: each.chains ?? null,
      priority: each.priority,
    })),
  }
}
