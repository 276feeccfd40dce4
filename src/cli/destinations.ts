/** Where a path is at several destinations, they are asked in their order, until one can answer. */
import type { Job } from '../plan/job.ts'
import type { EngineOutcome } from '../run/engine-process.ts'
import { hasNothing } from './answers.ts'

/** What came of asking. */
export interface Answered<T> {
  readonly job: Job
  readonly outcome: T
  /** Why destinations before it were passed over. */
  readonly passed: readonly string[]
}

/**
 * Asks the jobs of a place one after the other: the next where a destination cannot be reached or holds no backup of that
 * time, as one does that is not mounted. Where none can answer, that one failed that may have something. `told`: whether an
 * answer was shown already, which must not come twice.
 */
export async function firstAnswer<T extends EngineOutcome>(
  jobs: readonly Job[],
  ask: (job: Job) => Promise<T>,
  told: () => boolean = () => false,
): Promise<Answered<T>> {
  const failed: { readonly job: Job; readonly outcome: T }[] = []
  for (const job of jobs) {
    const outcome = await ask(job)
    if (outcome.failure === undefined || told() || !(isUnreachable(outcome) || hasNothing(outcome)))
      return { job, outcome, passed: failed.map(passedText) }
    failed.push({ job, outcome })
  }
  const chosen = failed.find(({ outcome }) => !hasNothing(outcome)) ?? failed[0]
  if (chosen === undefined) throw new TypeError('a place has at least one job')
  return { ...chosen, passed: failed.filter((each) => each !== chosen).map(passedText) }
}

const isUnreachable = ({ errorCode }: EngineOutcome): boolean => errorCode?.startsWith('BACKEND_') === true

function passedText({ job, outcome }: { readonly job: Job; readonly outcome: EngineOutcome }): string {
  const why = outcome.failure?.text ?? ''
  return hasNothing(outcome)
    ? `${job.destination} was passed over: ${why}`
    : `${job.destination} cannot be reached: ${why}`
}
