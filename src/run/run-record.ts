/** Keeps what comes of a run: each result at once in the journal of the run, and all of them at its end for `duba status`. */
import { isErrno, messageOf, UserError } from '../lib/errors.ts'
import type { Job } from '../plan/job.ts'
import type { FinishedRun } from '../report/status-record.ts'
import type { RunSummary } from '../report/summary.ts'
import type { RunContext } from './context.ts'
import type { JobEnd } from './job-run.ts'
import { addToJournal, deadRuns, openRunJournal, removeRunJournal } from './run-journal.ts'
import { recordRuns } from './status-file.ts'
import type { Work } from './work.ts'

export interface RunRecord {
  /** Takes the end of one job. */
  readonly add: (end: JobEnd) => Promise<void>
  /** Takes all into the status document. Gives why they cannot be kept, which is told and does not change them. */
  readonly close: (summary: RunSummary, ends: readonly JobEnd[]) => Promise<string | undefined>
}

/** Opens the record of a run; that of a dry run, or of the jobs of another host, takes nothing. Tells of runs before that did not end. */
export async function openRecord(jobs: readonly Job[], work: Work, context: RunContext): Promise<RunRecord> {
  if (work.dryRun || work.forgets === true)
    return { add: () => Promise.resolve(), close: () => Promise.resolve(undefined) }
  await tellDead(context)
  const { places, redact, runId, status } = context
  let journal = await begin(jobs, work, context)
  return {
    async add(end) {
      const runs = finished([end], work)
      if (!journal || runs.length === 0) return
      journal = await attempt(context, () =>
        addToJournal(
          places.stateDir,
          runId,
          runs.map((run) => masked(run, redact)),
        ),
      )
    },
    async close(summary, ends) {
      try {
        const forgotten = ends.filter((end) => end.forgotten).map(({ result }) => result.job)
        const recording = { runId, now: summary.end, redact, expected: context.expected, forgotten }
        await recordRuns(places.stateDir, finished(ends, work), status, recording, (text) => {
          context.log.write('warning', text)
        })
        await removeRunJournal(places.stateDir, runId)
        return undefined
      } catch (error) {
        const hint = error instanceof UserError && error.dubaHint !== undefined ? `. ${error.dubaHint}` : ''
        const text = `${messageOf(error)}${hint}`
        context.log.write('warning', text)
        return text
      }
    },
  }
}

async function tellDead({ places, log }: RunContext): Promise<void> {
  for (const { opening, runs } of await deadRuns(places.stateDir)) {
    const lost = runs.filter(({ reason }) => reason?.code === 'interrupted').length
    const began = new Date(opening.start * 1000).toISOString()
    const jobs = lost === 1 ? '1 job was' : `${lost} jobs were`
    log.write('warning', `the ${opening.operation} begun at ${began} did not end; ${jobs} not done`)
  }
}

/** Whether there is a journal. */
async function begin(jobs: readonly Job[], work: Work, context: RunContext): Promise<boolean> {
  const { operation, records = () => true } = work
  if (operation === 'cleanup') return false
  const { places, redact, runId, status, now } = context
  const named = jobs.filter(records).map(({ name, path, destination }) => {
    return { job: name, source: path, destination: redact(destination) }
  })
  const opening = { runId, operation, start: now(), host: status.host, version: status.version, jobs: named }
  return attempt(context, () => openRunJournal(places.stateDir, opening, status.group))
}

/** A journal that cannot be written is missed only by a run that is killed. */
async function attempt({ log }: RunContext, write: () => Promise<void>): Promise<boolean> {
  try {
    await write()
    return true
  } catch (error) {
    if (!isErrno(error)) throw error
    log.write('debug', `the journal of the run cannot be written: ${messageOf(error)}`)
    return false
  }
}

function finished(ends: readonly JobEnd[], { operation }: Work): FinishedRun[] {
  const kept = ends.filter(({ recorded }) => recorded)
  const own =
    operation === 'cleanup'
      ? []
      : kept.map(({ result, standing, apart }): FinishedRun => ({ ...result, operation, standing, apart }))
  return [...own, ...ends.flatMap(({ also }) => also)]
}

function masked(run: FinishedRun, redact: RunContext['redact']): FinishedRun {
  const { reason, destination, notes = [] } = run
  return {
    ...run,
    destination: redact(destination),
    reason: reason && { ...reason, text: redact(reason.text) },
    // Only their number is kept.
    notes: notes.map(({ code }) => ({ code, text: '' })),
  }
}
