/** Looks all keys of a run up before anything of it begins. */
import { hasCode, messageOf, UserError } from '../lib/errors.ts'
import { keysArgv } from '../plan/engine-argv.ts'
import type { Job } from '../plan/job.ts'
import { forOperators } from '../report/operator-words.ts'
import { durationText } from '../report/printable.ts'
import type { RunContext } from './context.ts'
import { runEngineProcess } from './engine-process.ts'
import { inParallel } from './pool.ts'
import { watchJob } from './watch.ts'

/** A key that cannot be used, and who needs it. */
export interface KeyTrouble {
  readonly jobs: readonly Job[]
  /** What is wrong and what to do. */
  readonly text: string
  /** Nobody answered: the keys may be good. */
  readonly hung: boolean
}

/** What of the environment decides which keys are found and opened. */
const relevant = ['GNUPGHOME', 'HOME', 'PATH', 'PASSPHRASE', 'SIGN_PASSPHRASE']

/** Seconds that looking keys up may take; less where `stall_timeout` is. */
const longest = 300

/** Every key that cannot be used. Jobs that need the same ones are asked for once. */
export async function unusableKeys(jobs: readonly Job[], context: RunContext): Promise<KeyTrouble[]> {
  const groups = new Map<string, Job[]>()
  for (const job of jobs) {
    if (job.obstacle !== undefined || (job.encryption.kind !== 'keys' && job.signKey === undefined)) continue
    const group = groups.get(needsOf(job))
    if (group === undefined) groups.set(needsOf(job), [job])
    else group.push(job)
  }
  const found = await inParallel([...groups.values()], context.parallel, (group) => ask(group, context))
  return found.flat()
}

const unanswered = (patience: number): string =>
  `gpg or its agent did not answer within ${durationText(patience)} when it was asked for the keys. End what hangs with "gpgconf --kill all" as the user who runs duba, and try "gpg --list-secret-keys"`

function needsOf(job: Job): string {
  const { encryption, signKey, keyFiles, crypto, env, secrets } = job
  const surroundings = relevant.map((name) => [name, env[name], secrets[name]])
  return JSON.stringify([encryption, signKey, keyFiles, crypto, surroundings])
}

async function ask(group: readonly Job[], context: RunContext): Promise<KeyTrouble[]> {
  const [first] = group
  if (first === undefined) return []
  const troubles: KeyTrouble[] = []
  const { stallTimeout = 0 } = first
  const patience = stallTimeout === 0 ? longest : Math.min(longest, stallTimeout)
  const watch = watchJob(context.signal, { timeout: patience, stallTimeout: 0 })
  try {
    const { env } = await context.secrets.open(first)
    const { failure } = await runEngineProcess({
      command: context.engineCommand,
      argv: keysArgv(first),
      env,
      signal: watch.signal,
      killAfter: context.killAfter,
      onEvent: (event) => {
        if (event.type !== 'key-checked' || event.usable) return
        troubles.push({
          jobs: group,
          text: forOperators(`${event.detail} ${event.hint}`.trim()),
          hung: false,
        })
      },
      // What is wrong comes as events; that the engine cannot be started at all, every job will tell.
      onLine: (line) => {
        context.log.write('debug', `keys: ${line}`)
      },
    })
    // What was ended says nothing of the keys.
    if (context.signal.aborted) return []
    if (failure?.code === 'deadline') return [{ jobs: group, text: unanswered(patience), hung: true }]
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const hung = hasCode(error, 'NO_ANSWER')
    if (!context.signal.aborted) troubles.push({ jobs: group, text: messageOf(error), hung })
  } finally {
    watch.end()
  }
  return troubles
}
