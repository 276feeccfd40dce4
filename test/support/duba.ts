/** The built `duba` as a child process without a terminal. */
import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { baseEnvironment, projectRoot } from './program.ts'

export interface Ran {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

type Variables = Readonly<Record<string, string>>

/** Program and first argument of the built `duba`. */
export const dubaCommand: readonly [string, string] = [
  process.execPath,
  join(projectRoot, 'dist/src/main.js'),
]

/** Runs `duba` in a directory, below which its home is. */
export function duba(dir: string, args: readonly string[], env: Variables = {}): Promise<Ran> {
  const home = join(dir, 'home')
  mkdirSync(home, { recursive: true })
  return new Promise((resolve) => {
    const options = { cwd: dir, env: { ...baseEnvironment(home), ...env }, maxBuffer: 2 ** 28 }
    // In a session of its own it has no terminal to ask on.
    execFile('setsid', ['--wait', ...dubaCommand, ...args], options, (error, stdout, stderr) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
  })
}

/** Runs `duba`, which has to succeed. Throws an error that shows everything it said. */
export async function dubaWell(dir: string, args: readonly string[], env: Variables = {}): Promise<Ran> {
  const ran = await duba(dir, args, env)
  if (ran.status !== 0)
    throw new Error(`${args.join(' ')} ended with ${ran.status}\n${ran.stdout}\n${ran.stderr}`)
  return ran
}
