/** Opens what references to secrets stand for. Only what works on a destination asks for it; values are masked at once. */
import { execa } from 'execa'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type SecretReference, showReference } from '../config/secret-refs.ts'
import { messageOf, UserError } from '../lib/errors.ts'
import type { Environment } from '../plan/environment.ts'
import type { Job } from '../plan/job.ts'
import type { Masking } from '../report/log-redact.ts'

/** Seconds that a `$command` may take. */
const commandTime = 60

export class SecretValues {
  readonly #env: Environment
  readonly #masking: Pick<Masking, 'add'>
  readonly #values = new Map<string, Promise<string>>()

  /** `env`: duba's own environment. */
  constructor(env: Environment, masking: Pick<Masking, 'add'>) {
    this.#env = env
    this.#masking = masking
  }

  /** The job with every variable in its environment. Throws SECRET_MISSING. */
  async open(job: Job): Promise<Job> {
    if (Object.keys(job.secrets).length === 0) return job
    return { ...job, env: { ...job.env, ...(await this.resolve(job.secrets)) }, secrets: {} }
  }

  /** The variables of a hook or a job. Each reference is opened once. Throws SECRET_MISSING. */
  async resolve(references: Readonly<Record<string, SecretReference>>): Promise<Record<string, string>> {
    const values: Record<string, string> = {}
    for (const [name, reference] of Object.entries(references)) {
      const key = JSON.stringify(reference)
      const found = this.#values.get(key) ?? this.#find(name, reference)
      this.#values.set(key, found)
      values[name] = await found
    }
    return values
  }

  async #find(name: string, reference: SecretReference): Promise<string> {
    const { $file, $env, $credential, $command } = reference
    try {
      const directory = this.#env['CREDENTIALS_DIRECTORY']
      const value =
        $file !== undefined
          ? await readFile($file, 'utf8')
          : $credential !== undefined
            ? await readFile(
                join(directory ?? missing('CREDENTIALS_DIRECTORY is not set'), $credential),
                'utf8',
              )
            : $env !== undefined
              ? (this.#env[$env] ?? missing('the variable is not set'))
              : await this.#ask($command ?? [])
      // A file or a program ends its text with a line feed, which is no part of it.
      const secret = $env === undefined ? value.replace(/\r?\n$/, '') : value
      this.#masking.add([secret])
      return secret
    } catch (error) {
      const where = showReference(reference)
      throw new UserError(
        'SECRET_MISSING',
        `The secret for ${name} cannot be had from ${where}: ${messageOf(error)}`,
        {
          hint: 'Correct the reference in the configuration, or put the secret there.',
          cause: error,
        },
      )
    }
  }

  async #ask([file = '', ...args]: readonly string[]): Promise<string> {
    const { PATH, HOME } = this.#env
    const result = await execa(file, args, {
      env: { ...(PATH !== undefined && { PATH }), ...(HOME !== undefined && { HOME }) },
      extendEnv: false,
      stdin: 'ignore',
      timeout: commandTime * 1000,
      stripFinalNewline: false,
      reject: false,
    })
    // Not its output: that may be the secret, or a part of it.
    if (result.exitCode !== 0) throw new Error(`it ended with status ${result.exitCode ?? 'none'}`)
    return result.stdout
  }
}

function missing(why: string): never {
  throw new Error(why)
}
