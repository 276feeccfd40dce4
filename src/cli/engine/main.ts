/**
 * The engine's command line: duplicity's words in, duplicity's words and exit status out. Everything of the process
 * comes in as an argument.
 */
import type { EngineEvent } from '../../engine/events.ts'
import { type ByteString, fromText, toBytes } from '../../lib/bytestring.ts'
import { eventLine, type ExitLine, isBulk } from '../../report/duplicity/event-line.ts'
import { describeFailure, type Failure, interruption } from '../../report/duplicity/failure.ts'
import { Report, type Sink } from '../../report/duplicity/report.ts'
import { describe } from '../../report/duplicity/words.ts'
import { readCommandLine, type Shown } from './command-line.ts'
import type { EngineIo, EngineParts } from './io.ts'
import { perform } from './perform.ts'
import { asynchronous } from './requests.ts'
import { helpText, usageText } from './usage.ts'
import { OptionError } from './usage-error.ts'

/** The duplicity whose command line this is; the only word of `--version` that front ends read. */
const SPOKEN_VERSION = '0.8.22'

/** Exit statuses after a signal, where it is not SIGINT: as shells count them. */
const signalStatus: Readonly<Record<string, number>> = { SIGTERM: 143, SIGHUP: 129 }

/** Runs one command line to its end and gives the exit status. Never rejects. */
export async function runEngine(
  argv: readonly ByteString[],
  io: EngineIo,
  parts: EngineParts,
): Promise<number> {
  const report = new Report({ stdout: io.stdout, stderr: io.stderr, now: io.now })
  const events = new EventLines()
  let exit: ExitLine
  try {
    const addEvents = (descriptor: number): void => {
      events.to(io.openDescriptor(descriptor))
    }
    const line = readCommandLine(argv, io, { report, addEvents })
    if (typeof line === 'string') {
      report.print(fromText(textOf(line)), 'stdout')
      return 0
    }
    const { values } = line
    const words = { asynchronous: asynchronous(values) }
    const quiet = values.has('no-print-statistics')
    const emit = (event: EngineEvent): void => {
      events.tell(event)
      if (quiet && event.type === 'statistics') return
      for (const message of describe(event, words)) report.say(message)
    }
    const say = report.say.bind(report)
    const status = await perform({ line, io, parts, emit, say, mayAsk: !events.heard })
    exit = { type: 'exit', status }
  } catch (error) {
    const { status, error: words } = tellFailure(error, report, io.signal)
    exit = { type: 'exit', status, error: words }
  }
  report.flush()
  events.end(exit)
  return exit.status
}

function textOf(shown: Shown): string {
  return shown === 'help' ? helpText() : `duplicity ${SPOKEN_VERSION}\n`
}

function tellFailure(error: unknown, report: Report, signal: AbortSignal): Failure {
  if (signal.aborted) {
    const name = String(signal.reason)
    report.say({ ...interruption.message, text: `${name.replace(/^SIG/, '')} intercepted...exiting.` })
    return { ...interruption, status: signalStatus[name] ?? interruption.status }
  }
  const failure = describeFailure(error)
  if (error instanceof OptionError) {
    report.print(fromText(`${usageText}duplicity: error: ${error.message}\n`), 'stderr')
  } else {
    report.say(failure.message)
  }
  return failure
}

/** Bytes of many small lines that are written together. */
const BULK = 32 * 1024

/** The lines of `--event-fd`. */
class EventLines {
  readonly #sinks: Sink[] = []
  #waiting = ''

  /** Whether a program listens. */
  get heard(): boolean {
    return this.#sinks.length > 0
  }

  to(sink: Sink): void {
    this.#sinks.push(sink)
  }

  tell(event: EngineEvent): void {
    if (!this.heard) return
    this.#waiting += fromText(eventLine(event))
    if (!isBulk(event) || this.#waiting.length >= BULK) this.#flush()
  }

  end(exit: ExitLine): void {
    this.#waiting += fromText(eventLine(exit))
    this.#flush()
  }

  #flush(): void {
    const bytes = toBytes(this.#waiting)
    this.#waiting = ''
    for (const sink of this.#sinks) sink(bytes)
  }
}
