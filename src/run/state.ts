/** The last verdict of each job, kept between runs in `jobs.json` of the state directory. */
import { chmod, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isErrno, messageOf, UserError } from '../lib/errors.ts'
import { isoTime } from '../report/printable.ts'
import type { JobResult } from '../report/summary.ts'
import { type Verdict, verdicts } from '../report/verdict.ts'

/** What is known of a job's last run. Times are ISO 8601, UTC. */
export interface LastRun {
  readonly destination: string
  readonly run_id: string
  readonly verdict: Verdict
  readonly reason: { readonly code: string; readonly text: string } | null
  readonly end: string
  /** End of the last run with verdict ok or warning; null if there was none yet. */
  readonly last_success: string | null
}

export type LastRuns = ReadonlyMap<string, LastRun>

const fileName = 'jobs.json'
const version = 1

/** Reads the file; none gives an empty map, and so does a damaged one, with a sentence for `onTrouble`. */
export async function readLastRuns(stateDir: string, onTrouble: (text: string) => void): Promise<LastRuns> {
  const path = join(stateDir, fileName)
  try {
    const document: unknown = JSON.parse(await readFile(path, 'utf8'))
    if (isDocument(document))
      return new Map(Object.entries(document.jobs).filter(([, run]) => isLastRun(run)))
    onTrouble(`${path} is not of this version and is not used`)
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return new Map()
    onTrouble(`${path} cannot be read: ${messageOf(error)}`)
  }
  return new Map()
}

/** Adds the results of a run and writes the file in one step, 0640. Throws STATE_UNWRITABLE. */
export async function recordRuns(
  stateDir: string,
  before: LastRuns,
  { runId, end, results }: { runId: string; end: number; results: readonly JobResult[] },
): Promise<void> {
  const jobs = new Map(before)
  for (const result of results) {
    const ended = isoTime(result.end ?? end)
    const good = result.verdict === 'ok' || result.verdict === 'warning'
    jobs.set(result.job, {
      destination: result.destination,
      run_id: runId,
      verdict: result.verdict,
      reason: result.reason ?? null,
      end: ended,
      last_success: good ? ended : (before.get(result.job)?.last_success ?? null),
    })
  }
  const path = join(stateDir, fileName)
  try {
    const text = JSON.stringify({ version, jobs: Object.fromEntries(jobs) }, undefined, 2)
    await writeFile(`${path}.new`, `${text}\n`, { mode: 0o640, flush: true })
    await chmod(`${path}.new`, 0o640)
    await rename(`${path}.new`, path)
  } catch (error) {
    throw new UserError('STATE_UNWRITABLE', `${path} cannot be written: ${messageOf(error)}`, {
      hint: 'Make room, or set "state_dir" to a directory that this user can write.',
      cause: error,
    })
  }
}

function isDocument(value: unknown): value is { jobs: Record<string, LastRun> } {
  return isObject(value) && value['version'] === version && isObject(value['jobs'])
}

function isLastRun(value: unknown): value is LastRun {
  return (
    isObject(value) &&
    (verdicts as readonly unknown[]).includes(value['verdict']) &&
    typeof value['end'] === 'string' &&
    (typeof value['last_success'] === 'string' || value['last_success'] === null)
  )
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
