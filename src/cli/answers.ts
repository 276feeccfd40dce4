/** What came of asking the backups of several jobs the same. */
import type { EngineOutcome } from '../run/engine-process.ts'
import { failureStatus, notice } from './failure.ts'
import type { Shell } from './io.ts'

/** A job that has no backup, or none of that time, holds nothing; others may. */
const EMPTY: ReadonlySet<string> = new Set(['NO_BACKUPS', 'TOO_EARLY'])
const NAMED = 10

/** Whether a job failed to answer only because it has no backup of that time. */
export function hasNothing({ errorCode }: Pick<EngineOutcome, 'errorCode'>): boolean {
  return errorCode !== undefined && EMPTY.has(errorCode)
}

export class Answers {
  readonly #shell: Shell
  readonly #empty: { readonly job: string; readonly outcome: EngineOutcome }[] = []
  #answered = 0
  #status = 0

  constructor(shell: Shell) {
    this.#shell = shell
  }

  /** Takes what came of one job; what went wrong is told. */
  add(job: string, outcome: EngineOutcome): void {
    if (outcome.failure === undefined) this.#answered += 1
    else if (hasNothing(outcome)) this.#empty.push({ job, outcome })
    else this.#status ||= failureStatus(outcome, outcome.failure, this.#shell)
  }

  /** The exit status; where nobody had anything to say, that is the failure. Tells who had not. */
  end(): number {
    const [first] = this.#empty
    if (first?.outcome.failure === undefined || this.#status !== 0) return this.#status
    if (this.#answered === 0) return failureStatus(first.outcome, first.outcome.failure, this.#shell)
    const names = this.#empty.slice(0, NAMED).map(({ job }) => job)
    const more = this.#empty.length > NAMED ? ` and ${this.#empty.length - NAMED} more` : ''
    notice(this.#shell, `no backup of that time: ${names.join(', ')}${more}`)
    return 0
  }
}
