/** The status of jobs: what is on their destinations and what happened to them last. */
import type { ChainSummary, CollectionSummary } from '../engine/events.ts'
import { formatMoment } from '../format/time.ts'
import { ageText, columns, isoTime, printable } from './printable.ts'
import { operations, type StatusJob } from './status-document.ts'
import type { Reason } from './verdict.ts'

export interface JobStatus {
  readonly job: string
  readonly source: string
  readonly destination: string
  /** Undefined if the destination could not be asked, or was not. */
  readonly collection: CollectionSummary | undefined
  readonly failure: Reason | undefined
  /** Another process works with its cache, as a backup does: the destination was not asked. */
  readonly busy: boolean
  /** What is remembered; undefined: nothing. */
  readonly known: StatusJob | undefined
  /** Whether the configuration asks for it; others are only remembered. */
  readonly configured: boolean
  /** Whether its source or destination is switched off there. */
  readonly absent: boolean
  /** Whether it was an entry of a divided source, and is not there any more. */
  readonly vanished: boolean
}

interface Figures {
  readonly chains: number | undefined
  /** All of the destination's, else those of the newest chain as it is remembered. */
  readonly sets: number | undefined
  /** Seconds since the epoch. */
  readonly lastFull: number | undefined
  readonly lastBackup: number | undefined
}

function figuresOf({ collection, known }: JobStatus): Figures {
  if (collection === undefined) return rememberedFigures(known)
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

function rememberedFigures(known: StatusJob | undefined): Figures {
  const success = known?.operations.backup?.last_success ?? undefined
  return {
    chains: undefined,
    sets: known?.chain?.sets,
    lastFull: known?.chain === undefined ? undefined : seconds(known.chain.full_at),
    lastBackup: success === undefined ? undefined : seconds(success),
  }
}

/** The status as JSON with stable names. `now` in seconds since the epoch. */
export function statusJson(statuses: readonly JobStatus[], now: number): unknown {
  const iso = (time: number | undefined): string | null => (time === undefined ? null : isoTime(time))
  return {
    version: 1,
    operation: 'status',
    time: isoTime(now),
    jobs: statuses.map((status) => {
      const { job, source, destination, collection, failure, busy, known } = status
      const { configured, absent, vanished } = status
      const figures = figuresOf(status)
      const backup = known?.operations.backup
      return {
        job,
        source,
        destination,
        configured,
        absent,
        vanished,
        // Whether the figures are the destination's; else they are remembered.
        asked: collection !== undefined,
        failure: failure ?? null,
        busy,
        chains: figures.chains ?? null,
        sets: figures.sets ?? null,
        last_full: iso(figures.lastFull),
        last_backup: iso(figures.lastBackup),
        last_backup_age_seconds:
          figures.lastBackup === undefined ? null : Math.max(0, Math.floor(now - figures.lastBackup)),
        orphaned_sets: collection?.orphanedSets ?? null,
        incomplete_sets: collection?.incompleteSets ?? null,
        last_run:
          backup === undefined
            ? null
            : {
                verdict: backup.last.verdict,
                reason: backup.last.reason,
                end: backup.last.end,
                last_success: backup.last_success,
              },
        operations: known?.operations ?? {},
      }
    }),
  }
}

/** The status as a table for people. */
export function statusTable(statuses: readonly JobStatus[], now: number): string[] {
  const header = ['JOB', 'LAST RUN', 'LAST BACKUP', 'AGE', 'LAST FULL', 'CHAINS', 'SETS', 'REMARK']
  return columns([header, ...statuses.map((status) => row(status, now))], [5, 6])
}

function row(status: JobStatus, now: number): string[] {
  const figures = figuresOf(status)
  const time = (at: number | undefined): string => (at === undefined ? '-' : formatMoment(at))
  const count = (value: number | undefined): string => (value === undefined ? '-' : String(value))
  return [
    printable(status.job),
    status.known?.operations.backup?.last.verdict ?? '-',
    time(figures.lastBackup),
    figures.lastBackup === undefined ? '-' : ageText(now - figures.lastBackup),
    time(figures.lastFull),
    count(figures.chains),
    count(figures.sets),
    printable(remarks(status, figures).join('; ')),
  ]
}

function remarks(
  { collection, failure, busy, known, configured, absent, vanished }: JobStatus,
  { chains }: Figures,
): string[] {
  const found = [
    configured
      ? undefined
      : absent
        ? 'switched off in the configuration'
        : vanished
          ? 'gone from the source'
          : 'not configured any more',
    failure?.text,
    busy ? 'a backup is running, or other work with its cache: this is what is remembered' : undefined,
    chains === 0 ? 'there is no backup yet' : undefined,
    collection && collection.incompleteSets > 0 ? `${collection.incompleteSets} incomplete sets` : undefined,
    collection && collection.orphanedSets > 0 ? `${collection.orphanedSets} sets fit no chain` : undefined,
    ...operations.map((name) => {
      const last = known?.operations[name]?.last
      if (last === undefined || last.verdict === 'ok') return undefined
      const text = last.reason?.text ?? last.verdict
      return name === 'backup' ? text : `${name} ${last.verdict}: ${text}`
    }),
  ]
  return [...new Set(found.filter((remark) => remark !== undefined))]
}

const seconds = (time: string): number => Date.parse(time) / 1000
