import { describe, expect, test } from '@jest/globals'
import { ofForeignHost, ofHost } from '../../../src/plan/foreign-host.ts'
import { nestedJobs, placesOf } from '../../../src/plan/place.ts'
import { findJob } from '../../../src/plan/plan.ts'
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
const expansion = {
  ...planned,
  jobs: planned.jobs.map((job) => (job.path === '/x' ? { ...job, name: `x@${job.name}` } : job)),
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

  test('above several jobs is all of them', () => {
    expect(placesOf(expansion, '/home').map(({ path }) => path)).toEqual(['/home/bob', '/home/eve'])
    expect(placesOf(expansion, '/var/www').map(({ path }) => path)).toEqual([
      '/var/www/html',
      '/var/www/html/nextcloud/data',
    ])
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
