import { afterEach, beforeEach, expect, test } from '@jest/globals'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StatusDocument } from '../../../src/report/status-document.ts'
import { readStatus, readStatusFile, recordRuns } from '../../../src/run/status-file.ts'
import { finished, schemaFaults, settings } from '../../support/status.ts'

let dir: string
let told: string[]
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'duba-status-'))
  told = []
})
afterEach(() => {
  rmSync(dir, { recursive: true })
})

const at = (name: string): string => join(dir, name)
const tell = (text: string): void => void told.push(text)
const record = (runs: Parameters<typeof recordRuns>[1], runId = 'r1', now = 1000): Promise<void> =>
  recordRuns(dir, runs, settings, { runId, now, redact: (text) => text.replaceAll('hunter2', '***') }, tell)
const document = (): StatusDocument => JSON.parse(readFileSync(at('status.json'), 'utf8')) as StatusDocument

test('keeps the last runs of every operation of each job, and the last success beyond them', async () => {
  await record([finished('/a', 100, { verdict: 'warning' }), finished('/b', 100)])
  for (const end of [200, 300, 400, 500]) {
    await record(
      [finished('/a', end, { verdict: 'failed', reason: { code: 'io-error', text: 'no' } })],
      `r${end}`,
    )
  }
  await record([finished('/a', 600, { operation: 'prune' })])
  const { jobs, ...head } = document()
  expect(head).toMatchObject({ version: 1, host: 'host-1', duba_version: '1.2.3', expected: null })
  const backup = jobs['/a']?.operations.backup
  expect(backup?.runs.map(({ run_id }) => run_id)).toEqual(['r300', 'r400', 'r500'])
  expect(backup?.last).toEqual(backup?.runs.at(-1))
  expect(backup?.last).toMatchObject({ start: '1970-01-01T00:07:20Z', end: '1970-01-01T00:08:20Z' })
  expect(backup?.last_success).toBe('1970-01-01T00:01:40Z')
  expect(jobs['/a']?.operations.prune?.runs).toHaveLength(1)
  expect(jobs['/b']?.operations.backup?.last.verdict).toBe('ok')
  expect(schemaFaults(document())).toEqual([])
  expect(readdirSync(dir).sort()).toEqual(['status-lock', 'status.json'])
  expect(statSync(at('status.json')).mode & 0o777).toBe(0o640)
  expect(told).toEqual([])
})

test('masks secrets and escapes control characters, also those that JSON leaves', async () => {
  const text = 'password hunter2 \u001b[31m\nnext\u009b\u202e'
  await record([finished('/a\u009b', 100, { verdict: 'failed', reason: { code: 'x', text } })])
  const written = readFileSync(at('status.json'), 'utf8')
  expect(written).not.toContain('hunter2')
  expect(written).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  const run = document().jobs['/a\u009b']?.operations.backup?.last
  expect(run?.reason?.text).toBe('password *** \\x1b[31m\\nnext\\x9b\\u202e')
})

test('a chain stays known to runs that do not see it; expected jobs stay where none are told', async () => {
  const chain = { fullAt: 50, sets: 2, bytes: 10 }
  const expected = [{ job: '/a', source: '/a', configured: '/a', max_age: null }]
  const common = { runId: 'r', now: 100, redact: (text: string) => text }
  await recordRuns(dir, [finished('/a', 100, { chain })], settings, { ...common, expected }, tell)
  await recordRuns(dir, [finished('/a', 200, { operation: 'restore' })], settings, common, tell)
  expect(document().jobs['/a']?.chain).toEqual({ full_at: '1970-01-01T00:00:50Z', sets: 2, bytes: 10 })
  expect(document().expected).toEqual({ updated: '1970-01-01T00:01:40Z', jobs: expected })
  expect(schemaFaults(document())).toEqual([])
})

test('jobs that nobody asks for are forgotten after more than a year of silence', async () => {
  await record([finished('/gone', 100)])
  await record([finished('/a', 101)], 'r', 300 * 86_400)
  expect(Object.keys(document().jobs)).toEqual(['/gone', '/a'])
  await record([finished('/a', 500 * 86_400)], 'r', 500 * 86_400)
  expect(Object.keys(document().jobs)).toEqual(['/a'])
})

