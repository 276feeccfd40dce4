import { expect, test } from '@jest/globals'
import { metricFamilies, metricsText } from '../../../src/report/metrics.ts'
import { statusDocument, statusRun } from '../../support/status.ts'

const time = '2026-01-01T00:00:00Z'
const epoch = 1767225600
const backup = statusRun(time, { start: '2025-12-31T23:59:00Z', verdict: 'warning' })
const document = statusDocument(
  {
    '/etc': {
      source: '/etc',
      destination: 'file:///b',
      operations: {
        backup: { last: backup, last_success: time, runs: [backup] },
        prune: { last: { ...backup, verdict: 'failed', files: null }, last_success: null, runs: [backup] },
      },
      chain: { full_at: time, sets: 3, bytes: 12345 },
    },
    'a "b"\\\n\u001b': { source: '/a', destination: 'file:///b', operations: {} },
  },
  { updated: time, jobs: [{ job: '/etc', source: '/etc', configured: '/etc', max_age: null }] },
)

test('tells of every operation of every job', () => {
  const lines = metricsText(document).split('\n')
  expect(lines).toEqual(
    expect.arrayContaining([
      '# TYPE duba_job_verdict gauge',
      'duba_info{host="host-1",version="1.2.3"} 1',
      'duba_job_expected{duba_job="/etc"} 1',
      `duba_job_last_run_timestamp_seconds{duba_job="/etc",operation="backup"} ${epoch}`,
      `duba_job_last_success_timestamp_seconds{duba_job="/etc",operation="backup"} ${epoch}`,
      'duba_job_last_success_timestamp_seconds{duba_job="/etc",operation="prune"} 0',
      'duba_job_verdict{duba_job="/etc",operation="backup",verdict="warning"} 1',
      'duba_job_verdict{duba_job="/etc",operation="backup",verdict="failed"} 0',
      'duba_job_verdict{duba_job="/etc",operation="prune",verdict="failed"} 1',
      'duba_job_last_run_duration_seconds{duba_job="/etc",operation="backup"} 60',
      'duba_job_uploaded_bytes{duba_job="/etc",operation="backup"} 1000',
      'duba_job_source_bytes{duba_job="/etc"} 5000',
      'duba_job_source_files{duba_job="/etc"} 10',
      'duba_job_files{duba_job="/etc",operation="backup",change="changed"} 2',
      `duba_job_chain_full_timestamp_seconds{duba_job="/etc"} ${epoch}`,
      'duba_job_chain_sets{duba_job="/etc"} 3',
      'duba_job_chain_bytes{duba_job="/etc"} 12345',
    ]),
  )
  expect(lines.slice(-2)).toEqual(['# EOF', ''])
})

test('what has vanished is not waited for', () => {
  const job = { job: '/etc', source: '/etc', configured: '/', max_age: null, vanished: true } as const
  const text = metricsText({ ...document, expected: { updated: time, jobs: [job] } })
  expect(text).toContain('duba_job_expected{duba_job="/etc"} 0\n')
})

test('label values are escaped, and stay in their line', () => {
  expect(metricsText(document)).toContain('duba_job_expected{duba_job="a \\"b\\"\\\\\\\\n\\\\x1b"} 0\n')
})

test('each line is one that both formats know', () => {
  const sample = /^[a-z_]+(\{([a-z_]+="([^"\\\n]|\\["\\n])*",?)+\})? -?[0-9.e+]+$/
  for (const line of metricsText(document).trimEnd().split('\n')) {
    if (!/^# (HELP [a-z_]+ [^"\\]+|TYPE [a-z_]+ gauge|EOF)$/.test(line)) expect(line).toMatch(sample)
  }
})

test('a document of nothing gives text of nothing but the head', () => {
  expect(
    metricsText(statusDocument({}))
      .split('\n')
      .filter((line) => !line.startsWith('#')),
  ).toEqual([
    'duba_info{host="host-1",version="1.2.3"} 1',
    expect.stringMatching(/^duba_status_updated_timestamp_seconds \d+$/),
    '',
  ])
})

test('names are distinct and gauges, which have no reserved endings', () => {
  const names = metricFamilies.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(/^duba_[a-z_]+(?<!_(total|count|sum|bucket|created))$/)
})
