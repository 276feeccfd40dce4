/** What happened to a job in a run, and why. */

/** Verdicts, worst first. */
export const verdicts = ['failed', 'stalled', 'warning', 'skipped', 'ok'] as const

export type Verdict = (typeof verdicts)[number]

/** Why: a stable code for machines (small letters and dashes) and a sentence for people. */
export interface Reason {
  readonly code: string
  readonly text: string
}

/** The worst of some verdicts; `ok` if there are none. */
export function worstVerdict(found: readonly Verdict[]): Verdict {
  return verdicts.find((verdict) => found.includes(verdict)) ?? 'ok'
}
