/** Questions to the destinations: chains and sets of jobs, files of a backup. Nothing is changed and nothing logged. */
import { setMaxListeners } from 'node:events'
import type { CollectionSummary, PathType } from '../engine/events.ts'
import { listArgv, statusArgv } from '../plan/engine-argv.ts'
import type { Job } from '../plan/job.ts'
import { statusOf } from '../report/status-document.ts'
import type { JobStatus } from '../report/summary-status.ts'
import type { RunContext } from './context.ts'
import { type EngineOutcome, runEngineProcess } from './engine-process.ts'
import type { WireEvent } from './event-stream.ts'
import { inParallel } from './pool.ts'
import { readStatus } from './status-file.ts'

/** Asks for the chains of each job and joins them with its last verdict. */
export async function queryStatus(jobs: readonly Job[], context: RunContext): Promise<JobStatus[]> {
  setMaxListeners(0, context.signal)
  const known = await readStatus(context.places.stateDir, context.status, (text) => {
    context.log.write('warning', text)
  })
  return inParallel(jobs, context.parallel, async (job) => {
    let collection: CollectionSummary | undefined
    const { failure } = await ask(job, statusArgv(job), context, (event) => {
      if (event.type === 'collection-status') collection = event.summary
    })
    const backup = statusOf(known, job.name)?.operations.backup
    return {
      job: job.name,
      source: job.path,
      destination: job.destination,
      collection: failure === undefined ? collection : undefined,
      failure,
      lastRun: backup && {
        verdict: backup.last.verdict,
        reason: backup.last.reason,
        end: backup.last.end,
        lastSuccess: backup.last_success,
      },
    }
  })
}

export interface ListedEntry {
  /** Relative to the source; '' is the source itself. Text. */
  readonly path: string
  /** Seconds since the epoch. */
  readonly mtime: number
  readonly kind: PathType
}

/** Lists the files of a job's backup at a time, each to `onEntry` as it comes. */
export function queryFiles(
  job: Job,
  time: string | undefined,
  context: RunContext,
  onEntry: (entry: ListedEntry) => void,
): Promise<EngineOutcome> {
  return ask(job, listArgv(job, time), context, (event) => {
    if (event.type === 'listed') onEntry(event)
    if (event.type === 'list-oldest-used') {
      context.log.write('warning', 'there is no backup of that time; the oldest one is listed')
    }
  })
}

function ask(
  job: Job,
  argv: readonly string[],
  context: RunContext,
  onEvent: (event: WireEvent) => void,
): Promise<EngineOutcome> {
  return runEngineProcess({
    command: context.engineCommand,
    argv,
    env: job.env,
    signal: context.signal,
    killAfter: context.killAfter,
    onEvent,
    onLine: (line) => {
      context.log.write('debug', `${job.name}: ${line}`)
    },
  })
}
