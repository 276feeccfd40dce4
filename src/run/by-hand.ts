/** A program that is run for a person: it has the terminal. */
import { execa } from 'execa'
import { UserError } from '../lib/errors.ts'

export interface ByHand {
  /** Program and arguments. */
  readonly command: readonly string[]
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
}

/** Runs it; gives its exit status, 128 and more after a signal as shells count it. Throws NOT_SUPPORTED where it is missing. */
export async function runByHand({ command, env, cwd }: ByHand): Promise<number> {
  const [file = '', ...args] = command
  const result = await execa(file, args, { env, cwd, extendEnv: false, stdio: 'inherit', reject: false })
  if (result.exitCode !== undefined) return result.exitCode
  if (result.signal !== undefined) return 128
  throw new UserError('NOT_SUPPORTED', `${file} cannot be started: ${result.originalMessage ?? ''}`, {
    hint: 'Install it, or leave --stock out to use the engine of duba.',
    cause: result,
  })
}
