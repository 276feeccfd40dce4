/** Questions to the destinations: chains and sets of jobs, files of a backup. Nothing is changed and nothing logged. */
import { setMaxListeners } from 'node:events'
import type { CollectionSummary } from '../engine/events.ts'
import { statusArgv } from '../plan/engine-argv.ts'
import type { Job } from '../plan/job.ts'
import { compareArgv, listArgv, type Look, versionsArgv } from '../plan/reading-argv.ts'
import { type StatusDocument, statusOf } from '../report/status-document.ts'
import type { JobStatus } from '../report/summary-status.ts'
import type { RunContext } from './context.ts'
import { type EngineOutcome, runEngineProcess } from './engine-process.ts'
import type { WireEvent } from './event-stream.ts'
import { inParallel } from './pool.ts'

export interface StatusQuestion {
  /** Nobody is asked: what is remembered must do. */
  readonly offline: boolean
  /** Tells of jobs too that are only remembered. */
  readonly all: boolean
  /** What is remembered. */
  readonly known: StatusDocument
  /** Whether a job that is only remembered is one of what is switched off. */
  readonly isAbsent: (job: string, source: string) => boolean
}

/** Asks for the chains of each job and joins them with what is remembered of it. Secrets are not opened for this. */
export async function queryStatus(
  jobs: readonly Job[],
  { offline, all, known: document, isAbsent }: StatusQuestion,
  context: RunContext,
): Promise<JobStatus[]> {
  setMaxListeners(0, context.signal)
  const asked = await inParallel(jobs, context.parallel, async (job) => ({
    job: job.name,
    source: job.path,
    destination: job.destination,
    ...(offline ? unasked : await askForChains(job, context)),
    known: statusOf(document, job.name),
    configured: true,
    absent: false,
    vanished: false,
  }))
  const configured = new Set(context.expected.flatMap(({ job, vanished }) => (vanished ? [] : [job])))
  const divided = context.expected
    .filter(({ source, configured: path }) => source !== path)
    .map(({ configured: path }) => path)
  const remembered = Object.entries(document.jobs)
    .filter(
      ([job, { operations }]) =>
        all && !configured.has(job) && (operations.backup?.last_success ?? null) !== null,
    )
    .map(([job, known]) => {
      const { source, destination } = known
      const base = { job, source, destination, ...unasked, known }
      const vanished = divided.some((path) => source.startsWith(`${path}/`))
      return { ...base, configured: false, absent: isAbsent(job, source), vanished }
    })
  return [...asked, ...remembered]
}

type Asked = Pick<JobStatus, 'collection' | 'failure' | 'busy'>

const unasked: Asked = { collection: undefined, failure: undefined, busy: false }

async function askForChains(job: Job, context: RunContext): Promise<Asked> {
  let collection: CollectionSummary | undefined
  const { failure, errorCode } = await ask(job, statusArgv(job), context, (event) => {
    if (event.type === 'collection-status') collection = event.summary
  })
  if (failure === undefined) return { collection, failure, busy: false }
  // A cache of its own could not be filled: manifests need secrets.
  if (errorCode === 'LOCKED') return { ...unasked, busy: true }
  const names = Object.keys(job.secrets)
  const unopened = names.length === 0 ? '' : ` (asked without ${names.join(', ')}: status opens no secrets)`
  return { ...unasked, failure: { ...failure, text: `${failure.text}${unopened}` } }
}

type Told<T extends WireEvent['type']> = Extract<WireEvent, { readonly type: T }>

/** An existing path of a backup; as text, relative to the source, '' is the source itself. */
export type ListedEntry = Told<'listed'>
/** What one set says of a path. */
export type PathVersion = Told<'version'>
export type PathDifference = Told<'state-difference'>

/** Lists the files of a job's backup at a time, each to `onEntry` as it comes. */
export function queryFiles(
  job: Job,
  look: Look,
  context: RunContext,
  onEntry: (entry: ListedEntry) => void,
): Promise<EngineOutcome> {
  return ask(job, listArgv(job, look), context, (event) => {
    if (event.type === 'listed') onEntry(event)
  })
}

/** What every backup set says of paths: chain after chain, path after path. */
export function queryVersions(
  job: Job,
  look: Omit<Look, 'time'> & { readonly exact: boolean },
  context: RunContext,
  onVersion: (version: PathVersion) => void,
): Promise<EngineOutcome> {
  return ask(job, versionsArgv(job, look, look), context, (event) => {
    if (event.type === 'version') onVersion(event)
  })
}

/** What differs between two moments, path after path. */
export function queryDifferences(
  job: Job,
  look: Look & { readonly before: string },
  context: RunContext,
  onDifference: (difference: PathDifference) => void,
): Promise<EngineOutcome> {
  return ask(job, compareArgv(job, look.before, look), context, (event) => {
    if (event.type === 'state-difference') onDifference(event)
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
