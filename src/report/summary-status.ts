/** The status of jobs: what is on their destinations and what happened to them last. */
import type { ChainSummary, CollectionSummary } from '../engine/events.ts'
import { ageText, columns, isoTime, printable, timeText } from './printable.ts'
import type { Reason, Verdict } from './verdict.ts'

export interface JobStatus {
  readonly job: string
  readonly source: string
  readonly destination: string
  /** Undefined if the destination could not be asked. */
  readonly collection: CollectionSummary | undefined
  readonly failure: Reason | undefined
  /** Undefined if no run is on record. Times are ISO 8601. */
  readonly lastRun:
    | {
        readonly verdict: Verdict
        readonly reason: Reason | null
        readonly end: string
        readonly lastSuccess: string | null
      }
    | undefined
}

interface Figures {
  readonly chains: number
  readonly sets: number
  /** Seconds since the epoch. */
  readonly lastFull: number | undefined
  readonly lastBackup: number | undefined
}

function figuresOf(collection: CollectionSummary): Figures {
  const { secondary, primary } = collection
  const chains: ChainSummary[] = primary === undefined ? [...secondary] : [...secondary, primary]
  const newest = (times: readonly number[]): number | undefined =>
    times.length === 0 ? undefined : Math.max(...times)
  return {
    chains: chains.length,
    sets: chains.reduce((sum, { sets }) => sum + sets.length, 0),
    lastFull: newest(chains.map(({ start }) => start)),
    lastBackup: newest(chains.map(({ end }) => end)),
  }
}

/** The status as JSON with stable names. `now` in seconds since the epoch. */
export function statusJson(statuses: readonly JobStatus[], now: number): unknown {
  const iso = (time: number | undefined): string | null => (time === undefined ? null : isoTime(time))
  return {
    version: 1,
    operation: 'status',
    time: isoTime(now),
    jobs: statuses.map(({ job, source, destination, collection, failure, lastRun }) => {
      const figures = collection && figuresOf(collection)
      return {
        job,
        source,
        destination,
        failure: failure ?? null,
        chains: figures?.chains ?? null,
        sets: figures?.sets ?? null,
        last_full: iso(figures?.lastFull),
        last_backup: iso(figures?.lastBackup),
        last_backup_age_seconds:
          figures?.lastBackup === undefined ? null : Math.max(0, Math.floor(now - figures.lastBackup)),
        orphaned_sets: collection?.orphanedSets ?? null,
        incomplete_sets: collection?.incompleteSets ?? null,
        last_run:
          lastRun === undefined
            ? null
            : {
                verdict: lastRun.verdict,
                reason: lastRun.reason,
                end: lastRun.end,
                last_success: lastRun.lastSuccess,
              },
      }
    }),
  }
}

/** The status as a table for people. */
export function statusTable(statuses: readonly JobStatus[], now: number): string[] {
  const header = ['JOB', 'LAST RUN', 'LAST BACKUP', 'AGE', 'LAST FULL', 'CHAINS', 'SETS', 'REMARK']
  return columns([header, ...statuses.map((status) => row(status, now))], [5, 6])
}

function row({ job, collection, failure, lastRun }: JobStatus, now: number): string[] {
  const figures = collection && figuresOf(collection)
  const time = (at: number | undefined): string => (at === undefined ? '-' : timeText(at))
  const remarks = [
    failure?.text,
    figures?.chains === 0 ? 'there is no backup yet' : undefined,
    collection && collection.incompleteSets > 0 ? `${collection.incompleteSets} incomplete sets` : undefined,
    collection && collection.orphanedSets > 0 ? `${collection.orphanedSets} sets fit no chain` : undefined,
    lastRun !== undefined && lastRun.verdict !== 'ok' ? lastRun.reason?.text : undefined,
  ].filter((remark) => remark !== undefined)
  return [
    printable(job),
    lastRun?.verdict ?? '-',
    time(figures?.lastBackup),
    figures?.lastBackup === undefined ? '-' : ageText(now - figures.lastBackup),
    time(figures?.lastFull),
    figures === undefined ? '-' : String(figures.chains),
    figures === undefined ? '-' : String(figures.sets),
    printable([...new Set(remarks)].join('; ')),
  ]
}
