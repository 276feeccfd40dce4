/** A program of the duplicity family under test: ours, duplicity 0.8.22 or duplicity 3, run as a child process. */
import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import type { ByteString } from '../../src/lib/bytestring.ts'

/** How a program ended. The outputs are byte strings: file names in them need not be text. */
export interface Outcome {
  status: number | null
  stdout: ByteString
  stderr: ByteString
}

/** Where a program runs. The environment is complete: nothing is inherited from the tests. */
export interface Surroundings {
  cwd: string
  env: Readonly<Record<string, string>>
}

/** One program. `syntax` tells which spellings its command line has. */
export interface Program {
  readonly name: string
  readonly syntax: '0.8' | '3'
  /** Argument vector that runs the program itself, or another program of the same world (its gpg). */
  readonly command: (program: 'duplicity' | 'gpg' | 'gpgconf') => readonly string[]
}

/** The project's folder. */
export const projectRoot = resolve(import.meta.dirname, '../..')

/** The environment that every program starts from. */
export function baseEnvironment(home: string): Record<string, string> {
  return { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: home, TZ: 'UTC', LC_ALL: 'C.UTF-8' }
}

const minutesAllowed = 3

/** Runs a program to its end. Standard input is empty. Killed, with status null, after three minutes. */
export function run(program: Program, args: readonly string[], { cwd, env }: Surroundings): Promise<Outcome> {
  const [file = '', ...fixed] = program.command('duplicity')
  return new Promise((resolveOutcome, reject) => {
    const child = spawn(file, [...fixed, ...args], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: minutesAllowed * 60_000,
      killSignal: 'SIGKILL',
    })
    const outcome: Outcome = { status: null, stdout: '', stderr: '' }
    child.stdout.setEncoding('latin1').on('data', (text: string) => (outcome.stdout += text))
    child.stderr.setEncoding('latin1').on('data', (text: string) => (outcome.stderr += text))
    child.on('error', reject)
    child.on('close', (status) => {
      resolveOutcome({ ...outcome, status })
    })
  })
}

/** Runs a program that has to succeed. Throws an error that shows the command line and everything it said. */
export async function runWell(
  program: Program,
  args: readonly string[],
  surroundings: Surroundings,
): Promise<Outcome> {
  const outcome = await run(program, args, surroundings)
  if (outcome.status === 0) return outcome
  const ending = outcome.status === null ? 'was killed' : `ended with ${outcome.status}`
  const said = [`${program.name} ${ending}: ${args.join(' ')}`, outcome.stdout, outcome.stderr]
  throw new Error(said.join('\n--- '))
}

/** The folder with the Debian 13 root that holds duplicity 3 (scripts/setup-tests.sh makes it). */
export const trixieRoot = process.env['DUBA_TRIXIE'] ?? join(projectRoot, '.cache/trixie')
