import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JobResult } from '../../../src/report/summary.ts'
import type { Verdict } from '../../../src/report/verdict.ts'
import { readLastRuns, recordRuns } from '../../../src/run/state.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'duba-state-'))
})
afterEach(() => {
  rmSync(dir, { recursive: true })
})

const result = (job: string, verdict: Verdict, end: number): JobResult => ({
  job,
  source: job,
  destination: `file:///b${job}`,
  verdict,
  reason: undefined,
  kind: undefined,
  files: undefined,
  bytesUploaded: undefined,
  start: end,
  end,
  notes: [],
  log: undefined,
})

const fail = (text: string): never => {
  throw new Error(text)
}

test('the last success outlives a failure; jobs of other runs stay', async () => {
  await recordRuns(dir, new Map(), {
    runId: 'r1',
    end: 0,
    results: [result('/a', 'warning', 0), result('/b', 'ok', 0)],
  })
  const before = await readLastRuns(dir, fail)
  await recordRuns(dir, before, { runId: 'r2', end: 100, results: [result('/a', 'failed', 100)] })
  const after = await readLastRuns(dir, fail)
  expect(after.get('/a')).toMatchObject({
    run_id: 'r2',
    verdict: 'failed',
    last_success: '1970-01-01T00:00:00Z',
  })
  expect(after.get('/b')).toMatchObject({ run_id: 'r1', verdict: 'ok' })
  expect(readdirSync(dir)).toEqual(['jobs.json'])
  expect(statSync(join(dir, 'jobs.json')).mode & 0o777).toBe(0o640)
})

test.each(['{', '[]', '{"version": 2, "jobs": {}}'])(
  'a file that is %s is told and not used',
  async (text) => {
    writeFileSync(join(dir, 'jobs.json'), text)
    const told: string[] = []
    expect((await readLastRuns(dir, (trouble) => told.push(trouble))).size).toBe(0)
    expect(told).toHaveLength(1)
  },
)

test('a malformed entry is left out', async () => {
  writeFileSync(join(dir, 'jobs.json'), '{"version": 1, "jobs": {"/a": {"verdict": "great"}}}')
  expect((await readLastRuns(dir, fail)).size).toBe(0)
})
