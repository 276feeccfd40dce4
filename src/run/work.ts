/** What is done with each job of a run, and what a job's work gets to do it with. */
import type { Job } from '../plan/job.ts'
import type { FinishedRun } from '../report/status-record.ts'
import type { Operation } from '../report/status-document.ts'
import { forOperators } from '../report/operator-words.ts'
import type { JobResult } from '../report/summary.ts'
import type { RunContext } from './context.ts'
import { type EngineOutcome, runEngineProcess } from './engine-process.ts'
import type { WireEvent } from './event-stream.ts'
import type { JobLog } from './job-log.ts'

/** What came of a job's work. */
export type Performed = Omit<JobResult, 'job' | 'source' | 'destination' | 'start' | 'end' | 'log'> & {
  /** Further operations that belonged to it, for the status document. */
  readonly also?: readonly FinishedRun[]
  /** False: only `also` is kept in the status document. */
  readonly recorded?: boolean
  /** Why no old backup may be deleted, although the verdict would let it. */
  readonly withheld?: string | undefined
  /** Nothing is left to be remembered of the job. */
  readonly forgotten?: boolean
}

/** What a run does with its jobs. */
export interface Work {
  readonly operation: Operation | 'cleanup'
  readonly dryRun: boolean
  /** Whether nothing of it is kept in the status document: the jobs are those of another host. */
  readonly forgets?: boolean
  /** Whether hooks run before and after the run and its jobs; those for failures run anyway. */
  readonly withHooks: boolean
  /** Whether the run excludes others of this state directory. */
  readonly exclusive: boolean
  /** Whether what it writes needs the keys of its jobs. */
  readonly needsKeys: boolean
  /** Which jobs are kept in the status document; all, if left out. */
  readonly records?: (job: Job) => boolean
  readonly perform: (tools: JobTools) => Promise<Performed>
}

/** What a job's work gets. */
export interface JobTools {
  /** With its secrets. */
  readonly job: Job
  readonly log: JobLog
  readonly context: RunContext
  /** Ends the job: with the run, at its deadline, or in its silence. */
  readonly signal: AbortSignal
  /** Threads that the engine may compress with. */
  readonly threads: number
  /** Runs an engine process at low priority; its words go to the job's log. */
  readonly engine: (argv: readonly string[], onEvent?: (event: WireEvent) => void) => Promise<EngineOutcome>
}

export interface ToolsOptions {
  readonly job: Job
  readonly log: JobLog
  readonly context: RunContext
  readonly signal: AbortSignal
  readonly threads: number
  /** What stands before the engine's arguments. */
  readonly command: readonly string[]
  /** Hears every sign of life. */
  readonly touch: () => void
}

/** Makes the tools of a job. */
export function toolsOf({ command, touch, ...given }: ToolsOptions): JobTools {
  const { job, log, context, signal, threads } = given
  // The pool serves files too: one thread more than compress.
  const pool = threads < 4 ? { UV_THREADPOOL_SIZE: String(threads + 1) } : {}
  return {
    ...given,
    engine: async (argv, onEvent) => {
      const outcome = await runEngineProcess({
        command,
        argv,
        env: { ...pool, ...job.env },
        signal,
        killAfter: context.killAfter,
        onEvent: (event) => {
          touch()
          onEvent?.(event)
        },
        onLine: (line, from) => {
          touch()
          if (line === '') return
          log.write(from === 'stderr' ? 'error' : 'notice', forOperators(line), { stream: from })
        },
      })
      const { failure } = outcome
      return failure === undefined
        ? outcome
        : { ...outcome, failure: { ...failure, text: forOperators(failure.text) } }
    },
  }
}
