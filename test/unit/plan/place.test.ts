import { describe, expect, test } from '@jest/globals'
import { ofForeignHost, ofHost } from '../../../src/plan/foreign-host.ts'
import { nestedJobs, placesOf } from '../../../src/plan/place.ts'
import { findJob } from '../../../src/plan/plan.ts'
import type { Expansion } from '../../../src/plan/expand.ts'
import { type Stored, type StoredExpansion, withStored } from '../../../src/plan/stored.ts'
import { placeInUrl } from '../../../src/plan/url-place.ts'
import { plan } from '../../support/plan.ts'

const planned = await plan(
  {
    backup_sources: [
      { path: '/var/www/html/' },
      { path: '/var/www/html/nextcloud/data' },
      { path: '/home', divide: true },
      { path: '/off', state: 'absent' },
      { path: '/x', name: 'near', dest: 'file:///near' },
      { path: '/x', name: 'far', dest: 'file:///far' },
    ],
  },
  { '/var/www/html/': [], '/var/www/html/nextcloud/data': [], '/home': ['bob/', 'eve/'], '/x': [] },
)
/** As jobs of one source with several destinations are named. */
const expansion = storing(
  {
    ...planned,
    jobs: planned.jobs.map((job) => (job.path === '/x' ? { ...job, name: `x@${job.name}` } : job)),
  },
  { entries: [], whole: undefined, troubles: [] },
)

/** The plan, with the same stored at the destination of each divided source. */
function storing(plan: Expansion, stored: Stored): StoredExpansion {
  return withStored(
    plan,
    plan.divided.map((source) => ({ ...source, stored })),
  )
}

