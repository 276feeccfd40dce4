import { expect, test } from '@jest/globals'
import { parseJson } from '../../../src/config/json-text.ts'
import { mergeParts, type Part } from '../../../src/config/merge.ts'
import { locateIn } from '../../../src/config/place.ts'

function part(value: object, file: string): Part {
  return { value, locate: locateIn(parseJson(JSON.stringify(value, undefined, 1)), file) }
}
const merge = (main: object, ...others: object[]) =>
  mergeParts(
    part(main, 'main'),
    others.map((other, index) => part(other, `part${index + 1}`)),
  )
const told = ({ faults }: ReturnType<typeof merge>): unknown[] =>
  faults.map(({ file, path, message, remedy }) => [file, path.join('.'), message, remedy])

test('adds sources, widens patterns, merges objects, replaces the rest', () => {
  const { value, locate, faults } = merge(
    {
      backup_sources: [
        { path: '/a', excludes: ['/a/1'] },
        { path: '/b', name: 'b' },
      ],
      backup_excludes: ['x'],
      verdicts: { missing: 'failed' },
      conf_d_may: ['verdicts'],
      volsize: 100,
      window: { from: '01:00', to: '02:00' },
    },
    {
      $schema: 'x',
      backup_sources: [
        { path: '/a/', excludes: ['/a/2'], volsize: 7 },
        { path: '/b' },
        { path: '/b', name: 'b', volsize: 8 },
      ],
      backup_excludes: ['y'],
      verdicts: { vanished: 'failed' },
      volsize: 50,
    },
    { volsize: 25, window: { from: '03:00', to: '04:00' } },
  )
  expect(faults).toEqual([])
  expect(value).toEqual({
    backup_sources: [
      { path: '/a', excludes: ['/a/1', '/a/2'], volsize: 7 },
      { path: '/b', name: 'b', volsize: 8 },
      { path: '/b' },
    ],
    backup_excludes: ['x', 'y'],
    verdicts: { missing: 'failed', vanished: 'failed' },
    conf_d_may: ['verdicts'],
    volsize: 25,
    window: { from: '03:00', to: '04:00' },
  })
  expect(locate(['backup_excludes', 1])).toMatchObject({ file: 'part1', path: ['backup_excludes', 0] })
  expect(locate(['backup_sources', 0, 'path'])).toMatchObject({ file: 'main', line: 4 })
  expect(locate(['backup_sources', 0, 'volsize'])).toMatchObject({
    file: 'part1',
    path: ['backup_sources', 0, 'volsize'],
  })
  expect(locate(['backup_sources', 2, 'path'])).toMatchObject({
    file: 'part1',
    path: ['backup_sources', 1, 'path'],
  })
  expect(locate(['backup_sources', 2, 'missing'])).toMatchObject({
    path: ['backup_sources', 1, 'missing'],
  })
  expect(locate(['volsize']).file).toBe('part2')
})

test('a file of conf.d does not change destinations, keys and hooks that are set elsewhere', () => {
  const main = {
    backup_dest: 'file:///d',
    encrypt_keys: ['A'],
    hooks: { before: [] },
    env: { FTP_PASSWORD: 'x', PASSPHRASE: 'y' },
    backup_sources: [{ path: '/a', dests: [{ name: 'n', dest: 'file:///e' }] }],
  }
  const other = {
    version: 2,
    conf_d_may: ['dest'],
    cache_dir: '/c',
    host: 'other',
    sign_key: '0123456789ABCDEF',
    hooks: { after: [] },
    env: { FTP_PASSWORD: 'z', PASSPHRASE: 'z', NEW: 'z' },
    backup_sources: [
      {
        path: '/a',
        encrypt_keys: ['B'],
        divide: true,
        hooks: {},
        env: { FTP_PASSWORD: 'w' },
        dests: [
          { name: 'n', dest: 'file:///f', volsize: 3 },
          { name: 'o', dest: 'file:///g' },
        ],
      },
      { path: '/new', dest: 'file:///own', encrypt_keys: ['C'], hooks: {}, env: { FTP_PASSWORD: 'own' } },
    ],
  }
  const merged = merge(main, other)
  const remedy = (right: string): string => `Remove it, or add "${right}" to "conf_d_may" in main.`
  const dest = ['changes the destination, which is set elsewhere', remedy('dest')]
  const keys = ['changes the keys, which are set elsewhere', remedy('keys')]
  const hooks = ['changes the hooks, which are set elsewhere', remedy('hooks')]
  const only = ['can be set only in the main file', 'Move it to main.']
  expect(told(merged)).toEqual([
    ['part1', 'version', ...only],
    ['part1', 'conf_d_may', ...only],
    ['part1', 'cache_dir', ...dest],
    ['part1', 'host', ...dest],
    ['part1', 'sign_key', ...keys],
    ['part1', 'hooks', ...hooks],
    ['part1', 'env.FTP_PASSWORD', ...dest],
    ['part1', 'env.PASSPHRASE', ...keys],
    ['part1', 'backup_sources.0.encrypt_keys', ...keys],
    ['part1', 'backup_sources.0.divide', ...dest],
    ['part1', 'backup_sources.0.hooks', ...hooks],
    ['part1', 'backup_sources.0.env.FTP_PASSWORD', ...dest],
    ['part1', 'backup_sources.0.dests.0.dest', ...dest],
    ['part1', 'backup_sources.0.dests.1', ...dest],
  ])
  expect(merged.value).toMatchObject({
    env: { FTP_PASSWORD: 'x', PASSPHRASE: 'y', NEW: 'z' },
    backup_sources: [{ dests: [{ name: 'n', dest: 'file:///e', volsize: 3 }] }, { path: '/new' }],
  })
  expect(
    told(merge({ ...main, conf_d_may: ['dest', 'keys', 'hooks'] }, { ...other, version: undefined })),
  ).toEqual([
    ['part1', 'version', ...only],
    ['part1', 'conf_d_may', ...only],
  ])
  // Every host has a name, and destinations may hold it.
  expect(told(merge({ backup_sources: [] }, { host: 'x' }))).toEqual([['part1', 'host', ...dest]])
})

