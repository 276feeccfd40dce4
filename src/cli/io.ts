/** Everything that `duba` gets from the process it runs in. Only `src/main.ts` makes one from the real process. */
import type { Writable } from 'node:stream'
import type { ConsoleFormat } from '../report/console.ts'
import type { Redact } from '../report/log-redact.ts'
import { jsonText } from '../report/printable.ts'

export interface Io {
  /** What was asked for: summaries, lists, JSON. */
  readonly stdout: Writable
  /** What is said besides: log lines, errors. */
  readonly stderr: Writable
  /** Device and inode of standard error, with a colon between; undefined if it is closed. */
  readonly stderrId: string | undefined
  /** Set if standard error is a terminal: its width in columns, which may change. */
  readonly terminalWidth: (() => number) | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  /** Absolute. */
  readonly cwd: string
  /** Home directory of the user. */
  readonly home: string
  readonly uid: number
  readonly hostname: string
  /** Hash of what tells this machine from its clones; undefined where nothing does. */
  readonly machineId: string | undefined
  /** Bytes of memory that the machine has. */
  readonly totalMemory: number
  /** Processor cores. */
  readonly cores: number
  /** Version of the program. */
  readonly version: string
  /** Name under which the program was started: `duplicity` makes it the engine. */
  readonly programName: string
  /** Seconds since the epoch, with fraction. */
  readonly now: () => number
  /** A new identifier for a run. */
  readonly newRunId: () => string
  /** Aborted with the reason `SIGINT` or `SIGTERM`. */
  readonly signal: AbortSignal
  /** Calls a function at every SIGHUP that asks for log files to be opened again; gives a function that ends this. */
  readonly onHangup: (listener: () => void) => () => void
  /** Program and first arguments that start the engine as a process. */
  readonly engineCommand: readonly string[]
  /** Milliseconds between asking an engine to end and ending it. */
  readonly killAfter: number
  /** Asks for a secret on the terminal, unseen; undefined: there is no terminal, or nobody answers. */
  readonly ask: (prompt: string) => Promise<string | undefined>
  /** Runs the engine's command line, as path text, in this process; gives its exit status. */
  readonly runEngine: (argv: readonly string[]) => Promise<number>
}

/** What a command gets: the process, and what the configuration settles as soon as it is read. */
export interface Shell extends Io {
  /** The masking of secrets. */
  readonly masking: { redact: Redact }
  /** How lines on standard error are written. */
  readonly console: { format: ConsoleFormat }
  /** The names of all commands. */
  readonly commandNames: readonly string[]
}

/** Writes lines of text. */
export function writeLines(stream: Writable, lines: readonly string[]): void {
  if (lines.length > 0) stream.write(`${lines.join('\n')}\n`)
}

/** Writes a value as JSON for machines. */
export function writeJson(stream: Writable, value: unknown, redact: Redact): void {
  // Strings are masked one by one: masking the whole text could break its syntax.
  const masked = JSON.parse(
    JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? redact(part) : part)),
  ) as unknown
  stream.write(`${jsonText(masked, 2)}\n`)
}
