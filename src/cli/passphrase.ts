/** The passphrase that turns out to be needed is asked for on the terminal, once, and only then. */
import type { Job } from '../plan/job.ts'
import { createRedact } from '../report/log-redact.ts'
import type { Access } from './access.ts'
import type { Shell } from './io.ts'

interface Attempt {
  readonly errorCode: string | undefined
}

/** What a wrong or missing passphrase leads to. */
const LOCKED: ReadonlySet<string> = new Set(['SECRET_MISSING', 'DECRYPT_FAILED', 'KEY_UNUSABLE'])

export class PassphraseAsker {
  readonly #shell: Shell
  readonly #ready: Access['ready']
  #answer: string | undefined

  constructor(shell: Shell, { ready }: Pick<Access, 'ready'>) {
    this.#shell = shell
    this.#ready = ready
  }

  /** The job with its secrets, and the passphrase that was given, if one was. */
  async prepare(job: Job): Promise<Job> {
    const ready = await this.#ready(job)
    return this.#answer === undefined ? ready : { ...ready, env: { ...ready.env, PASSPHRASE: this.#answer } }
  }

  /** Tries; and once more with a passphrase where that is what was missing and somebody can give it. */
  async attempt<T extends Attempt>(job: Job, run: (job: Job) => Promise<T>): Promise<T> {
    const ready = await this.prepare(job)
    const first = await run(ready)
    const isKnown = (ready.env['PASSPHRASE'] ?? '') !== ''
    if (isKnown || first.errorCode === undefined || !LOCKED.has(first.errorCode)) return first
    const answer = await this.#shell.ask('Passphrase of the secret key, or of the backup: ')
    if (answer === undefined || answer === '') return first
    this.#answer = answer
    const { redact } = this.#shell.masking
    const also = createRedact([answer])
    this.#shell.masking.redact = (text) => also(redact(text))
    return run(await this.prepare(job))
  }
}
