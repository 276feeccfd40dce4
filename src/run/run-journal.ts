/**
 * What a run leaves beside the status document while it is going on: `running-<run id>.jsonl`, a line that says what it is
 * about and one for each result. A run that ends takes it into the status document; one that was killed leaves it, and
 * whoever reads the status document then knows what came of it.
 */
import { constants } from 'node:fs'
import { appendFile, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isErrno } from '../lib/errors.ts'
import type { Operation } from '../report/status-document.ts'
import type { FinishedRun } from '../report/status-record.ts'
import { isAlive, type ProcessIdentity, thisProcess } from './process-identity.ts'
import { writeWhole } from './whole-file.ts'

/** What a run is about. */
export interface RunOpening {
  readonly runId: string
  readonly operation: Operation
  /** Seconds since the epoch. */
  readonly start: number
  readonly host: string
  /** Of duba. */
  readonly version: string
  readonly jobs: readonly Pick<FinishedRun, 'job' | 'source' | 'destination'>[]
}

/** A run that did not end. */
export interface DeadRun {
  /** Of its journal. */
  readonly path: string
  readonly opening: RunOpening
  /** Its last sign of life, in seconds since the epoch. */
  readonly end: number
  /** The results that it had, and failures in place of those that it had not. */
  readonly runs: readonly FinishedRun[]
}

const pattern = /^running-[\w-]+\.jsonl$/
const pathOf = (stateDir: string, runId: string): string => join(stateDir, `running-${runId}.jsonl`)

/** Begins the journal of a run. Texts must be redacted. Throws the system's errors, as the other functions do. */
export async function openRunJournal(
  stateDir: string,
  opening: RunOpening,
  group: string | undefined,
): Promise<void> {
  const line = JSON.stringify({ ...opening, process: thisProcess() })
  await writeWhole(pathOf(stateDir, opening.runId), `${line}\n`, { group, onTrouble: () => undefined })
}

/** Adds results. Texts must be redacted. */
export async function addToJournal(
  stateDir: string,
  runId: string,
  runs: readonly FinishedRun[],
): Promise<void> {
  const flag = constants.O_WRONLY | constants.O_APPEND | constants.O_NOFOLLOW
  const text = runs.map((run) => `${JSON.stringify(run)}\n`).join('')
  await appendFile(pathOf(stateDir, runId), text, { flag })
}

/** Removes the journal: all of it is in the status document. */
export async function removeRunJournal(stateDir: string, runId: string): Promise<void> {
  await rm(pathOf(stateDir, runId), { force: true })
}

/** The runs of a state directory whose process is gone, the oldest first. What cannot be read is left out. */
export async function deadRuns(stateDir: string): Promise<DeadRun[]> {
  const found: DeadRun[] = []
  for (const name of await journals(stateDir)) {
    const dead = await readDead(join(stateDir, name))
    if (dead !== undefined) found.push(dead)
  }
  return found.sort((a, b) => a.opening.start - b.opening.start)
}

async function journals(stateDir: string): Promise<string[]> {
  try {
    return (await readdir(stateDir)).filter((name) => pattern.test(name))
  } catch (error) {
    if (isErrno(error)) return []
    throw error
  }
}

async function readDead(path: string): Promise<DeadRun | undefined> {
  let text: string
  let end: number
  try {
    text = await readFile(path, 'utf8')
    end = (await stat(path)).mtimeMs / 1000
  } catch (error) {
    // It has ended meanwhile, or is not for us to read.
    if (isErrno(error)) return undefined
    throw error
  }
  const [opening, ...results] = text.split('\n').map(parsed)
  if (!isOpening(opening) || isAlive(opening.process)) return undefined
  const done = results.filter(isResult)
  const { jobs, operation, start } = opening
  const open = jobs.filter(({ job }) => !done.some((run) => run.job === job && run.operation === operation))
  const lost = open.map((job): FinishedRun => {
    return { ...job, operation, verdict: 'failed', reason: interruption, start, end }
  })
  return { path, opening, end, runs: [...done, ...lost] }
}

const interruption = {
  code: 'interrupted',
  text: 'the run did not end: duba was killed, or the machine went down. The next run goes on where it was',
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined // Cut off, or empty: it says nothing.
  }
}

const has = <Name extends string>(value: unknown, ...names: Name[]): value is Record<Name, unknown> =>
  typeof value === 'object' && value !== null && names.every((name) => name in value)

function isOpening(value: unknown): value is RunOpening & { readonly process: ProcessIdentity } {
  return (
    has(value, 'runId', 'operation', 'start', 'host', 'version', 'jobs', 'process') &&
    Array.isArray(value.jobs) &&
    has(value.process, 'pid', 'started') &&
    typeof value.process.pid === 'number'
  )
}

const isResult = (value: unknown): value is FinishedRun =>
  has(value, 'job', 'source', 'destination', 'operation', 'verdict')
