import { expect, test } from '@jest/globals'
import { checkJob, type CheckLimits } from '../../../src/report/check-jobs.ts'
import { checkOutput, stateOf } from '../../../src/report/check-output.ts'
import type { StatusJob, StatusRun } from '../../../src/report/status-document.ts'
import { above } from '../../../src/report/threshold.ts'
import { statusDocument, statusRun } from '../../support/status.ts'

const now = Date.parse('2026-01-10T00:00:00Z') / 1000
const none = { warning: undefined, critical: undefined }
const limits: CheckLimits = { age: none, chain: none, fullAge: none, verifyAge: none }

const hoursAgo = (hours: number): string =>
  `${new Date((now - hours * 3600) * 1000).toISOString().slice(0, 19)}Z`

function backedUp(
  hours: number,
  more: Partial<StatusRun> = {},
  success: string | null = hoursAgo(hours),
): StatusJob {
  const last = statusRun(hoursAgo(hours), more)
  return {
    source: '/a',
    destination: 'file:///b',
    operations: { backup: { last, last_success: success, runs: [last] } },
  }
}

function check(job: StatusJob | undefined, given: Partial<CheckLimits> = {}, maxAge: number | null = null) {
  const document = statusDocument(job === undefined ? {} : { a: job })
  const { state, findings } = checkJob({ job: 'a', max_age: maxAge }, document, { ...limits, ...given }, now)
  return [state, ...findings.map(({ text }) => text)]
}

const because = (code: string, text: string) => ({ reason: { code, text } })

test.each([
  ['young enough', backedUp(3), ['ok', 'last good backup 3 hours ago']],
  ['a little ahead of our clock', backedUp(-0.05), ['ok', 'last good backup less than a minute ago']],
  [
    'dated in the future',
    backedUp(-48),
    ['critical', 'the last good backup is dated in the future (2026-01-12T00:00:00Z): is the clock right?'],
  ],
  ['late', backedUp(27), ['warning', 'the last good backup is 1 day old']],
  ['far too late', backedUp(53), ['critical', 'the last good backup is 2 days old']],
  ['never seen', undefined, ['critical', 'is configured, but was never backed up']],
  [
    'failed since',
    backedUp(1, { verdict: 'failed', ...because('io-error', 'disk') }, hoursAgo(25)),
    ['critical', 'backup failed: disk'],
  ],
  [
    'never succeeded',
    backedUp(1, { verdict: 'failed', ...because('x', 'no') }, null),
    ['critical', 'backup failed: no', 'there is no good backup yet'],
  ],
  [
    'warned',
    backedUp(1, { verdict: 'warning', ...because('unreadable', '2') }),
    ['warning', 'backup warning: 2'],
  ],
  [
    'missing, and that is tolerated',
    backedUp(1, { verdict: 'skipped', ...because('missing', '/a does not exist') }, null),
    ['ok', 'skipped: /a does not exist'],
  ],
  [
    'never begun for want of time',
    backedUp(1, { verdict: 'skipped', ...because('outside-window', 'later') }, null),
    ['critical', 'there is no good backup yet'],
  ],
  [
    'skipped for days',
    backedUp(1, { verdict: 'skipped', ...because('outside-window', 'later') }, hoursAgo(60)),
    ['critical', 'the last good backup is 2 days old'],
  ],
] as const)('%s', (_, job, expected) => {
  expect(check(job)).toEqual(expected)
})

test('other operations count too; a failed prune only warns, a restore not at all', () => {
  const job = backedUp(1)
  const bad = { last: statusRun(hoursAgo(1), { verdict: 'failed' }), last_success: null, runs: [] }
  const with_ = (name: string): StatusJob => ({ ...job, operations: { ...job.operations, [name]: bad } })
  expect(check(with_('prune'))[0]).toBe('warning')
  expect(check(with_('verify'))[0]).toBe('critical')
  expect(check(with_('restore'))[0]).toBe('ok')
})

