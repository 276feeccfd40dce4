/** Takes over `jobs.json`, in which versions before 0.2 kept the last verdict of each job. */
import type { StatusDocument, StatusJob, StatusRun } from './status-document.ts'
import { type Verdict, verdicts } from './verdict.ts'

interface OldRun {
  readonly destination: string
  readonly run_id: string
  readonly verdict: Verdict
  readonly reason: { readonly code: string; readonly text: string } | null
  readonly end: string
  readonly last_success: string | null
}

/** The jobs of such a file; undefined if the value is none. Malformed entries are left out. */
export function jobsOfOldState(value: unknown): StatusDocument['jobs'] | undefined {
  if (!isObject(value) || value['version'] !== 1 || !isObject(value['jobs'])) return undefined
  const jobs = Object.entries(value['jobs']).flatMap(([name, run]) =>
    isOldRun(run) ? [[name, jobOf(name, run)] as const] : [],
  )
  return Object.fromEntries(jobs)
}

function jobOf(name: string, old: OldRun): StatusJob {
  const last: StatusRun = {
    run_id: old.run_id,
    operation: 'backup',
    verdict: old.verdict,
    reason: old.reason,
    start: null,
    end: old.end,
    kind: null,
    files: null,
    bytes_uploaded: null,
    source_files: null,
    source_bytes: null,
    notes_count: 0,
  }
  return {
    // A name that is no path was given in the configuration; the next run says which directory it is.
    source: name,
    destination: old.destination,
    operations: { backup: { last, last_success: old.last_success, runs: [last] } },
  }
}

function isOldRun(value: unknown): value is OldRun {
  return (
    isObject(value) &&
    (verdicts as readonly unknown[]).includes(value['verdict']) &&
    ['destination', 'run_id', 'end'].every((name) => typeof value[name] === 'string') &&
    !Number.isNaN(Date.parse(String(value['end']))) &&
    (typeof value['last_success'] === 'string' || value['last_success'] === null) &&
    (value['reason'] === null || isReason(value['reason']))
  )
}

const isReason = (value: unknown): boolean =>
  isObject(value) && typeof value['code'] === 'string' && typeof value['text'] === 'string'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
