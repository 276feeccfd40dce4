/** One hook: a program that the configuration names, in an environment that holds nothing but what it is given. */
import type { Hook } from '../config/config.generated.ts'
import { secondsOf } from '../config/duration.ts'
import type { Reason } from '../report/verdict.ts'
import { drain } from './engine-process.ts'
import { startGroup } from './process-group.ts'
import { longestTimer } from './watch.ts'

export interface HookStart {
  /** Of `hookName`. */
  readonly name: string
  /** `PATH`, `HOME` and `DUBA_…`. */
  readonly env: Readonly<Record<string, string>>
  /** What its `env` says, with secrets resolved. */
  readonly own: Readonly<Record<string, string>>
  /** Ends it with the run; undefined for hooks that must run because the run was ended. */
  readonly signal: AbortSignal | undefined
  /** Milliseconds. */
  readonly killAfter: number
  readonly onLine: (line: string) => void
}

/** `skip`: it ended with 75; `failed` with the reason. */
export type HookOutcome =
  { readonly outcome: 'done' | 'skip' } | { readonly outcome: 'failed'; readonly reason: Reason }

/** Status of a hook that asks to skip, softly (EX_TEMPFAIL of sysexits.h). */
const SKIP = 75
const defaultTimeout = 300

/** Runs a hook to its end, or for as long as it may take; 0 is without end. Never rejects. */
export async function runHook(hook: Hook, start: HookStart): Promise<HookOutcome> {
  const command = hook.command ?? ['/bin/sh', '-c', hook.shell ?? '']
  const seconds = hook.timeout === undefined ? defaultTimeout : secondsOf(hook.timeout)
  const limit = seconds === 0 ? undefined : AbortSignal.timeout(Math.min(longestTimer, seconds * 1000))
  const signal = AbortSignal.any([limit, start.signal].filter((each) => each !== undefined))
  const env = { ...start.env, ...start.own }
  const { outputs, ended } = startGroup({ command, env, outputs: 2, signal, killAfter: start.killAfter })
  const [result] = await Promise.all([ended, ...outputs.map((stream) => drain(stream, start.onLine))])
  if (result.exitCode === 0) return { outcome: 'done' }
  if (result.exitCode === SKIP) return { outcome: 'skip' }
  const why =
    limit?.aborted === true
      ? `took longer than ${seconds} s`
      : result.left !== undefined
        ? `(process ${result.left}) cannot be ended, and was left behind`
        : result.signal !== undefined
          ? `was ended by ${result.signal}`
          : result.exitCode === undefined
            ? `cannot be started: ${result.originalMessage ?? ''}`
            : `ended with status ${result.exitCode}`
  return { outcome: 'failed', reason: { code: 'hook-failed', text: `the hook "${start.name}" ${why}` } }
}

/**
 * How a hook is called in messages: its program, or where it stands. Never by its arguments or its line for the shell: they
 * may hold anything, secrets too. `at` is its place among the hooks, such as `before[0]`.
 */
export function hookName({ command }: Hook, at: string): string {
  return command?.[0] ?? at
}
