/** `duba prune` of a divided source on a machine that has not got it, with real engines. */
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals'
import { useTempDir } from '../support/temp.ts'
import { type Ran, Site } from './site.ts'

jest.setTimeout(180_000)

const site = new Site(useTempDir('prune-elsewhere'))
const url = `file://${site.at('dest')}/{host}`

const machine = (source: object = {}, keys: object = {}): void => {
  site.configure(
    { divide: true, hooks: {}, ...source },
    { host: 'web1', backup_dest: url, prune: false, hooks: {}, ...keys },
  )
}

/** The trusted machine: the same configuration, and nothing else of the host. */
const trusted = (source: object = {}, keys: object = {}): void => {
  for (const name of ['cache', 'state', 'log', 'src']) rmSync(site.at(name), { recursive: true, force: true })
  machine(source, keys)
}

const prune = (...args: string[]): Promise<Ran> => site.run('prune', '--json', ...args)

/** Number of full backups of each entry, and of those that were put together. */
const fulls = (): Record<string, number> => {
  const place = `${site.at('dest')}/web1${site.source}`
  const count = (path: string): number =>
    readdirSync(path).filter((name) => /^duplicity-full\..*\.manifest$/.test(name)).length
  const entries = readdirSync(place, { withFileTypes: true }).filter((each) => each.isDirectory())
  const all = entries.map(({ name }) => [name, count(join(place, name))] as const)
  return Object.fromEntries([...all, ['', count(place)] as const].filter(([, number]) => number > 0))
}

const results = ({ jobs }: Ran): unknown[] =>
  jobs.map(({ job, verdict, notes }) => [job.slice(site.source.length), verdict, notes.at(-1)?.code])

beforeAll(async () => {
  const put = (entry: string, bytes: number): void => {
    mkdirSync(join(site.source, entry), { recursive: true })
    writeFileSync(join(site.source, entry, 'file'), 'x'.repeat(bytes))
  }
  for (const entry of ['alice', 'bob', 'gone']) put(entry, 5000)
  put('small', 10)
  machine({ divide: { min_size: 4000 } })
  await site.backupWell()
  await sleep(1100)
  await site.backupWell('--full')
  rmSync(join(site.source, 'gone'), { recursive: true })
  await sleep(1100)
  site.save()
})
beforeEach(() => {
  site.reset()
})
afterEach(() => {
  site.clear()
})

test('every stored entry is pruned by all rules of its job, and nothing is deleted twice', async () => {
  expect(fulls()).toEqual({ '': 2, alice: 2, bob: 2, gone: 2 })
  trusted()
  const tried = await prune('--dry-run')
  expect([tried.status, fulls()]).toEqual([0, { '': 2, alice: 2, bob: 2, gone: 2 }])
  const ran = await prune()
  expect([ran.status, ...results(ran)]).toEqual([
    0,
    ['/alice', 'ok', 'pruned'],
    ['/bob', 'ok', 'pruned'],
    ['/gone', 'ok', 'pruned'],
    ['', 'ok', 'pruned'],
  ])
  expect(fulls()).toEqual({ '': 1, alice: 1, bob: 1, gone: 1 })
})

test('the last complete chain stays, however old, because nobody here knows who has vanished', async () => {
  trusted({ retention_time: '1s', keep_full: undefined, orphan_grace: 0 })
  const ran = await prune()
  expect([ran.status, fulls()]).toEqual([0, { '': 1, alice: 1, bob: 1, gone: 1 }])
  expect((await prune()).status).toBe(0)
  expect(fulls()).toEqual({ '': 1, alice: 1, bob: 1, gone: 1 })
})

test('--host takes the backups of the other host, whatever lies here, and is not remembered', async () => {
  trusted({}, { host: 'admin' })
  mkdirSync(join(site.source, 'mallory'), { recursive: true })
  const named = await prune('--host', 'web1', join(site.source, 'alice'))
  expect([named.status, ...results(named)]).toEqual([0, ['/alice', 'ok', 'pruned']])
  expect(fulls()).toEqual({ '': 2, alice: 1, bob: 2, gone: 2 })
  const ran = await prune('--host', 'web1')
  expect([ran.status, results(ran).length]).toEqual([0, 4])
  expect(fulls()).toEqual({ '': 1, alice: 1, bob: 1, gone: 1 })
  expect(readdirSync(site.at('state'))).not.toContain('status.json')
})

test('another directory at the path of the source says nothing of what has vanished', async () => {
  trusted({ divide: true })
  mkdirSync(join(site.source, 'mallory'), { recursive: true })
  const ran = await prune()
  expect([ran.status, results(ran).map((result) => (result as string[])[0])]).toEqual([
    0,
    ['/alice', '/bob', '/gone', ''],
  ])
  expect(fulls()).toEqual({ '': 1, alice: 1, bob: 1, gone: 1 })
})

test('the host itself knows who has vanished, and with its source gone deletes nothing after a failure', async () => {
  const own = await prune()
  expect(results(own)).toContainEqual(['/gone', 'ok', 'nothing-to-prune'])
  expect(fulls()).toEqual({ '': 1, alice: 1, bob: 1, gone: 2 })
  site.reset()
  renameSync(site.source, site.at('aside'))
  expect((await site.backup()).status).toBe(3)
  const ran = await prune()
  expect([ran.status, fulls()]).toEqual([3, { '': 2, alice: 2, bob: 2, gone: 2 }])
  expect(ran.jobs.map(({ reason }) => reason?.code)).toEqual(Array(4).fill('retention-blocked'))
})

test('a destination that cannot be listed is told, and nothing is said to be well', async () => {
  trusted({}, { host: 'admin' })
  const ran = await prune()
  expect([ran.status, ran.jobs[0]?.reason]).toEqual([
    3,
    { code: 'retention-blocked', text: expect.stringContaining(`duba prune ${site.source}/ENTRY`) },
  ])
})

test('a source that is switched off keeps everything', async () => {
  trusted({ state: 'absent' })
  const ran = await prune()
  expect([ran.status, ran.jobs, fulls()]).toEqual([0, [], { '': 2, alice: 2, bob: 2, gone: 2 }])
})
