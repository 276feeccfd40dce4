/** Programs that lower the priority of an engine process, put before its command line. */
import { execa } from 'execa'

export interface Priority {
  readonly prefix: readonly string[]
  /** Programs that would serve but are missing or refuse, each with a sentence. */
  readonly missing: readonly string[]
}

/**
 * Finds out, by trying, which of `nice` and `ionice` work here. In some containers `ionice` exists and fails, and then
 * would end every job.
 */
export async function findPriority(nice: number, env: Readonly<Record<string, string>>): Promise<Priority> {
  if (nice === 0) return { prefix: [], missing: [] }
  const candidates = [
    ['ionice', '-c3'],
    ['nice', '-n', String(nice)],
  ]
  const tried = await Promise.all(
    candidates.map(async (words) => ({ words, works: await works(words, env) })),
  )
  return {
    prefix: tried.flatMap(({ words, works: yes }) => (yes ? words : [])),
    missing: tried.flatMap(({ words: [name = ''], works: yes }) =>
      yes ? [] : [`${name} is missing or does not work here: jobs run without it`],
    ),
  }
}

async function works(words: readonly string[], env: Readonly<Record<string, string>>): Promise<boolean> {
  const [file = '', ...args] = words
  const result = await execa(file, [...args, 'true'], {
    env,
    extendEnv: false,
    reject: false,
    stdio: 'ignore',
  })
  return result.exitCode === 0
}
