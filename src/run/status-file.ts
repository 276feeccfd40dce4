/** `status.json` in the state directory: read by everybody, written in one step at the end of every operation. */
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isErrno, messageOf, UserError } from '../lib/errors.ts'
import { metricsText } from '../report/metrics.ts'
import { isoTime, jsonText } from '../report/printable.ts'
import { emptyStatus, type ExpectedJob, type StatusDocument } from '../report/status-document.ts'
import { faultOfStatus, isStatus } from '../report/status-shape.ts'
import { type FinishedRun, withRuns } from '../report/status-record.ts'
import { jobsOfOldState } from '../report/status-takeover.ts'
import type { Redact } from '../report/log-redact.ts'
import { type DeadRun, deadRuns } from './run-journal.ts'
import { writeWhole } from './whole-file.ts'
import { lockStatus } from './status-lock.ts'

export const statusFileName = 'status.json'
/** What versions before 0.2 wrote in its place. */
const oldFileName = 'jobs.json'

/** What the program around it knows for the status document. */
export interface StatusSettings {
  readonly host: string
  /** Of duba. */
  readonly version: string
  /** Runs kept for each job and operation. */
  readonly history: number
  /** Group that may read the document; undefined: that of the user. */
  readonly group: string | undefined
  /** File that is rewritten with metrics whenever the document is; undefined: none. */
  readonly metricsFile: string | undefined
}

export type StatusFile =
  | { readonly state: 'good'; readonly document: StatusDocument }
  | { readonly state: 'missing' }
  /** It is there and can be no document; or it cannot be read, now or by this user. `text` says what is wrong, with the path. */
  | { readonly state: 'unusable' | 'unreadable'; readonly text: string }

/**
 * Reads a status document, with what came of runs that did not end, and changes nothing. Never throws for what the file
 * is like.
 */
export async function readStatusFile(path: string): Promise<StatusFile> {
  const found = await readPlain(path)
  const dead = found.state === 'unusable' ? [] : await deadRuns(dirname(path))
  const [first] = dead
  if (first === undefined || found.state === 'unusable') return found
  const { host, version, start } = first.opening
  const before = found.state === 'good' ? found.document : emptyStatus(host, version, isoTime(start))
  return { state: 'good', document: dead.reduce(withDead, before) }
}

/** The document with a run that did not end. Its texts were redacted when they were written. */
function withDead(document: StatusDocument, { opening, end, runs }: DeadRun): StatusDocument {
  const { runId, host, version } = opening
  return withRuns(document, runs, { host, version, runId, history: longHistory, now: end, redact: asItIs })
}

const asItIs: Redact = (text) => text
/** What is written later is cut to what is configured. */
const longHistory = 10_000

async function readPlain(path: string): Promise<StatusFile> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return { state: 'missing' }
    if (isErrno(error)) return { state: 'unreadable', text: `${path} cannot be read: ${messageOf(error)}` }
    throw error
  }
  const value = parsed(text)
  const fault = value === undefined ? 'it is not JSON' : faultOfStatus(value)
  if (fault === undefined && isStatus(value)) return { state: 'good', document: value }
  return { state: 'unusable', text: `${path} is no status document that can be used: ${fault ?? ''}` }
}

/**
 * The status document of a state directory; where there is none, what the `jobs.json` of before said, else one of no
 * jobs. `onTrouble` hears what is wrong with a file that is there.
 */
export async function readStatus(
  stateDir: string,
  { host, version }: Pick<StatusSettings, 'host' | 'version'>,
  onTrouble: (text: string) => void,
): Promise<StatusDocument> {
  const found = await readStatusFile(join(stateDir, statusFileName))
  if (found.state === 'good') return found.document
  const empty = emptyStatus(host, version, isoTime(0))
  if (found.state !== 'missing') {
    onTrouble(found.text)
    return empty
  }
  return { ...empty, jobs: await oldJobs(stateDir, onTrouble) }
}

export interface Recording {
  readonly runId: string
  /** Seconds since the epoch. */
  readonly now: number
  readonly redact: Redact
  /** Every job that the configuration asks for; undefined: not known to this operation, what stands there stays. */
  readonly expected?: readonly ExpectedJob[] | undefined
  /** Jobs of which nothing is left to be remembered. */
  readonly forgotten?: readonly string[]
}

/**
 * Adds runs that have ended and writes the document, 0640. A file that is no document is set aside first; one that cannot be
 * read may be a good one, and stays. `onTrouble` hears what went wrong and did not prevent it. Throws STATE_UNWRITABLE.
 */
export async function recordRuns(
  stateDir: string,
  runs: readonly FinishedRun[],
  settings: StatusSettings,
  recording: Recording,
  onTrouble: (text: string) => void,
): Promise<void> {
  const path = join(stateDir, statusFileName)
  try {
    await mkdir(stateDir, { recursive: true, mode: 0o750 })
    const lock = await lockStatus(stateDir, onTrouble)
    try {
      const dead = await deadRuns(stateDir)
      const before = await readForWriting(stateDir, settings, recording.now, onTrouble)
      const after = withRuns(before, runs, { ...settings, ...recording })
      await writeWhole(path, `${jsonText(after, 1)}\n`, { group: settings.group, onTrouble })
      await rm(join(stateDir, oldFileName), { force: true })
      for (const run of dead) await rm(run.path, { force: true })
      if (settings.metricsFile !== undefined) await writeMetrics(settings.metricsFile, after, onTrouble)
    } finally {
      lock.release()
    }
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new UserError('STATE_UNWRITABLE', `${path} cannot be written: ${messageOf(error)}`, {
      hint: 'Make room, or set "state_dir" to a directory that this user can write.',
      cause: error,
    })
  }
}

/** What reads metrics runs as anybody, and nothing in them is secret: 0644. */
async function writeMetrics(
  path: string,
  document: StatusDocument,
  onTrouble: (text: string) => void,
): Promise<void> {
  try {
    await writeWhole(path, metricsText(document), { group: undefined, mode: 0o644, onTrouble })
  } catch (error) {
    if (!isErrno(error)) throw error
    onTrouble(`the metrics file ${path} cannot be written: ${messageOf(error)}`)
  }
}

async function readForWriting(
  stateDir: string,
  settings: StatusSettings,
  now: number,
  onTrouble: (text: string) => void,
): Promise<StatusDocument> {
  const path = join(stateDir, statusFileName)
  const found = await readStatusFile(path)
  if (found.state === 'unreadable') {
    throw new UserError(
      'STATE_UNWRITABLE',
      `${found.text}; it stays as it is, and this run is not kept in it.`,
      {
        hint: 'Give it back to the user who runs duba, or look at its file system.',
      },
    )
  }
  if (found.state === 'unusable') {
    const aside = `${path}.set-aside-${isoTime(now).replaceAll(':', '')}`
    await rename(path, aside)
    onTrouble(`${found.text}; it was set aside as ${aside}`)
  }
  return readStatus(stateDir, settings, onTrouble)
}

async function oldJobs(stateDir: string, onTrouble: (text: string) => void): Promise<StatusDocument['jobs']> {
  const path = join(stateDir, oldFileName)
  try {
    const jobs = jobsOfOldState(parsed(await readFile(path, 'utf8')))
    if (jobs === undefined) onTrouble(`${path} is not of a known version and is not taken over`)
    return jobs ?? {}
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return {}
    if (!isErrno(error)) throw error
    onTrouble(`${path} cannot be read: ${messageOf(error)}`)
    return {}
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // Whoever asked says that it is not JSON.
  }
}