test('limits of the configuration, and of the command line over them', () => {
  expect(check(backedUp(3), {}, 2 * 3600)[0]).toBe('warning')
  expect(check(backedUp(5), {}, 2 * 3600)[0]).toBe('critical')
  expect(check(backedUp(5), { age: { warning: above(36_000), critical: undefined } }, 7200)[0]).toBe('ok')
})

test('chains, full backups and verifies have limits where they are asked for', () => {
  const job: StatusJob = { ...backedUp(1), chain: { full_at: hoursAgo(24 * 40), sets: 41, bytes: null } }
  expect(check(job, { chain: { warning: above(40), critical: above(60) } })).toEqual([
    'warning',
    'the newest chain has 41 backup sets',
  ])
  expect(check(job, { fullAge: { warning: undefined, critical: above(30 * 86_400) } })).toEqual([
    'critical',
    'the last full backup is 40 days old',
  ])
  expect(check(job, { verifyAge: { warning: above(1), critical: undefined } })).toEqual([
    'warning',
    'it was never verified',
  ])
})

test('the output has the worst first, performance data in snake_case, and no bar or control character of its own', () => {
  const document = statusDocument({
    good: backedUp(3),
    'b|a\nd': backedUp(1, { verdict: 'failed', ...because('x', 'a|b\u001b[31m') }, hoursAgo(30)),
  })
  const jobs = ['good', 'b|a\nd', 'new'].map((job) => checkJob({ job, max_age: null }, document, limits, now))
  const checked = { jobs, findings: [], remarks: ['from | here'] }
  expect(stateOf(checked)).toBe('critical')
  const [first = '', ...more] = checkOutput(checked, limits, 'bad')
  expect(first).toBe(
    'CRITICAL - 2 of 3 jobs: b\\x7ca\\nd: backup failed: a\\x7cb\\x1b[31m (and 1 more)' +
      '|jobs_expected=3;;;0; jobs_seen=2;;;0; jobs_ok=1;;;0; jobs_warning=0;;;0; jobs_critical=2;;;0;' +
      ' jobs_failed=1;;;0; jobs_skipped=0;;;0; oldest_success_age=108000s;;;0;',
  )
  expect(more).toEqual([
    'CRITICAL  b\\x7ca\\nd  backup failed: a\\x7cb\\x1b[31m; the last good backup is 1 day old',
    'CRITICAL  new        is configured, but was never backed up',
    'from \\x7c here',
  ])
  expect(checkOutput(checked, limits, 'all')).toHaveLength(5)
  expect(checkOutput(checked, limits, 'none')).toHaveLength(1)
})

test('all well: the oldest backup is named, with the limits given', () => {
  const document = statusDocument({ a: backedUp(3), b: backedUp(5) })
  const given = { ...limits, age: { warning: above(93_600), critical: above(187_200) } }
  const jobs = ['a', 'b'].map((job) => checkJob({ job, max_age: null }, document, given, now))
  const [first] = checkOutput({ jobs, findings: [], remarks: [] }, given, 'bad')
  expect(first).toMatch(/^OK - 2 jobs as expected, oldest good backup 5 hours ago \(b\)\|/)
  expect(first).toContain('oldest_success_age=18000s;93600;187200;0;')
})

test('an entry that has vanished is told of once, and grows no older', () => {
  const checkGone = (more: Partial<StatusRun>): unknown => {
    const document = statusDocument({ a: backedUp(1, more, hoursAgo(1000)) })
    const { state, age, findings } = checkJob(
      { job: 'a', max_age: 60, vanished: true },
      document,
      limits,
      now,
    )
    return [state, age, findings.map(({ text }) => text)]
  }
  expect(checkGone({ verdict: 'warning', ...because('vanished', 'it is gone') })).toEqual([
    'warning',
    undefined,
    ['backup warning: it is gone'],
  ])
  expect(checkGone({ verdict: 'skipped', ...because('orphan', 'it is gone') })).toEqual([
    'ok',
    undefined,
    ['it is gone'],
  ])
})
