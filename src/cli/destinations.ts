/** Where a path is at several destinations, they are asked in their order, until one can answer. */
import type { Job } from '../plan/job.ts'
import type { Holder, Place } from '../plan/place.ts'
import type { EngineOutcome } from '../run/engine-process.ts'
import { hasNothing } from './answers.ts'

/** What came of asking. */
export interface Answered<T> extends Holder {
  readonly outcome: T
  /** Why destinations before it were passed over. */
  readonly passed: readonly string[]
}

/** A place, as far as it matters to those who look into it. */
export type Looked = Pick<Place, 'jobs' | 'inside' | 'before'>

/**
 * Asks the jobs of a place one after the other: the next where a destination cannot be reached, has lost signatures or volumes, or
 * holds no backup of that time, as one does that is not mounted. Where all hold none, the jobs that may have had it before are
 * asked. Where none can answer, that one failed that may have something. `told`: whether an answer was shown already, which must
 * not come twice.
 */
export async function firstAnswer<T extends EngineOutcome>(
  { jobs, inside, before }: Looked,
  ask: (holder: Holder) => Promise<T>,
  told?: () => boolean,
): Promise<Answered<T>> {
  const failed: { readonly job: Job; readonly outcome: T }[] = []
  for (const job of jobs) {
    const outcome = await ask({ job, inside })
    if (
      outcome.failure === undefined ||
      told?.() === true ||
      !(isUnreachable(outcome) || cannotTell(outcome))
    )
      return { job, inside, outcome, passed: failed.map(passedText) }
    failed.push({ job, outcome })
  }
  if (failed.every(({ outcome }) => hasNothing(outcome))) {
    for (const holder of before) {
      const outcome = await ask(holder)
      if (told?.() ?? outcome.failure === undefined)
        return { ...holder, outcome, passed: failed.map(passedText) }
    }
  }
  const chosen = failed.find(({ outcome }) => !hasNothing(outcome)) ?? failed[0]
  if (chosen === undefined) throw new TypeError('a place has at least one job')
  return { ...chosen, inside, passed: failed.filter((each) => each !== chosen).map(passedText) }
}

const isUnreachable = ({ errorCode }: EngineOutcome): boolean => errorCode?.startsWith('BACKEND_') === true

/** Whether another destination may know more. */
const cannotTell = (outcome: EngineOutcome): boolean =>
  hasNothing(outcome) || outcome.errorCode === 'SIGNATURES_LOST' || outcome.errorCode === 'VOLUME_MISSING'

function passedText({ job, outcome }: { readonly job: Job; readonly outcome: EngineOutcome }): string {
  const why = outcome.failure?.text ?? ''
  return cannotTell(outcome)
    ? `${job.destination} was passed over: ${why}`
    : `${job.destination} cannot be reached: ${why}`
}
