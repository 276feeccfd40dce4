/**
 * What monitoring makes of a status document: every job that is expected against what is remembered of it. Nothing here asks a
 * destination or needs a secret.
 */
import { ageText } from './printable.ts'
import { type StatusDocument, type StatusJob, statusOf, type StatusOperation } from './status-document.ts'
import { above, alerts, type Threshold } from './threshold.ts'
import type { Verdict } from './verdict.ts'

/** States of a monitoring plugin; the numbers are its exit statuses. */
export const pluginStates = { ok: 0, warning: 1, critical: 2, unknown: 3 } as const

export type PluginState = keyof typeof pluginStates

/** A job to be looked at; `max_age`: seconds, null: not said. */
export interface WatchedJob {
  readonly job: string
  readonly max_age: number | null
  /** It is an entry of a divided source that is gone. */
  readonly vanished?: true | undefined
}

export interface Limits {
  readonly warning: Threshold | undefined
  readonly critical: Threshold | undefined
}

export interface CheckLimits {
  /** Seconds since the last good backup; where nothing is given, `max_age` of each job counts. */
  readonly age: Limits
  /** Backup sets in the newest chain. */
  readonly chain: Limits
  /** Seconds since the full backup of the newest chain. */
  readonly fullAge: Limits
  /** Seconds since the last good `duba verify`. */
  readonly verifyAge: Limits
}

export interface JobCheck {
  readonly job: string
  readonly state: PluginState
  /** Sentences, worst first; at least one. */
  readonly findings: readonly Finding[]
  /** Seconds since the last good backup. */
  readonly age: number | undefined
  readonly fullAge: number | undefined
  readonly chainSets: number | undefined
  readonly verdict: Verdict | undefined
}

export interface Finding {
  readonly state: PluginState
  readonly text: string
}

/** Seconds: a backup every day, and two hours for one that takes longer. */
export const standardMaxAge = 26 * 3600

/** Reasons to skip a job of which there never was a backup that are no reason to alert. */
const tolerated: ReadonlySet<string> = new Set(['missing', 'excluded', 'empty'])

/** Looks at one job. `now` in seconds since the epoch. */
export function checkJob(
  watched: WatchedJob,
  document: StatusDocument,
  limits: CheckLimits,
  now: number,
): JobCheck {
  const status = statusOf(document, watched.job)
  if (watched.vanished === true) return checkVanished(watched, status)
  const backup = status?.operations.backup
  const age = ageOf(backup?.last_success, now)
  const fullAge = ageOf(status?.chain?.full_at, now)
  const chainSets = status?.chain?.sets
  const findings = [
    ...verdictFindings(status),
    ...ageFindings(backup, age, ageLimits(watched, limits.age)),
    ...futureFindings(backup?.last_success, 'backup', now),
    ...futureFindings(status?.operations.verify?.last_success, 'verify', now),
    ...limitFindings(limits.chain, chainSets, (sets) => `the newest chain has ${sets} backup sets`),
    ...limitFindings(limits.fullAge, fullAge, (old) => `the last full backup is ${ageText(old)} old`),
    ...verifyFindings(status?.operations.verify, limits.verifyAge, now),
  ].sort(worstFirst)
  const base = { job: watched.job, age, fullAge, chainSets, verdict: backup?.last.verdict }
  const [worst] = findings
  if (worst !== undefined) return { ...base, state: worst.state, findings }
  const text = age === undefined ? '' : `last good backup ${ageText(age)} ago`
  return { ...base, state: 'ok', findings: [{ state: 'ok', text }] }
}

const worstFirst = (a: Finding, b: Finding): number => pluginStates[b.state] - pluginStates[a.state]

/** What is gone grows no older: the run that missed it has warned, and there is nothing more to alert of. */
function checkVanished({ job }: WatchedJob, status: StatusJob | undefined): JobCheck {
  const base = { job, age: undefined, fullAge: undefined, chainSets: undefined }
  const last = status?.operations.backup?.last
  const text = last?.reason?.text ?? 'the entry has vanished'
  const found = verdictFindings(status).sort(worstFirst)
  const findings: Finding[] = found.length > 0 ? found : [{ state: 'ok', text }]
  return { ...base, verdict: last?.verdict, state: findings[0]?.state ?? 'ok', findings }
}

/** The limits that count for a job: `max_age` warns, and twice as much is critical. */
export function ageLimits({ max_age: given }: WatchedJob, limits: Limits): Limits {
  if (limits.warning !== undefined || limits.critical !== undefined) return limits
  const limit = given ?? standardMaxAge
  return { warning: above(limit), critical: above(2 * limit) }
}

function ageFindings(
  backup: StatusOperation | undefined,
  age: number | undefined,
  limits: Limits,
): Finding[] {
  if (backup === undefined) return [{ state: 'critical', text: 'is configured, but was never backed up' }]
  if (age !== undefined)
    return limitFindings(limits, age, (old) => `the last good backup is ${ageText(old)} old`)
  const { verdict, reason } = backup.last
  if (verdict === 'skipped' && tolerated.has(reason?.code ?? '')) {
    return [{ state: 'ok', text: `skipped: ${reason?.text ?? ''}` }]
  }
  return [{ state: 'critical', text: 'there is no good backup yet' }]
}

const stateOfVerdict: Readonly<Record<Verdict, PluginState>> = {
  failed: 'critical',
  stalled: 'critical',
  warning: 'warning',
  skipped: 'ok',
  ok: 'ok',
}

function verdictFindings(status: StatusJob | undefined): Finding[] {
  const looked = ['backup', 'prune', 'verify'] as const
  return looked.flatMap((name) => {
    const last = status?.operations[name]?.last
    if (last === undefined) return []
    const found = stateOfVerdict[last.verdict]
    if (found === 'ok') return []
    // Old backups that stay too long are no reason to wake somebody.
    const state = name === 'prune' ? 'warning' : found
    const why = last.reason === null ? '' : `: ${last.reason.text}`
    return [{ state, text: `${name} ${last.verdict}${why}` }]
  })
}

function verifyFindings(verify: StatusOperation | undefined, limits: Limits, now: number): Finding[] {
  const age = ageOf(verify?.last_success, now)
  if (age !== undefined)
    return limitFindings(limits, age, (old) => `the last good verify is ${ageText(old)} old`)
  const state =
    limits.critical !== undefined ? 'critical' : limits.warning !== undefined ? 'warning' : undefined
  return state === undefined ? [] : [{ state, text: 'it was never verified' }]
}

function limitFindings(
  limits: Limits,
  value: number | undefined,
  text: (value: number) => string,
): Finding[] {
  if (value === undefined) return []
  for (const state of ['critical', 'warning'] as const) {
    const limit = limits[state]
    if (limit !== undefined && alerts(limit, value)) return [{ state, text: text(value) }]
  }
  return []
}

/** Seconds that clocks may differ. */
const slack = 300

/** Nothing is known of the age of what is dated in the future, and it would stay young for as long as that. */
function futureFindings(time: string | null | undefined, what: string, now: number): Finding[] {
  if (time === null || time === undefined || Date.parse(time) / 1000 <= now + slack) return []
  return [
    {
      state: 'critical',
      text: `the last good ${what} is dated in the future (${time}): is the clock right?`,
    },
  ]
}

function ageOf(time: string | null | undefined, now: number): number | undefined {
  // A time in the future is no age at all; `futureFindings` tells it.
  return time === null || time === undefined
    ? undefined
    : Math.max(0, Math.floor(now - Date.parse(time) / 1000))
}
