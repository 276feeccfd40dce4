/** One engine process: started through execa, heard on a descriptor of its own, ended with its run. */
import type { Readable } from 'node:stream'
import { reasonCode } from '../lib/reason-codes.ts'
import type { Reason } from '../report/verdict.ts'
import { type GroupEnd, type GroupStart, startGroup } from './process-group.ts'
import { engineWords } from './engine-words.ts'
import { type ExitEvent, linesOf, longestEvent, parseEvent, type WireEvent } from './event-stream.ts'

export interface EngineStart {
  /** Program and arguments before those of the engine: priority programs, the interpreter, the engine's main file. */
  readonly command: readonly string[]
  /** Path text, of any length. */
  readonly argv: readonly string[]
  /** The whole environment: nothing of ours is added. */
  readonly env: Readonly<Record<string, string>>
  /** Ends the process: SIGTERM, and SIGKILL after `killAfter`. */
  readonly signal: AbortSignal
  /** Milliseconds. */
  readonly killAfter: number
  /** Sends a signal, as `process.kill` does. */
  readonly send?: GroupStart['send']
  readonly onEvent: (event: WireEvent) => void
  /** Each line of the engine's words. */
  readonly onLine: (line: string, from: 'stdout' | 'stderr') => void
}

export interface EngineOutcome {
  /** Undefined: it did what was asked. */
  readonly failure: Reason | undefined
  /** The error code of the failure, if the engine told one. */
  readonly errorCode: string | undefined
}

/** Runs an engine process to its end. Never rejects for what happens to the process: that is the outcome. */
export async function runEngineProcess(start: EngineStart): Promise<EngineOutcome> {
  const { signal, env, killAfter, send } = start
  if (signal.aborted) return { failure: interrupted(signal), errorCode: 'INTERRUPTED' }
  const { argv, input } = engineWords(start.argv)
  const command = [...start.command, ...argv, '--lifeline-fd', '4']
  const heard: Heard = { exit: undefined, garbled: 0, lastError: '' }
  const { outputs, ended } = startGroup({
    command,
    env,
    outputs: 3,
    lifeline: true,
    signal,
    killAfter,
    input,
    ...(send !== undefined && { send }),
  })
  const [out, err, events] = outputs
  const [result] = await Promise.all([
    ended,
    drain(out, (line) => {
      start.onLine(line, 'stdout')
    }),
    drain(err, (line) => {
      if (line.trim() !== '') heard.lastError = line
      start.onLine(line, 'stderr')
    }),
    drain(
      events,
      (line) => {
        const event = parseEvent(line)
        if (event === undefined) heard.garbled += 1
        else if (event.type === 'exit') heard.exit = event
        else start.onEvent(event)
      },
      longestEvent,
    ),
  ])
  if (result.left !== undefined)
    start.onLine(`the engine (process ${result.left}) cannot be ended, and was left behind`, 'stderr')
  const failure = failureOf(heard, result, signal)
  const byUs = failure !== undefined && failure === reasonOfEnd(signal)
  return { failure, errorCode: byUs ? 'INTERRUPTED' : heard.exit?.error?.code }
}

interface Heard {
  exit: ExitEvent | undefined
  garbled: number
  lastError: string
}

function failureOf(
  { exit, garbled, lastError }: Heard,
  ended: GroupEnd,
  signal: AbortSignal,
): Reason | undefined {
  if (signal.aborted && !(exit?.status === 0 && ended.exitCode === 0)) return interrupted(signal)
  if (exit?.error !== undefined) {
    const { code, message, hint } = exit.error
    const sentence = message.trim().replace(/\s*\n\s*/g, ' ')
    const stop = /[.!?]$/.test(sentence) ? '' : '.'
    return { code: reasonCode(code), text: hint === undefined ? sentence : `${sentence}${stop} ${hint}` }
  }
  const words = lastError === '' ? '' : `; its last words: ${lastError}`
  if (ended.signal !== undefined) {
    return {
      code: 'engine-died',
      text: `the engine was ended by ${ended.signal}${killing(ended.signal)}${words}`,
    }
  }
  if (ended.exitCode === undefined) {
    return {
      code: 'engine-not-started',
      text: `the engine cannot be started: ${ended.originalMessage ?? ''}`,
    }
  }
  if (exit?.status !== ended.exitCode) {
    const lost = garbled > 0 ? `, ${garbled} of its messages were unreadable` : ''
    return {
      code: 'engine-died',
      text: `the engine ended with status ${ended.exitCode} and no report${lost}${words}`,
    }
  }
  if (garbled > 0) {
    const text = `${garbled} of the engine's messages were unreadable, so that nobody can say what it did${words}`
    return { code: 'engine-garbled', text }
  }
  if (exit.status === 0) return undefined
  return { code: 'engine-failed', text: `the engine ended with status ${exit.status}${words}` }
}

/** Who kills without asking is mostly the kernel. */
const killing = (signal: string): string =>
  signal === 'SIGKILL'
    ? ', as the kernel does where memory is short ("journalctl -k" tells; "parallel" and "memory" limit what is used). The next run goes on where it was'
    : ''

/**
 * Why something was ended: what the abort says itself (a deadline, a silence), else the signal that duba got. The same
 * object for the same abort.
 */
export function interrupted(signal: AbortSignal): Reason {
  const known = reasonOfEnd(signal)
  if (known !== undefined) return known
  const reason = { code: 'interrupted', text: `interrupted by ${signalName(signal)}` }
  reasons.set(signal, reason)
  return reason
}

const reasons = new WeakMap<AbortSignal, Reason>()

function reasonOfEnd(signal: AbortSignal): Reason | undefined {
  const given: unknown = signal.reason
  return isReason(given) ? given : reasons.get(signal)
}

function isReason(value: unknown): value is Reason {
  return typeof value === 'object' && value !== null && 'code' in value && 'text' in value
}

/** The signal that an abort stands for: its reason, as `cli/io.ts` sets it. */
export function signalName(signal: AbortSignal): 'SIGINT' | 'SIGTERM' {
  return signal.reason === 'SIGINT' ? 'SIGINT' : 'SIGTERM'
}

/** Takes the lines of a stream to its end; one that is not there has none. */
export async function drain(
  stream: Readable | undefined,
  take: (line: string) => void,
  longest?: number,
): Promise<void> {
  if (stream === undefined) return
  try {
    for await (const line of linesOf(stream as AsyncIterable<Buffer>, longest)) take(line)
  } catch (error) {
    // Destroyed while a grandchild held it: what came until then was taken.
    if (!stream.destroyed) throw error
  }
}
