/** One engine process: started through execa, heard on a descriptor of its own, ended with its run. */
import { execa } from 'execa'
import type { Readable } from 'node:stream'
import { type Reason, reasonCode } from '../report/verdict.ts'
import { type ExitEvent, linesOf, parseEvent, type WireEvent } from './event-stream.ts'

export interface EngineStart {
  /** Program and arguments before those of the engine: priority programs, the interpreter, the engine's main file. */
  readonly command: readonly string[]
  readonly argv: readonly string[]
  /** The whole environment: nothing of ours is added. */
  readonly env: Readonly<Record<string, string>>
  /** Ends the process: SIGTERM, and SIGKILL after `killAfter`. */
  readonly signal: AbortSignal
  /** Milliseconds. */
  readonly killAfter: number
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

/** How long output may still come after the process has ended: a grandchild can hold its descriptors. */
const lingering = 5000

/** Runs an engine process to its end. Never rejects for what happens to the process: that is the outcome. */
export async function runEngineProcess(start: EngineStart): Promise<EngineOutcome> {
  const { signal } = start
  if (signal.aborted) return { failure: interrupted(signal), errorCode: 'INTERRUPTED' }
  const [file = '', ...before] = start.command
  const child = execa(file, [...before, ...start.argv], {
    env: start.env,
    extendEnv: false,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    encoding: 'buffer',
    buffer: false,
    reject: false,
    cleanup: true,
    cancelSignal: signal,
    killSignal: 'SIGTERM',
    forceKillAfterDelay: start.killAfter,
  })
  const heard: Heard = { exit: undefined, garbled: 0, lastError: '' }
  const streams = child.stdio.slice(1).filter((stream) => stream !== null)
  child.once('exit', () => {
    setTimeout(() => {
      for (const stream of streams) stream.destroy()
    }, lingering).unref()
  })
  const [out, err, events] = streams
  const [result] = await Promise.all([
    child,
    drain(out, (line) => {
      start.onLine(line, 'stdout')
    }),
    drain(err, (line) => {
      if (line.trim() !== '') heard.lastError = line
      start.onLine(line, 'stderr')
    }),
    drain(events, (line) => {
      const event = parseEvent(line)
      if (event === undefined) heard.garbled += 1
      else if (event.type === 'exit') heard.exit = event
      else start.onEvent(event)
    }),
  ])
  const failure = failureOf(heard, result, signal)
  return { failure, errorCode: failure?.code === 'interrupted' ? 'INTERRUPTED' : heard.exit?.error?.code }
}

interface Heard {
  exit: ExitEvent | undefined
  garbled: number
  lastError: string
}

interface Ended {
  readonly exitCode?: number | undefined
  readonly signal?: string | undefined
  readonly originalMessage?: string | undefined
}

function failureOf(
  { exit, garbled, lastError }: Heard,
  ended: Ended,
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
    return { code: 'engine-died', text: `the engine was ended by ${ended.signal}${words}` }
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
  if (exit.status === 0) return undefined
  return { code: 'engine-failed', text: `the engine ended with status ${exit.status}${words}` }
}

/** The reason of everything that a signal to duba ended. */
export function interrupted(signal: AbortSignal): Reason {
  return { code: 'interrupted', text: `interrupted by ${signalName(signal)}` }
}

/** The signal that an abort stands for: its reason, as `cli/io.ts` sets it. */
export function signalName(signal: AbortSignal): 'SIGINT' | 'SIGTERM' {
  return signal.reason === 'SIGINT' ? 'SIGINT' : 'SIGTERM'
}

async function drain(stream: Readable | undefined, take: (line: string) => void): Promise<void> {
  if (stream === undefined) return
  try {
    for await (const line of linesOf(stream as AsyncIterable<Buffer>)) take(line)
  } catch (error) {
    // Destroyed while a grandchild held it: what came until then was taken.
    if (!stream.destroyed) throw error
  }
}
