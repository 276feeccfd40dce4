/** What every run needs of the program around it. */
import type { Hooks } from '../config/config.generated.ts'
import type { Writer } from '../plan/engine-argv.ts'
import type { Environment } from '../plan/environment.ts'
import type { Redact } from '../report/log-redact.ts'
import type { Log } from '../report/log.ts'
import type { ExpectedJob } from '../report/status-document.ts'
import type { Verdict } from '../report/verdict.ts'
import type { Places } from './places.ts'
import type { ProgressView } from './progress.ts'
import type { SecretValues } from './secret-values.ts'
import type { Limits, Machine } from './shares.ts'
import type { StatusSettings } from './status-file.ts'

export interface RunContext {
  readonly places: Places
  readonly status: StatusSettings
  /** Every job that the configuration asks for, for the status document. */
  readonly expected: readonly ExpectedJob[]
  /** Program and first arguments that start the engine. */
  readonly engineCommand: readonly string[]
  /** Aborted with the name of the signal that ends the run. */
  readonly signal: AbortSignal
  /** Milliseconds between asking an engine to end and ending it. */
  readonly killAfter: number
  /** How many engines run at a time, and what of the machine they may take together. */
  readonly limits: Limits
  readonly machine: Machine
  /** How many engines answer questions at a time. */
  readonly parallel: number
  /** duba's own environment. */
  readonly env: Environment
  /** Who writes to the destinations. */
  readonly writer: Writer
  /** Hooks of a run. */
  readonly hooks: Hooks
  /** Other verdicts for reasons. */
  readonly verdicts: Readonly<Record<string, Verdict>>
  readonly secrets: SecretValues
  /** CPU priority of the engines, 0 to 19. */
  readonly nice: number
  /** Seconds since the epoch, with fraction. */
  readonly now: () => number
  readonly redact: Redact
  /** The log of the run, for people. */
  readonly log: Log
  /** Identifier of what is being done: in logs, summaries and the status document. */
  readonly runId: string
  /** Is told how far jobs have come. */
  readonly progress: ProgressView
  readonly logFormat: 'text' | 'json'
  /** Calls a function when log files are to be opened again; gives a function that ends this. */
  readonly onHangup: (listener: () => void) => () => void
}

/** Engines at a time when nothing is configured: as many as cores, six at most, and one. */
export function defaultParallel(cores: number): number {
  return Math.min(cores, 6) + 1
}
