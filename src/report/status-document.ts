/**
 * `status.json`: what duba remembers of every operation of every job, for people, monitoring and the next run. The shape is
 * `schemas/status.schema.json`. Times are ISO 8601, UTC; nothing in it is secret.
 */
import type { Reason, Verdict } from './verdict.ts'

export const statusVersion = 1

/** What can be done with a job. */
export const operations = ['backup', 'prune', 'verify', 'restore'] as const

export type Operation = (typeof operations)[number]

/** One operation of one job that has ended. */
export interface StatusRun {
  readonly run_id: string
  readonly operation: Operation
  readonly verdict: Verdict
  readonly reason: Reason | null
  /** Null: the job was not started. */
  readonly start: string | null
  readonly end: string
  readonly kind: 'full' | 'incremental' | null
  readonly files: { readonly new: number; readonly changed: number; readonly deleted: number } | null
  readonly bytes_uploaded: number | null
  readonly source_files: number | null
  readonly source_bytes: number | null
  readonly notes_count: number
}

/** What is remembered of one operation of a job. */
export interface StatusOperation {
  readonly last: StatusRun
  /** End of the last run that was begun, has the verdict ok or warning, and made a backup if it is one; null if there was none yet. */
  readonly last_success: string | null
  /** Oldest first; the last one is `last`. */
  readonly runs: readonly StatusRun[]
  /** Of backups: the source as the last good one found it, however long ago. Unset: not known yet. */
  readonly last_good?: SourceSize
  /** Of backups: why no old one may be deleted until another has been good; null: nothing forbids it. Unset: not known yet. */
  readonly retention_blocked?: string | null
}

/** What a source held. */
export interface SourceSize {
  readonly end: string
  readonly source_files: number
  readonly source_bytes: number
  /** Of a job of several entries of a divided source: names of those that had jobs of their own. */
  readonly apart?: readonly string[]
}

/** The newest chain, as the last operation that saw it found it. */
export interface StatusChain {
  readonly full_at: string
  readonly sets: number
  /** Stored bytes; null if not known. */
  readonly bytes: number | null
}

export interface StatusJob {
  readonly source: string
  /** Without password. */
  readonly destination: string
  readonly operations: Readonly<Partial<Record<Operation, StatusOperation>>>
  readonly chain?: StatusChain
}

/** A job that the configuration asks for. */
export interface ExpectedJob {
  readonly job: string
  /** The directory that the job backs up. */
  readonly source: string
  /** The `path` of the source in the configuration: that of the directory, or of the one above it with `divide`. */
  readonly configured: string
  /** Seconds since the last good backup from which on monitoring shall warn; null: monitoring's own measure. */
  readonly max_age: number | null
  /** An entry of a divided source that is gone; it is expected until its backups expire. */
  readonly vanished?: true
}

export interface StatusDocument {
  readonly version: typeof statusVersion
  readonly host: string
  readonly updated: string
  readonly duba_version: string
  /** What the configuration asked for when a run was last made of it; null: not known yet. */
  readonly expected: { readonly updated: string; readonly jobs: readonly ExpectedJob[] } | null
  readonly jobs: Readonly<Record<string, StatusJob>>
}

/** A document of no jobs. */
export function emptyStatus(host: string, dubaVersion: string, updated: string): StatusDocument {
  return { version: statusVersion, host, updated, duba_version: dubaVersion, expected: null, jobs: {} }
}

/** Whether a verdict is one of those with which work was done. */
export const isSuccess = (verdict: Verdict): boolean => verdict === 'ok' || verdict === 'warning'

/** What is remembered of a job. */
export function statusOf(document: StatusDocument, job: string): StatusJob | undefined {
  return Object.hasOwn(document.jobs, job) ? document.jobs[job] : undefined
}

/** The source as the last good backup found it; undefined: there is none that this machine remembers. */
export function lastGood(backup: StatusOperation | undefined): SourceSize | undefined {
  if (backup?.last_good !== undefined) return backup.last_good
  // A document of before, which kept no more than its runs.
  for (const { verdict, end, source_files: files, source_bytes: bytes } of backup?.runs.toReversed() ?? []) {
    if (isSuccess(verdict) && files !== null && bytes !== null)
      return { end, source_files: files, source_bytes: bytes }
  }
  return undefined
}

/** Bytes of a job's source as the last backup that looked at all of it counted them. */
export function sourceBytesOf(document: StatusDocument, job: string): number | undefined {
  const runs = statusOf(document, job)?.operations.backup?.runs
  return runs?.findLast(({ source_bytes: bytes }) => bytes !== null)?.source_bytes ?? undefined
}
