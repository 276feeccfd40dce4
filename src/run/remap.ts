/** Other verdicts for reasons, as the configuration wants them. */
import type { Verdict } from '../report/verdict.ts'
import { verdicts } from '../report/verdict.ts'
import type { Performed } from './work.ts'

type Judged = Pick<Performed, 'verdict' | 'reason' | 'notes'>

/** The result with the verdict that its reason is given; and with a graver one that one of its notes is given. */
export function remapped<Result extends Judged>(
  result: Result,
  wanted: Readonly<Record<string, Verdict>>,
): Result {
  const { reason } = result
  const given = reason === undefined ? undefined : own(wanted, reason.code)
  let judged: Result = given === undefined ? result : { ...result, verdict: given }
  for (const note of result.notes) {
    const verdict = own(wanted, note.code)
    if (verdict !== undefined && isGraver(verdict, judged.verdict))
      judged = { ...judged, verdict, reason: note }
  }
  return judged
}

/** Whether one verdict is worse than another. */
export function isGraver(one: Verdict, other: Verdict): boolean {
  return verdicts.indexOf(one) < verdicts.indexOf(other)
}

function own(wanted: Readonly<Record<string, Verdict>>, code: string): Verdict | undefined {
  return Object.hasOwn(wanted, code) ? wanted[code] : undefined
}
