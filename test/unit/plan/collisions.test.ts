import { expect, test } from '@jest/globals'
import { placeKey } from '../../../src/plan/url-steps.ts'
import { overlaps } from '../../../src/plan/overlaps.ts'
import { plan } from '../../support/plan.ts'

const tree = { '/a': [], '/a/': [], '/bb': [], '/a b': [], '/a-b': [], '/home': ['bob/'], '/home/bob': [] }

test.each([
  ['the same source', [{ path: '/a' }, { path: '/a/' }], 'same destination'],
  [
    'the same dest',
    [
      { path: '/a', dest: 'file:///x' },
      { path: '/bb', dest: 'FILE:////x/' },
    ],
    'same destination',
  ],
  [
    'a divided entry',
    [{ path: '/home', divide: true }, { path: '/home/bob' }],
    '(/home/bob) and backup_sources[0] (/home/bob)',
  ],
  [
    'a source in the cache',
    [
      { path: '/root/.cache/duplicity/2bf9c3c54a098abcd96b9910952fc0cd/x', dest: 'swift://h/x' },
      { path: '/a', dest: 'swift://h/a' },
    ],
    'lies in the cache directory',
  ],
  ['a destination in a source', [{ path: '/a', dest: 'file:///a/b/c' }], 'holds the destination /a/b/c'],
  ['one in a source by a detour', [{ path: '/a', dest: 'file:///x/../%61/b' }], 'holds the destination /a/b'],
  [
    'a source in a destination',
    [{ path: '/home/bob', dest: 'file:///home' }],
    'lies in the destination /home',
  ],
  [
    'a cache in a destination',
    [{ path: '/a', dest: 'file:///x', cache_dir: '/x/cache' }],
    'lies in it or is around it',
  ],
  [
    'the same name',
    [
      { path: '/a', name: 'n' },
      { path: '/bb', name: 'n' },
    ],
    'same name, n',
  ],
  [
    'one path, two destinations',
    [
      { path: '/a', dest: 'file:///x' },
      { path: '/a', dest: 'file:///y' },
    ],
    'same name, /a',
  ],
  [
    'the same cache directory',
    [
      { path: '/a', cache_dir: '/c' },
      { path: '/bb', cache_dir: '/c/' },
    ],
    'cache directory of backup_sources[0]',
  ],
  [
    'a day that there is not',
    [
      { path: '/a', retention_time: '2026-13-45' },
      { path: '/bb', retention_time: '2026-12-31' },
    ],
    'backup_sources[0].retention_time ("2026-13-45") is a time that there is not',
  ],
  [
    'a malformed pattern',
    [{ path: '/a', excludes: ['/a//b'] }],
    'backup_sources[0].excludes[0] is no usable pattern',
  ],
])('refused: %s', async (_, sources, text) => {
  const planned = plan({ backup_sources: sources }, tree)
  await expect(planned).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
  await expect(planned).rejects.toThrow(text)
  await expect(planned).rejects.toThrow('one fault')
})

test('nothing is refused without need', async () => {
  const { jobs } = await plan(
    {
      backup_sources: [
        { path: '/a' },
        { path: '/a', name: 'second', dest: 'file:///other' },
        { path: '/home', divide: true },
        { path: '/bb', cache_dir: '/all' },
      ],
      cache_dir: '/all',
    },
    tree,
  )
  expect(jobs).toHaveLength(4)
  const nested = await plan(
    {
      backup_sources: [
        { path: '/a b' },
        { path: '/a-b' },
        { path: '/', excludes: ['/b'] },
        { path: '/home', name: 'h' },
        { path: '/home/bob', name: 'hb' },
      ],
    },
    { ...tree, '/': ['a'] },
  )
  expect(nested.jobs.map(({ logName }) => logName)).toEqual([
    'a-b.log',
    expect.stringMatching(/^a-b-[0-9a-f]{8}\.log$/),
    '.log',
    'h.log',
    'hb.log',
  ])
  // The cache in a source is left out before everything else.
  expect(nested.jobs[2]?.patterns[0]).toEqual({ action: 'exclude', text: '/root/.cache/duplicity' })
})

test.each([
  ['file:///x', 'file:/x/', true],
  ['SFTP://h/x//y', 'sftp://h/x/y', true],
  ['file:///x', 'file:///X', false],
  ['file:///x/y', 'file:///x/./%79', true],
  ['file:///x/y', 'file:///x/z/../y#2', true],
  ['sftp://a@h/x', 'sftp://b@h/x', false],
])('%s and %s: %s', (one, other, same) => {
  expect(placeKey(one) === placeKey(other)).toBe(same)
})

test('thousands of sources side by side are looked through in no time', async () => {
  const backup_sources = Array.from({ length: 20_000 }, (_, at) => ({ path: `/srv/s${at}` }))
  const { jobs } = await plan({ backup_dest: 'file:///b', encryption: 'none', backup_sources }, {})
  const start = process.cpuUsage()
  expect(overlaps(jobs)).toEqual([])
  expect(process.cpuUsage(start).user).toBeLessThan(3_000_000)
})
