/** The output of a monitoring plugin: one line with performance data, then details. */
import {
  type CheckLimits,
  type Finding,
  type JobCheck,
  type PluginState,
  pluginStates,
} from './check-jobs.ts'
import { ageText, columns, printable } from './printable.ts'

export interface Checked {
  readonly jobs: readonly JobCheck[]
  /** What is wrong beside the jobs: with the configuration, with the status document. */
  readonly findings: readonly Finding[]
  /** For people: where the list of jobs is from. */
  readonly remarks: readonly string[]
}

/** The state of all together. */
export function stateOf({ jobs, findings }: Checked): PluginState {
  const states = [...jobs, ...findings].map(({ state }) => state)
  const order = ['critical', 'unknown', 'warning'] as const
  return order.find((state) => states.includes(state)) ?? 'ok'
}

/** Lines of the output. `details`: which jobs stand below the first line. */
export function checkOutput(
  checked: Checked,
  limits: CheckLimits,
  details: 'none' | 'bad' | 'all',
): string[] {
  const { jobs, findings, remarks } = checked
  const first = `${stateOf(checked).toUpperCase()} - ${headline(checked)}|${performance(checked, limits)}`
  if (details === 'none') return [first]
  const shown = worstFirst(jobs).filter(({ state }) => details === 'all' || state !== 'ok')
  const table = columns(
    shown.map((job) => [job.state.toUpperCase(), plain(job.job), plain(sentences(job.findings))]),
  )
  return [
    first,
    ...findings.map(({ state, text }) => `${state.toUpperCase()}  ${plain(text)}`),
    ...table,
    ...remarks.map(plain),
  ]
}

/** One line for a plugin that could not do its work. */
export function unknownOutput(text: string): string {
  return `UNKNOWN - ${plain(text)}`
}

function headline({ jobs, findings }: Checked): string {
  const bad = worstFirst(jobs).filter(({ state }) => state !== 'ok')
  const [finding] = findings
  const [job] = bad
  const count = `${jobs.length} ${jobs.length === 1 ? 'job' : 'jobs'}`
  if (job !== undefined) {
    const more = bad.length + findings.length - 1
    const what = `${bad.length} of ${count}: ${job.job}: ${job.findings[0]?.text ?? ''}`
    return plain(more > 0 ? `${what} (and ${more} more)` : what)
  }
  if (finding !== undefined) return plain(finding.text)
  const oldest = jobs.filter(({ age }) => age !== undefined).sort((a, b) => (b.age ?? 0) - (a.age ?? 0))[0]
  const age =
    oldest?.age === undefined ? '' : `, oldest good backup ${ageText(oldest.age)} ago (${oldest.job})`
  return plain(`${count} as expected${age}`)
}

/** Names are snake_case; times are seconds. Limits that differ between jobs are left out. */
function performance({ jobs }: Checked, limits: CheckLimits): string {
  const count = (wanted: (job: JobCheck) => boolean): number => jobs.filter(wanted).length
  const most = (values: readonly (number | undefined)[]): number | undefined => {
    const known = values.filter((value) => value !== undefined)
    return known.length === 0 ? undefined : Math.max(...known)
  }
  const item = (
    name: string,
    value: number | undefined,
    {
      unit = '',
      of = { warning: undefined, critical: undefined },
    }: { unit?: string; of?: CheckLimits['age'] } = {},
  ): string[] =>
    value === undefined
      ? []
      : [`${name}=${value}${unit};${of.warning?.text ?? ''};${of.critical?.text ?? ''};0;`]
  return [
    ...item('jobs_expected', jobs.length),
    ...item(
      'jobs_seen',
      count(({ verdict }) => verdict !== undefined),
    ),
    ...item(
      'jobs_ok',
      count(({ state }) => state === 'ok'),
    ),
    ...item(
      'jobs_warning',
      count(({ state }) => state === 'warning'),
    ),
    ...item(
      'jobs_critical',
      count(({ state }) => state === 'critical'),
    ),
    ...item(
      'jobs_failed',
      count(({ verdict }) => verdict === 'failed' || verdict === 'stalled'),
    ),
    ...item(
      'jobs_skipped',
      count(({ verdict }) => verdict === 'skipped'),
    ),
    ...item('oldest_success_age', most(jobs.map(({ age }) => age)), { unit: 's', of: limits.age }),
    ...item('oldest_full_age', most(jobs.map(({ fullAge }) => fullAge)), { unit: 's', of: limits.fullAge }),
    ...item('longest_chain_sets', most(jobs.map(({ chainSets }) => chainSets)), { of: limits.chain }),
  ].join(' ')
}

function worstFirst(jobs: readonly JobCheck[]): JobCheck[] {
  const rank: Readonly<Record<PluginState, number>> = { ...pluginStates, unknown: 1.5 }
  return [...jobs].sort((a, b) => rank[b.state] - rank[a.state])
}

const sentences = (findings: readonly Finding[]): string => findings.map(({ text }) => text).join('; ')

/** Text without control characters, and without the bar that begins performance data. */
function plain(text: string): string {
  return printable(text).replaceAll('|', '\\x7c')
}
