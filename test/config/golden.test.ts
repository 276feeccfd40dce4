/**
 * Configurations of the original duba give the jobs that they gave before there was anything new:
 * golden/original-jobs.json was written by the version before. What came since may only be added to a command line.
 */
import { expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { parseConfig } from '../../src/config/load.ts'
import { backupArgv } from '../../src/plan/engine-argv.ts'
import { nothingStored } from '../../src/plan/expand.ts'
import type { Job } from '../../src/plan/job.ts'
import { planJobs } from '../../src/plan/plan.ts'
import { treeOf } from '../support/plan.ts'

interface GoldenJob {
  readonly argv: readonly string[]
  readonly obstacle: string | null
}

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const golden = JSON.parse(read('golden/original-jobs.json')) as Readonly<
  Record<string, Readonly<Record<'jobs' | 'absent', readonly GoldenJob[]>>>
>

/** The words of `wanted` that are not in `given` in this order. */
function missingWords(wanted: readonly string[], given: readonly string[]): readonly string[] {
  let at = 0
  for (const word of given) if (word === wanted[at]) at += 1
  return wanted.slice(at)
}

test.each([
  ['lfops.json', '../../examples/lfops.json'],
  ['original-sftp.json', 'valid/original-sftp.json'],
])('%s gives the same jobs as before', async (name, path) => {
  const loaded = parseConfig(read(path), name)
  const tree = treeOf({
    '/etc': [],
    '/root': [],
    '/home': ['alice/', 'bob/', 'note', '.cache/'],
    '/var/spool/cron': [],
  })
  const { jobs, absent } = await planJobs(loaded, { tree, env: { HOME: '/root', PATH: '/bin' }, home: '/root', stored: nothingStored })
  const compare = (now: readonly Job[], before: readonly GoldenJob[] = []): void => {
    expect(now).toHaveLength(before.length)
    for (const [index, { argv, obstacle, ...same }] of before.entries()) {
      const job = now[index]
      expect(job).toMatchObject(same)
      expect(job?.obstacle?.code ?? null).toBe(obstacle)
      expect(job === undefined ? argv : missingWords(argv, backupWords(job))).toEqual([])
    }
  }
  compare(jobs, golden[name]?.jobs)
  compare(absent, golden[name]?.absent)
})

function backupWords(job: Job): string[] {
  const writer = { host: 'host', machine: undefined }
  return backupArgv(job, { full: false, dryRun: false, writer, takeOver: false, threads: undefined })
}
