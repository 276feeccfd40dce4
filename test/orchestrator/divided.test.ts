/** A divided source whose small entries are put together, with real engines: who has a job of its own, and what is told of it. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { StatusDocument } from '../../src/report/status-document.ts'
import { noise } from '../support/tree.ts'
import { useTempDir } from '../support/temp.ts'
import { type JobSummary, Site } from './site.ts'

jest.setTimeout(180_000)

const site = new Site(useTempDir('divided-jobs'))
const home = (path: string): string => join(site.source, path)

/** An entry of ten files. */
function put(entry: string, bytes: number): void {
  mkdirSync(home(entry), { recursive: true })
  for (let each = 0; each < 10; each += 1)
    writeFileSync(home(`${entry}/${each}`), noise(`${entry} ${bytes} ${each}`, bytes / 10))
}

const jobs = (found: readonly JobSummary[]): Record<string, string> =>
  Object.fromEntries(
    found.map(({ job, verdict, kind, reason }) => {
      const name = job.slice(site.source.length).replace(/^\//, '') || 'the rest'
      return [name, [verdict, reason?.code ?? kind].join(' ')]
    }),
  )

beforeAll(async () => {
  put('large', 200_000)
  for (const name of ['small', 'grows', 'other']) put(name, 40_000)
  site.configure({ divide: { min_size: 100_000 }, hooks: {} }, { hooks: {} })
  expect(jobs((await site.backupWell()).jobs)).toEqual({ large: 'ok full', 'the rest': 'ok full' })
})

describe('an entry', () => {
  test('that has outgrown the others leaves them, which have not shrunk for that; nothing old goes then', async () => {
    put('grows', 200_000)
    for (const name of ['small', 'other']) put(name, 30_000)
    const { jobs: ended } = await site.backupWell('--full')
    expect(jobs(ended)).toEqual({ large: 'ok full', grows: 'ok full', 'the rest': 'ok full' })
    const rest = ended.find(({ job }) => job === site.source)
    expect(rest?.notes).toEqual([
      {
        code: 'retention-blocked',
        text: expect.stringContaining('entries of the source have got jobs of their own'),
      },
    ])
    // What they are now is what they are compared with.
    for (const name of ['small', 'other']) rmSync(home(name), { recursive: true })
    put('left', 10)
    expect(jobs((await site.backup()).jobs)).toMatchObject({ 'the rest': 'failed source-shrunk' })
    await site.backupWell('--accept-shrink')
  })

  test('that has become small keeps its job, though its cache is lost', async () => {
    put('large', 10)
    rmSync(site.at('cache'), { recursive: true })
    await site.backupWell('--accept-shrink')
    rmSync(site.at('cache'), { recursive: true })
    rmSync(site.at('state'), { recursive: true })
    expect(jobs((await site.backupWell()).jobs)).toEqual({
      large: 'ok incremental',
      grows: 'ok incremental',
      'the rest': 'ok incremental',
    })
  })

  test('keeps its job by what is remembered, where the destination tells nothing', async () => {
    rmSync(site.at('cache'), { recursive: true })
    rmSync(site.at('dest'), { recursive: true })
    const { jobs: ended } = await site.backup()
    expect(Object.keys(jobs(ended))).toEqual(['grows', 'large', 'the rest'])
    const known = JSON.parse(readFileSync(site.at('state/status.json'), 'utf8')) as StatusDocument
    expect(known.jobs[site.source]?.operations.backup?.last_good?.apart).toEqual(['grows', 'large'])
  })
})
