import { expect, test } from '@jest/globals'
import { summaryMail } from '../../../src/report/summary-mail.ts'
import type { JobResult, RunSummary } from '../../../src/report/summary.ts'
import { summaryTable } from '../../../src/report/summary-table.ts'

const result = (job: string, more: Partial<JobResult> = {}): JobResult => ({
  job,
  source: job,
  destination: `file:///b${job}`,
  verdict: 'ok',
  reason: undefined,
  kind: 'incremental',
  files: { new: 1, changed: 2, deleted: 3 },
  bytesUploaded: 4096,
  start: 1000,
  end: 1060,
  notes: [],
  log: `/log${job}.log`,
  ...more,
})

const summary = (jobs: readonly JobResult[], more: Partial<RunSummary> = {}): RunSummary => ({
  runId: 'r1',
  start: 1000,
  end: 1100,
  dryRun: false,
  jobs,
  notices: [],
  signal: undefined,
  ...more,
})

const failed = result('/home', {
  verdict: 'failed',
  reason: { code: 'backend-denied', text: 'The destination refused\nthe password.' },
})
const skipped = result('/srv', {
  verdict: 'skipped',
  reason: { code: 'missing', text: '/srv does not exist' },
  log: undefined,
})
const mail = (given: RunSummary): string[] =>
  summaryMail(given, { host: 'web01', lastSuccess: (job) => (job === '/home' ? 1100 - 90_000 : undefined) })

test('the subject tells it all, reasons come first and errors again at the end', () => {
  const lines = mail(summary([result('/etc'), skipped, failed]))
  expect(lines[0]).toBe(
    'Subject: [duba] FAILED on web01: 3 jobs: 1 failed, 1 skipped, 1 ok - /home: The destination refused\\nthe password.',
  )
  expect(lines[5]).toBe('')
  expect(lines[6]).toBe('Verdict: FAILED (exit status 1)')
  const at = lines.indexOf('What went wrong')
  expect(lines.slice(at + 2, at + 6)).toEqual([
    'FAILED  /home: The destination refused\\nthe password.',
    expect.stringMatching(/^ {4}last good backup: 19(69|70)-.*, 1 day ago$/),
    '    log: /log/home.log',
    'SKIPPED  /srv: /srv does not exist',
  ])
  expect(lines.slice(-3)).toEqual([
    'Errors again',
    '------------',
    '/home: The destination refused\\nthe password.',
  ])
})

test('a good run needs few words', () => {
  const lines = mail(summary([result('/etc')]))
  expect(lines[0]).toBe('Subject: [duba] OK on web01: 1 job: 1 ok')
  expect(lines).not.toContain('What went wrong')
  expect(lines).not.toContain('Errors again')
})

test('what was skipped makes no bad run of a good one', () => {
  const [subject] = mail(summary([result('/etc'), skipped]))
  expect(subject).toBe('Subject: [duba] OK on web01: 2 jobs: 1 skipped, 1 ok - /srv: /srv does not exist')
  expect(mail(summary([skipped]))[0]).toContain('[duba] SKIPPED on web01')
})

test('a subject that is not ASCII is encoded, and one that is long is cut', () => {
  const [subject = ''] = mail(
    summary([{ ...failed, reason: { code: 'x', text: `Zürich ${'ß'.repeat(300)}` } }]),
  )
  expect(subject).toMatch(/^[ -~\n]+$/)
  for (const line of subject.split('\n')) expect(line.length).toBeLessThanOrEqual(84)
  const words = [...subject.matchAll(/=\?utf-8\?B\?([^?]+)\?=/g)].map(([, word = '']) =>
    Buffer.from(word, 'base64'),
  )
  expect(Buffer.concat(words).toString()).toMatch(
    /^\[duba\] FAILED on web01: 1 job: 1 failed - \/home: Zürich ß+…$/,
  )
})

test('an interrupted run says so', () => {
  expect(mail(summary([failed], { signal: 'SIGTERM' }))[0]).toContain('[duba] INTERRUPTED on web01')
})

test('the table names reasons by their codes and says them below, the worst last', () => {
  const lines = summaryTable(summary([failed, result('/etc'), skipped]))
  expect(lines[1]).toMatch(/^\/home +failed +incremental .* backend-denied$/)
  expect(lines.slice(-3)).toEqual([
    'skipped: /srv: /srv does not exist',
    'failed: /home: The destination refused\\nthe password.',
    '3 jobs: 1 failed, 1 skipped, 1 ok in 1 min 40 s; run r1',
  ])
})

test('the table leaves out columns that say nothing of any job', () => {
  const checked = result('/home', { kind: undefined, files: undefined, bytesUploaded: undefined })
  expect(summaryTable(summary([checked])).slice(0, 2)).toEqual([
    'JOB    VERDICT       TIME',
    '/home  ok       1 min 0 s',
  ])
})