test('jobs of odd names are jobs', async () => {
  await record([finished('__proto__', 100), finished('constructor', 100)])
  expect(Object.keys(document().jobs)).toEqual(['__proto__', 'constructor'])
  await record([finished('__proto__', 200)])
  const { jobs } = await readStatus(dir, settings, tell)
  expect(Object.entries(jobs)[0]?.[1].operations.backup?.runs).toHaveLength(2)
})

test.each(['{', '[]', '{"version": 2, "jobs": {}}', '{"version": 1, "jobs": {"/a": 1}}', 'null', ''])(
  'a file that is %s is told when read, and set aside when written',
  async (text) => {
    writeFileSync(at('status.json'), text)
    expect((await readStatus(dir, settings, tell)).jobs).toEqual({})
    expect(told).toHaveLength(1)
    expect(readFileSync(at('status.json'), 'utf8')).toBe(text)
    await record([finished('/a', 100)])
    expect(told[1]).toContain(at('status.json.set-aside-1970-01-01T001640Z'))
    expect(readFileSync(at('status.json.set-aside-1970-01-01T001640Z'), 'utf8')).toBe(text)
    expect(Object.keys(document().jobs)).toEqual(['/a'])
  },
)

test('what an older version remembered is taken over once', async () => {
  const old = {
    destination: 'file:///b',
    run_id: 'old',
    verdict: 'failed',
    reason: { code: 'x', text: 'y' },
    end: '2026-01-01T00:00:00Z',
    last_success: '2025-12-31T00:00:00Z',
  }
  writeFileSync(
    at('jobs.json'),
    JSON.stringify({ version: 1, jobs: { '/a': old, '/bad': { verdict: 'great' } } }),
  )
  const read = await readStatus(dir, settings, tell)
  expect(read.jobs['/a']?.operations.backup).toMatchObject({
    last: { run_id: 'old', verdict: 'failed' },
    last_success: '2025-12-31T00:00:00Z',
  })
  expect(existsSync(at('jobs.json'))).toBe(true)
  await record([finished('/b', 100)])
  expect(Object.keys(document().jobs)).toEqual(['/a', '/b'])
  expect(schemaFaults(document())).toEqual([])
  expect(existsSync(at('jobs.json'))).toBe(false)
  expect(told).toEqual([])
})

test('two writers at once lose nothing', async () => {
  await Promise.all(Array.from({ length: 8 }, (_, index) => record([finished(`/${index}`, 100)])))
  expect(Object.keys(document().jobs)).toHaveLength(8)
})

test('a directory that cannot be written is an error with a hint, and nothing is left over', async () => {
  writeFileSync(at('file'), '')
  await expect(
    recordRuns(at('file'), [], settings, { runId: 'r', now: 0, redact: (text) => text }, tell),
  ).rejects.toMatchObject({ code: 'STATE_UNWRITABLE' })
})

test('a missing file is missing, one that cannot be read unreadable', async () => {
  expect(await readStatusFile(at('status.json'))).toEqual({ state: 'missing' })
  expect(await readStatusFile(dir)).toMatchObject({ state: 'unreadable' })
})

test('what cannot be read is not set aside: it may be a good document', async () => {
  mkdirSync(at('status.json'))
  await expect(record([finished('/a', 100)])).rejects.toMatchObject({ code: 'STATE_UNWRITABLE' })
  expect(readdirSync(dir).filter((name) => name.startsWith('status.json'))).toEqual(['status.json'])
})

test('an unknown group is told; a known one may read the document', async () => {
  const common = { runId: 'r', now: 0, redact: (text: string) => text }
  await recordRuns(dir, [], { ...settings, group: 'no-such-group-here' }, common, tell)
  expect(told).toEqual([expect.stringContaining('there is no group "no-such-group-here" here')])
  expect(statSync(at('status.json')).mode & 0o777).toBe(0o640)
})
