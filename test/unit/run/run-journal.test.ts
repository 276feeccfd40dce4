import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { isAlive, thisProcess } from '../../../src/run/process-identity.ts'
import {
  addToJournal,
  deadRuns,
  openRunJournal,
  removeRunJournal,
  type RunOpening,
} from '../../../src/run/run-journal.ts'
import { readStatusFile, recordRuns } from '../../../src/run/status-file.ts'
import { finished, settings } from '../../support/status.ts'
import { useTempDir } from '../../support/temp.ts'

const dir = useTempDir('journal')
const path = join(dir, 'running-r-1.jsonl')
const job = (name: string) => ({ job: name, source: name, destination: `file:///b${name}` })
const opening: RunOpening = {
  ...{ runId: 'r-1', operation: 'backup', start: 1000, host: 'h', version: '1' },
  jobs: [job('/a'), job('/b')],
}

/** Makes another process of the one that wrote the journal. */
function bury(): void {
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, text.replace(/"started":"[^"]*"/, '"started":"another boot 1"'))
}

beforeEach(async () => {
  await removeRunJournal(dir, 'r-1')
})

describe('the journal of a run', () => {
  test('says nothing while its process lives', async () => {
    await openRunJournal(dir, opening, undefined)
    expect(isAlive(thisProcess())).toBe(true)
    expect(await deadRuns(dir)).toEqual([])
  })

  test('of a process that is gone gives what was done, and failures for the rest', async () => {
    await openRunJournal(dir, opening, undefined)
    await addToJournal(dir, 'r-1', [finished('/a', 1060)])
    bury()
    writeFileSync(path, `${readFileSync(path, 'utf8')}{"job":"/b","cut`)
    const [dead] = await deadRuns(dir)
    expect(dead?.runs).toMatchObject([
      { job: '/a', verdict: 'ok', end: 1060 },
      { job: '/b', verdict: 'failed', reason: { code: 'interrupted' }, start: 1000 },
    ])
  })

  test('is seen by readers of the status document, and taken into it by the next run', async () => {
    await openRunJournal(dir, opening, undefined)
    bury()
    const status = join(dir, 'status.json')
    const seen = await readStatusFile(status)
    expect(seen).toMatchObject({ state: 'good', document: { host: 'h', jobs: { '/a': {}, '/b': {} } } })
    const recording = { runId: 'r-2', now: 9_000_000_000, redact: (text: string) => text }
    await recordRuns(dir, [finished('/a', 9_000_000_000)], settings, recording, () => undefined)
    expect(readdirSync(dir).filter((name) => name.startsWith('running-'))).toEqual([])
    const { jobs } = JSON.parse(readFileSync(status, 'utf8')) as {
      jobs: Record<string, { operations: { backup: { runs: { run_id: string; verdict: string }[] } } }>
    }
    expect(jobs['/a']?.operations.backup.runs.map((run) => [run.run_id, run.verdict])).toEqual([
      ['r-1', 'failed'],
      ['r-2', 'ok'],
    ])
  })
})

test('a process of before a reboot, and one that never was, are gone', () => {
  expect(isAlive({ ...thisProcess(), started: 'another boot 1' })).toBe(false)
  expect(isAlive({ pid: 2 ** 22 + 1, started: '' })).toBe(false)
})