describe('the place of a path', () => {
  test.each([
    ['/var/www/html/index', '/var/www/html/', 'index'],
    ['/var/www/html//nextcloud/./data/a b/', '/var/www/html/nextcloud/data', 'a b'],
    ['/var/www/html', '/var/www/html/', ''],
    ['/home/gone/x', '/home/gone', 'x'],
    ['/off/y', '/off', 'y'],
    ['x@far', 'x@far', ''],
  ])('%s is in job %s', (word, job, inside) => {
    const places = placesOf(expansion, word)
    expect(places.map(({ jobs }) => jobs[0].name)).toEqual([job])
    expect(places[0]?.inside).toBe(inside)
  })

  test('may have been in those of directories above, the nearest first', () => {
    const [place] = placesOf(expansion, '/var/www/html/nextcloud/data/a')
    const before = (found = place): unknown => found?.before.map(({ job, inside }) => [job.name, inside])
    expect(before()).toEqual([['/var/www/html/', 'nextcloud/data/a']])
    expect(before(placesOf(expansion, '/var/www/html/x')[0])).toEqual([])
    const [outer] = placesOf(expansion, '/var/www/html/nextcloud')
    expect([outer?.jobs[0].name, before(outer)]).toEqual(['/var/www/html/', []])
  })

  test('above several jobs is all of them', () => {
    expect(placesOf(expansion, '/home').map(({ path }) => path)).toEqual(['/home/bob', '/home/eve'])
    expect(placesOf(expansion, '/var/www').map(({ path }) => path)).toEqual([
      '/var/www/html',
      '/var/www/html/nextcloud/data',
    ])
  })

  describe('of a divided source', () => {
    const divide = { min_size: 10 }
    const planned = (tree: Parameters<typeof plan>[1]) =>
      plan(
        {
          backup_sources: [{ path: '/home', name: 'homes', divide }],
        },
        tree,
      )
    const names = (expansion: StoredExpansion, word: string): string[] =>
      placesOf(expansion, word).map(({ jobs, inside }) => jobs[0].name + (inside === '' ? '' : ` ${inside}`))

    test('that is gone from the disk, entries are those of the destination, and the outer ones come first', async () => {
      const gone = storing(await planned({}), { entries: ['bob', 'eve'], whole: true, troubles: [] })
      expect(names(gone, '/home')).toEqual(['homes', 'homes/bob', 'homes/eve'])
      expect(names(gone, 'homes')).toEqual(['homes', 'homes/bob', 'homes/eve'])
      expect(names(gone, '/home/eve/x')).toEqual(['homes/eve x'])
      expect(names(gone, '/home/small/x')).toEqual(['homes small/x'])
      expect(placesOf(gone, '/home').map(({ guessed }) => guessed)).toEqual([false, false, false])
    })

    test('whose destination cannot be listed, the entries that were put together may be there', async () => {
      const places = placesOf(
        storing(await planned({}), { entries: ['bob'], whole: undefined, troubles: [] }),
        '/home',
      )
      expect(places.map(({ path, guessed }) => [path, guessed])).toEqual([
        ['/home', true],
        ['/home/bob', false],
      ])
    })

    test('that has nothing at its destination, nothing is guessed', async () => {
      const none = storing(await planned({}), { entries: [], whole: false, troubles: [] })
      expect(() => names(none, '/home')).toThrow(/none is there now, and no backups of any were found/)
      expect(names(none, '/home/bob')).toEqual(['homes/bob'])
    })

    test('an entry that was put together with others is found there', async () => {
      const there = storing(await planned({ '/home': ['bob', 'small'] }), {
        entries: ['old'],
        whole: undefined,
        troubles: [],
      })
      expect(names(there, '/home/small/x')).toEqual(['homes small/x'])
      expect(names(there, '/home/gone')).toEqual(['homes/gone'])
      expect(names(there, '/home')).toEqual(['homes', 'homes/old'])
    })
  })

  test('of several destinations the first comes first, or the one that is named', () => {
    const names = (dest?: string): string[] =>
      placesOf(expansion, '/x/y', dest).flatMap(({ jobs }) => jobs.map(({ name }) => name))
    expect(names()).toEqual(['x@near', 'x@far'])
    expect(names('far')).toEqual(['x@far'])
    expect(() => names('nowhere')).toThrow(/not backed up to a destination called "nowhere"/)
  })

  test('what is backed up on its own below is known', () => {
    const [place] = placesOf(expansion, '/var/www/html')
    expect(place && nestedJobs(expansion, place)).toEqual(['/var/www/html/nextcloud/data'])
  })

  test('is none, with what may have been meant', () => {
    expect(() => placesOf(expansion, '/ofg')).toThrow(expect.objectContaining({ hint: 'Did you mean /off?' }))
  })
})

test.each([
  ['/etc/ssh', 'ssh', '/etc/ssh'],
  ['ssh/x', 'ssh/x', '/etc/ssh/x'],
  ['.', '', '/etc'],
  ['/srv/web1/etc', '', '/srv/web1/etc'],
])('in a repository of /etc, %s is "%s"', (word, inside, path) => {
  const job = { ...findJob(expansion, '/off'), destination: 'file:///srv/web1/etc' }
  expect(placeInUrl(job, word)).toMatchObject({ inside, path })
  expect(() => placeInUrl(job, '/var/x')).toThrow(expect.objectContaining({ code: 'USAGE' }))
})

test('the name of a host stands for {host}, that of another only where the URL has it', () => {
  const config = {
    backup_dest: 'swift://{host}',
    backup_sources: [
      { path: '/a', cache_dir: '/c' },
      { path: '/b', dest: 'file:///b' },
    ],
  }
  expect(ofHost(config, 'web1').backup_dest).toBe('swift://web1')
  expect(ofForeignHost(config, 'db2')).toEqual({
    backup_dest: 'swift://db2',
    backup_sources: [{ path: '/a' }],
  })
  expect(() => ofForeignHost({ ...config, backup_dest: 'swift://x' }, 'db2')).toThrow(/cannot be told/)
  expect(() => ofForeignHost(config, '../db2')).toThrow(/cannot be told/)
})
