/** A divided source whose small entries are put together, with real engines: who has a job of its own, and what is told of it. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
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

/** A moment when nothing but the large entry had a job of its own. */
let early = ''

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
  early = new Date().toISOString().replace(/\.\d+/, '')
  await sleep(1100)
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
  })

  test('that has left the others is found among them, as it was before', async () => {
    const to = site.at('restored')
    const ran = await site.run('restore', home('grows'), '--to', to, '--time', early)
    expect([ran.status, ran.stderr]).toEqual([0, ''])
    expect(ran.stdout).toContain(`${site.destination}/grows was passed over: There is no backup of`)
    expect(readFileSync(join(to, 'grows/9'))).toEqual(noise('grows 40000 9', 4000))
    const listed = await site.run('ls', home('grows'), '--time', early)
    expect([listed.status, listed.stdout.trim().split('\n').length]).toEqual([0, 11])
    expect((await site.run('ls', home('grows/9'), '--time', early)).stdout).toContain(home('grows/9'))
    expect((await site.run('find', '9', home('grows'), '--time', early)).stdout).toContain(home('grows/9'))
    // Now it is where it is now.
    await site.run('restore', home('grows'), '--to', site.at('now'))
    expect(readFileSync(site.at('now/grows/9'))).toEqual(noise('grows 200000 9', 20_000))
  })

  test('that never was among them is told by its own job', async () => {
    for (const words of [['restore', '--to', site.at('none')], ['ls']]) {
      const { status, stderr } = await site.run(...words, home('grows/never'), '--time', early)
      expect([status, stderr]).toEqual([1, expect.stringContaining('There is no backup of')])
    }
    const { stdout, stderr } = await site.run('diff', early, 'now', home('grows'))
    expect([stdout, stderr]).toEqual(['', expect.stringContaining('There is no backup of')])
  })

  test('that has left them is no excuse for what shrinks afterwards', async () => {
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
