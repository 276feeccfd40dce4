/** The passphrase that turns out to be needed is asked for on the terminal, and only then. */
import type { Job } from '../plan/job.ts'
import { createRedact } from '../report/log-redact.ts'
import type { Access } from './access.ts'
import { notice } from './failure.ts'
import type { Shell } from './io.ts'

interface Attempt {
  readonly errorCode: string | undefined
}

/** What a wrong or missing passphrase leads to. */
const LOCKED: ReadonlySet<string> = new Set(['SECRET_MISSING', 'DECRYPT_FAILED', 'KEY_UNUSABLE'])

/** Questions for one passphrase. */
const MOST = 3
const WRONG = 'this passphrase does not open the backup'

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

  /**
   * Tries; and again with what is typed where a passphrase is what was missing and somebody can give it. A wrong one is told, and
   * asked for again a few times.
   */
  async attempt<T extends Attempt>(job: Job, run: (job: Job) => Promise<T>): Promise<T> {
    const ready = await this.prepare(job)
    let outcome = await run(ready)
    if ((ready.env['PASSPHRASE'] ?? '') !== '') return outcome
    for (let asked = 0; asked < MOST && isLocked(outcome); asked += 1) {
      if (asked > 0) notice(this.#shell, WRONG)
      const answer = await this.#shell.ask('Passphrase of the secret key, or of the backup: ')
      if (answer === undefined || answer === '') return outcome
      this.#answer = answer
      const { redact } = this.#shell.masking
      const also = createRedact([answer])
      this.#shell.masking.redact = (text) => also(redact(text))
      outcome = await run(await this.prepare(job))
    }
    if (isLocked(outcome)) notice(this.#shell, `${WRONG}; try again, or set PASSPHRASE in the environment`)
    return outcome
  }
}

const isLocked = ({ errorCode }: Attempt): boolean => errorCode !== undefined && LOCKED.has(errorCode)
