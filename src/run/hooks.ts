/** The hooks around a run or a job, one after the other. */
import type { Hook, Hooks } from '../config/config.generated.ts'
import { splitEnvironment } from '../config/secret-refs.ts'
import { UserError } from '../lib/errors.ts'
import type { Reason } from '../report/verdict.ts'
import type { RunContext } from './context.ts'
import { type HookOutcome, hookName, runHook } from './hook-process.ts'

export type HookMoment = keyof Hooks

/** Where the hooks stand. */
export interface HookPlace {
  readonly hooks: Hooks
  readonly scope: 'run' | 'job'
  /** Without `DUBA_`. Undefined values are left out. */
  readonly facts: Readonly<Record<string, string | number | undefined>>
  readonly log: (level: 'notice' | 'warning' | 'error' | 'info', text: string) => void
}

/** `warnings`: optional hooks that failed. */
export type HooksOutcome = { readonly warnings: readonly Reason[] } & (
  { readonly outcome: 'done' } | { readonly outcome: 'skip' | 'failed'; readonly reason: Reason }
)

/** Variables of our own environment that a program needs to run at all. */
const inherited = /^(PATH|HOME|USER|LOGNAME|LANG|LC_[A-Z]+|TZ)$/

/**
 * Runs the hooks of a moment. `before` ends at the first that fails or asks to skip; the others all run. None is ended
 * with the run but those of `before`: what they clean up must be cleaned up.
 */
export async function runHooks(
  moment: HookMoment,
  place: HookPlace,
  context: Pick<RunContext, 'env' | 'killAfter' | 'signal' | 'redact' | 'secrets'>,
  more: HookPlace['facts'] = {},
): Promise<HooksOutcome> {
  const warnings: Reason[] = []
  let failure: Reason | undefined
  const signal = moment === 'before' ? context.signal : undefined
  const env = environment(moment, place, context, more)
  for (const [index, hook] of (place.hooks[moment] ?? []).entries()) {
    const name = hookName(hook, `${moment}[${index}]`)
    place.log('info', `hook ${moment}: ${name}`)
    const own = await ownEnvironment(hook, context)
    const result =
      own instanceof UserError
        ? unopened(own)
        : await runHook(hook, {
            name,
            env,
            own,
            signal,
            killAfter: context.killAfter,
            onLine: (line) => {
              if (line.trim() !== '') place.log('notice', `hook ${moment}: ${line}`)
            },
          })
    if (result.outcome === 'done') continue
    if (result.outcome === 'failed') {
      const { reason } = result
      place.log(hook.optional === true ? 'warning' : 'error', reason.text)
      if (hook.optional === true) warnings.push(reason)
      else failure ??= reason
    } else if (moment === 'before') {
      return { outcome: 'skip', reason: skipped(name), warnings }
    }
    if (failure !== undefined && moment === 'before') break
  }
  return failure === undefined
    ? { outcome: 'done', warnings }
    : { outcome: 'failed', reason: failure, warnings }
}

/** The variables of a hook; the error if a secret of it cannot be had. */
async function ownEnvironment(
  hook: Hook,
  { secrets }: Pick<RunContext, 'secrets'>,
): Promise<Record<string, string> | UserError> {
  const { texts, references } = splitEnvironment(hook.env)
  try {
    return { ...texts, ...(await secrets.resolve(references)) }
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
}

function unopened(error: UserError): HookOutcome {
  return { outcome: 'failed', reason: { code: 'hook-failed', text: error.message } }
}

function skipped(name: string): Reason {
  return { code: 'hook-skip', text: `skipped as the hook "${name}" asked (status 75)` }
}

function environment(
  moment: HookMoment,
  { scope, facts }: HookPlace,
  { env, redact }: Pick<RunContext, 'env' | 'redact'>,
  more: HookPlace['facts'],
): Record<string, string> {
  const result: Record<string, string> = { DUBA_HOOK: moment, DUBA_SCOPE: scope }
  for (const [name, value] of Object.entries(env)) {
    if (inherited.test(name) && value !== undefined) result[name] = value
  }
  for (const [name, value] of Object.entries({ ...facts, ...more })) {
    // A hook gets no secret but those of its own `env`, not even in an error's words.
    if (value !== undefined) result[`DUBA_${name}`] = redact(String(value)).replaceAll('\0', '')
  }
  return result
}
