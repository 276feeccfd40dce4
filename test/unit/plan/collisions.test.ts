import { expect, test } from '@jest/globals'
import { sameUrl } from '../../../src/plan/collisions.ts'
import { plan } from '../../support/plan.ts'

const tree = { '/a': [], '/a/': [], '/b': [], '/a b': [], '/a-b': [], '/home': ['bob/'], '/home/bob': [] }

test.each([
  ['the same source', [{ path: '/a' }, { path: '/a/' }], 'same destination'],
  [
    'the same dest',
    [
      { path: '/a', dest: 'file:///x' },
      { path: '/b', dest: 'FILE:////x/' },
    ],
    'same destination',
  ],
  [
    'a divided entry',
    [{ path: '/home', divide: true }, { path: '/home/bob' }],
    '(/home/bob) and backup_sources[0] (/home/bob)',
  ],
  ['the same log file', [{ path: '/a b' }, { path: '/a-b' }], 'same log file, a-b.log'],
  [
    'the same name',
    [
      { path: '/a', name: 'n' },
      { path: '/b', name: 'n' },
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
      { path: '/b', cache_dir: '/c/' },
    ],
    'cache directory of backup_sources[0]',
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
        { path: '/b', cache_dir: '/all' },
      ],
      cache_dir: '/all',
    },
    tree,
  )
  expect(jobs).toHaveLength(4)
})

test.each([
  ['file:///x', 'file:/x/', true],
  ['SFTP://h/x//y', 'sftp://h/x/y', true],
  ['file:///x', 'file:///X', false],
])('%s and %s: %s', (one, other, same) => {
  expect(sameUrl(one) === sameUrl(other)).toBe(same)
})
