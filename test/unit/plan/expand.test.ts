import { expect, test } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { parseConfig } from '../../../src/config/load.ts'
import { nothingStored } from '../../../src/plan/expand.ts'
import { planJobs } from '../../../src/plan/plan.ts'
import { plan, treeOf } from '../../support/plan.ts'

test('one job for each source, at backup_dest and the path', async () => {
  const { jobs } = await plan(
    { backup_sources: [{ path: '/etc' }, { path: '/var/lib/x.y', volsize: 5 }], backup_dest: 'swift://host' },
    { '/etc': [], '/var/lib/x.y': [] },
  )
  expect(jobs).toMatchObject([
    {
      name: '/etc',
      destination: 'swift://host/etc',
      logName: 'etc.log',
      archiveDir: undefined,
      cacheName: undefined,
      // MD5 of swift://host/etc, as duplicity names it.
      cacheDir: '/root/.cache/duplicity/702bf86f7108bf89bfc8b5487a90e197',
      volsize: 200,
      obstacle: undefined,
    },
    { name: '/var/lib/x.y', logName: 'var-lib-x-y.log', volsize: 5 },
  ])
})

test('a divided source has a job for each entry, files included', async () => {
  const { jobs } = await plan(
    { backup_sources: [{ path: '/home', divide: true, excludes: ['/home/bob/x', '/home/lost', '**.o'] }] },
    { '/home': ['bob/', 'a b', 'a-b', 'lost/', 'bad\ufffd'] },
  )
  expect(
    jobs.map(({ path, destination, logName, patterns, obstacle }) => [
      path,
      destination,
      logName,
      patterns.map(({ text }) => text),
      obstacle?.code,
    ]),
  ).toEqual([
    ['/home/bob', 'file:///b/home/bob', 'home-bob.log', ['/home/bob/x', '**.o'], undefined],
    ['/home/a b', 'file:///b/home/a b', 'home-a-b.log', ['**.o'], undefined],
    [
      '/home/a-b',
      'file:///b/home/a-b',
      expect.stringMatching(/^home-a-b-[0-9a-f]{8}\.log$/),
      ['**.o'],
      undefined,
    ],
    ['/home/lost', 'file:///b/home/lost', 'home-lost.log', ['/home/lost', '**.o'], 'excluded'],
    ['/home/bad\ufffd', 'file:///b/home/bad\ufffd', 'home-bad-.log', ['**.o'], 'name-unusable'],
  ])
})

test('a divided source with a destination and a name of its own', async () => {
  const { jobs } = await plan(
    { backup_sources: [{ path: '/srv/', name: 'srv', divide: true, dest: 'file:///d/' }] },
    { '/srv/': ['one'] },
  )
  expect(jobs).toMatchObject([
    { name: 'srv/one', path: '/srv/one', destination: 'file:///d/one', logName: 'srv-one.log' },
  ])
})

test('what cannot be started says why', async () => {
  const { jobs, absent } = await plan(
    {
      backup_sources: [
        { path: '/gone' },
        { path: '/locked' },
        { path: '/none', divide: true },
        { path: '/empty', divide: true },
        { path: '/off', state: 'absent' },
        { path: '/a/$HOME' },
        { path: '/a/$RECYCLE.BIN' },
      ],
    },
    { '/locked': 'error', '/empty': [], '/off': [], '/a/$HOME': [], '/a/$RECYCLE.BIN': [] },
    { HOME: '/root' },
  )
  expect(jobs.map(({ path, obstacle }) => [path, obstacle?.verdict, obstacle?.code])).toEqual([
    ['/gone', 'skipped', 'missing'],
    ['/locked', 'failed', 'source-unreadable'],
    ['/none', 'skipped', 'missing'],
    ['/empty', 'skipped', 'empty'],
    ['/a/$HOME', 'failed', 'name-unusable'],
    ['/a/$RECYCLE.BIN', undefined, undefined],
  ])
  expect(absent.map(({ path }) => path)).toEqual(['/off'])
})

test('excludes for all come first, without those that cannot match; those of a source stay as they are', async () => {
  const { jobs } = await plan(
    {
      backup_sources: [{ path: '/etc/', excludes: ['/elsewhere', '/etc/ssl'] }],
      backup_excludes: [
        '**/cache',
        '/etc/x',
        '/home/x',
        'relative',
        '*/y',
        '/e?c/*.o',
        '/',
        'ignorecase:**.BAK',
        '/etc',
      ],
    },
    { '/etc/': [] },
  )
  expect(jobs[0]?.patterns.map(({ text }) => text)).toEqual([
    ...['**/cache', '/etc/x', '/e?c/*.o', '/', 'ignorecase:**.BAK', '/etc'],
    ...['/elsewhere', '/etc/ssl'],
  ])
})

test('cache directories: one for all, one for a source, by XDG_CACHE_HOME', async () => {
  const sources = { backup_sources: [{ path: '/a', cache_dir: '/own' }, { path: '/bb' }] }
  const tree = { '/a': [], '/bb': [] }
  const given = await plan({ ...sources, cache_dir: '/all' }, tree)
  expect(given.jobs.map(({ archiveDir }) => archiveDir)).toEqual(['/own', '/all'])
  const xdg = await plan(sources, tree, { XDG_CACHE_HOME: '/xdg' })
  expect(xdg.jobs[1]?.archiveDir).toBeUndefined()
  expect(xdg.jobs[1]?.cacheDir).toMatch(/^\/xdg\/duplicity\/[0-9a-f]{32}$/)
})

const examples = new URL('../../../examples/', import.meta.url)

test.each(readdirSync(examples))('the example %s expands', async (file) => {
  const loaded = parseConfig(readFileSync(new URL(file, examples), 'utf8'), file)
  const tree = treeOf({
    ...Object.fromEntries(loaded.config.backup_sources.map(({ path }) => [path, [] as string[]])),
    '/home': ['alice/', 'bob/'],
    '/srv/www': ['example.com/'],
  })
  const { jobs } = await planJobs(loaded, {
    tree,
    env: { HOME: '/root' },
    home: '/root',
    stored: nothingStored,
  })
  expect(jobs.length).toBeGreaterThan(0)
  expect(jobs.map(({ obstacle }) => obstacle).filter((obstacle) => obstacle !== undefined)).toEqual([])
})

test('an entry whose name means something else in a URL fails alone, in no place of another', async () => {
  const unusable = ['a#1', 'a#2', '..%2fescape', 'b?c', 'tab\t', 'line\n']
  const { jobs } = await plan(
    { backup_dest: 'file:///b/x', backup_sources: [{ path: '/d', divide: true }, { path: '/escape' }] },
    { '/d': ['a/', 'c 100% é;', ...unusable], '/escape': [] },
  )
  const failed = jobs.filter(({ obstacle }) => obstacle?.code === 'name-unusable')
  expect(failed.map(({ path }) => path)).toEqual(unusable.map((name) => `/d/${name}`))
  expect(jobs.filter(({ obstacle }) => obstacle === undefined)).toHaveLength(3)
  const odd = await plan(
    { backup_sources: [{ path: '/d', divide: true, dest: 'file:///b?x=y' }] },
    { '/d': ['a'] },
  )
  expect(odd.jobs[0]?.obstacle?.code).toBe('name-unusable')
})