test('nor does it weaken what is kept, checked and judged', () => {
  const main = {
    version: 2,
    retention_time: '1Y',
    max_shrink_percent: 10,
    state_dir: '/state',
    backup_sources: [{ path: '/a', min_files: 3 }, { path: '/b' }],
  }
  const other = {
    keep_full: 1,
    verdicts: { 'source-shrunk': 'ok' },
    max_shrink_percent: 100,
    must_exist: false,
    state_dir: '/elsewhere',
    max_age: '1Y',
    backup_sources: [
      { path: '/a', state: 'absent', min_files: 0, retention_time: '1s' },
      { path: '/b', min_files: 1, must_exist: false },
      { path: '/own', state: 'absent', must_exist: false, retention_time: '1s' },
    ],
  }
  const faults = merge(main, other).faults.map(({ path, remedy }) => [path.join('.'), remedy.split('"')[1]])
  expect(faults).toEqual([
    ['keep_full', 'retention'],
    ['verdicts', 'verdicts'],
    ['max_shrink_percent', 'verdicts'],
    ['must_exist', 'verdicts'],
    ['state_dir', 'verdicts'],
    ['backup_sources.0.state', 'verdicts'],
    ['backup_sources.0.min_files', 'verdicts'],
    ['backup_sources.0.retention_time', 'retention'],
    ['backup_sources.1.must_exist', 'verdicts'],
  ])
  expect(merge({ ...main, conf_d_may: ['retention', 'verdicts'] }, other).faults).toEqual([])
})

test('nor does it bring back what is left out', () => {
  const main = {
    backup_excludes: ['**.key'],
    backup_sources: [{ path: '/a', excludes: ['/a/tmp'] }, { path: '/b' }],
  }
  const other = {
    backup_includes: ['**.key'],
    include_files: ['/p'],
    backup_excludes: ['**.o'],
    backup_sources: [
      { path: '/a', includes: ['/a/tmp/x'] },
      { path: '/c', includes: ['/c/x'] },
    ],
  }
  const back = [
    'changes what is left out, which is set elsewhere',
    'Remove it, or add "includes" to "conf_d_may" in main.',
  ]
  expect(told(merge(main, other))).toEqual([
    ['part1', 'backup_includes', ...back],
    ['part1', 'include_files', ...back],
    ['part1', 'backup_sources.0.includes', ...back],
  ])
  expect(merge({ ...main, conf_d_may: ['includes'] }, other).faults).toEqual([])
  expect(merge({ backup_sources: [] }, other).faults).toEqual([])
})

test('what is not set anywhere can be set', () => {
  const { faults, value } = merge(
    { backup_sources: [{ path: '/a' }] },
    { backup_dest: 'file:///d', encrypt_keys: ['A'], hooks: { before: [{ shell: 'a' }] }, env: { A: 'b' } },
  )
  expect(faults).toEqual([])
  expect(value).toMatchObject({ backup_dest: 'file:///d', env: { A: 'b' } })
})

test('a reference to a secret is one value, and hooks that may be changed are added', () => {
  const { value } = merge(
    {
      conf_d_may: ['dest', 'hooks'],
      env: { A: { $file: '/a' } },
      hooks: { before: [{ shell: 'a' }] },
      backup_sources: [],
    },
    { env: { A: { $env: 'X' } }, hooks: { before: [{ shell: 'b' }] } },
  )
  expect(value).toMatchObject({
    env: { A: { $env: 'X' } },
    hooks: { before: [{ shell: 'a' }, { shell: 'b' }] },
  })
})
