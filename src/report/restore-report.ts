/** What a restore did and did not do, for people and for machines. */
import { formatMoment } from '../format/time.ts'
import type { StripReason } from '../plan/reading-argv.ts'
import { isoTime, printable, sizeText } from './printable.ts'
import type { Reason, Verdict } from './verdict.ts'

/** What a restore came to. */
export interface RestoreCounts {
  readonly entries: number
  readonly bytes: number
  /** Objects that were not restored or not completely. */
  readonly troubleCount: number
  /** Objects that were not restored because something was there already. */
  readonly kept: number
  readonly replaced: number
  readonly renamed: number
  /** Objects that lost something which gives power. */
  readonly stripped: number
  /** Time of the backup that was restored, in seconds since the epoch. */
  readonly setTime: number | undefined
  /** The log file; undefined if it could not be written. */
  readonly log: string | undefined
}

/** The end of the restore of one path. */
export interface RestoreReport extends RestoreCounts {
  readonly job: string
  readonly path: string
  readonly target: string
  readonly verdict: Verdict
  readonly reason: Reason | undefined
  /** Why what gives power was left out; undefined: it was not. */
  readonly strip: StripReason | undefined
  /** The first of the objects that were not restored or not completely, below the target. */
  readonly troubles: readonly { readonly path: string; readonly detail: string }[]
}

/** One line, and one for each thing that was not restored as it was asked for. */
export function reportText(report: RestoreReport): string[] {
  const { verdict, reason, entries, bytes, setTime, path, target } = report
  const where = `${printable(path)} to ${printable(target)}`
  if (verdict === 'failed') return [`NOT restored: ${where}: ${printable(reason?.text ?? '')}`]
  const of = setTime === undefined ? '' : ` as of ${formatMoment(setTime)}`
  const why = report.strip === 'owner-map' ? 'owners are mapped' : 'nobody vouches for the backup'
  const counts: [number, string][] = [
    [report.kept, 'not restored, because something was there'],
    [report.replaced, 'replaced what was there'],
    [report.renamed, 'restored beside what was there, as NAME.restored-TIME'],
    [report.stripped, `without set-id bits or capabilities, or left out as device files, because ${why}`],
    [report.troubleCount, 'NOT restored completely'],
  ]
  return [
    `Restored ${where}${of}: ${entries} ${entries === 1 ? 'entry' : 'entries'}, ${sizeText(bytes)}`,
    ...counts.filter(([count]) => count > 0).map(([count, text]) => `  ${count} ${text}`),
    ...(report.log !== undefined && report.troubleCount > 0 ? [`  log: ${printable(report.log)}`] : []),
  ]
}

/** The same for machines. Names are stable. */
export function reportJson(report: RestoreReport): unknown {
  return {
    job: report.job,
    path: report.path,
    target: report.target,
    verdict: report.verdict,
    reason: report.reason ?? null,
    entries: report.entries,
    bytes: report.bytes,
    backup_time: report.setTime === undefined ? null : isoTime(report.setTime),
    kept: report.kept,
    replaced: report.replaced,
    renamed: report.renamed,
    stripped: report.stripped,
    not_restored: report.troubleCount,
    troubles: report.troubles,
    log: report.log ?? null,
  }
}
