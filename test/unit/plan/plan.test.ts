import { expect, test } from '@jest/globals'
import { backupArgv, statusArgv } from '../../../src/plan/engine-argv.ts'
import type { Job } from '../../../src/plan/job.ts'
import { chooseJobs, findJob } from '../../../src/plan/plan.ts'
import {
  compareArgv,
  listArgv,
  type OwnerChoice,
  restoreArgv,
  versionsArgv,
} from '../../../src/plan/reading-argv.ts'
import { plan } from '../../support/plan.ts'

const expansion = await plan(
  {
    backup_sources: [
      { path: '/etc/' },
      { path: '/home', divide: true },
      { path: '/x', name: 'one', dest: 'file:///one' },
      { path: '/x', name: 'two', dest: 'file:///two' },
      { path: '/off', state: 'absent' },
    ],
  },
  { '/etc/': [], '/home': ['bob/', 'eve/'], '/x': [] },
)

test('jobs are chosen by name or path, a divided source with all its entries', () => {
  const names = (words: string[]): string[] => chooseJobs(expansion, words).map(({ name }) => name)
  expect(names([])).toHaveLength(5)
  expect(names(['/etc'])).toEqual(['/etc/'])
  expect(names(['/x'])).toEqual(['one', 'two'])
  expect(names(['two', '/home/'])).toEqual(['/home/bob', '/home/eve', 'two'])
  expect(() => names(['/off'])).toThrow(expect.objectContaining({ code: 'JOB_UNKNOWN' }))
  expect(() => names(['/ect'])).toThrow(expect.objectContaining({ hint: 'Did you mean /etc/?' }))
})

test('one job is found for reading, also one that is not there any more', () => {
  expect(findJob(expansion, 'two').destination).toBe('file:///two')
  expect(findJob(expansion, '/off').destination).toBe('file:///b/off')
  expect(findJob(expansion, '/home/gone/').destination).toBe('file:///b/home/gone')
  expect(() => findJob(expansion, '/x')).toThrow(
    expect.objectContaining({ hint: 'Name one of them: one, two.' }),
  )
  expect(() => findJob(expansion, '/home/gone/deeper')).toThrow('no job')
})

const job: Job = {
  ...findJob(expansion, 'one'),
  encryption: { kind: 'keys', keys: ['AA', 'BB'], hidden: ['CC'] },
  archiveDir: '/c',
  cacheName: 'n',
  signKey: 'DD',
  keyFiles: ['/k1', '/k2'],
  crypto: 'gpg',
  tempDir: '/t',
  fullIfOlderThan: '30D',
  patterns: [
    { action: 'exclude', text: '**/x' },
    { action: 'exclude', text: '/x/y' },
  ],
}
const common = [
  ...['--event-fd', '3', '--archive-dir', '/c', '--name', 'n', '--encrypt-key', 'AA', '--encrypt-key', 'BB'],
  ...[
    '--hidden-encrypt-key',
    'CC',
    '--sign-key',
    'DD',
    '--key-file',
    '/k1',
    '--key-file',
    '/k2',
    '--crypto',
    'gpg',
  ],
  ...['--tempdir', '/t', '--num-retries', '5', '--backend-retry-delay', '60', '--verbosity', 'notice'],
]

test('command lines of the engine', () => {
  expect(backupArgv(job, { full: true, dryRun: false })).toEqual([
    ...['full', ...common, '--asynchronous-upload', '--volsize', '200', '--full-if-older-than', '30D'],
    ...[
      '--exclude',
      '**/x',
      '--exclude',
      '/x/y',
      '--exclude-other-filesystems',
      '--on-recipients-changed',
      'full',
    ],
    ...['/x', 'file:///one'],
  ])
  expect(statusArgv(job)).toEqual(['collection-status', ...common, 'file:///one'])
  expect(listArgv(job, { path: '', time: '3D' })).toEqual([
    ...['list-current-files', ...common, '--strict-time', '--time', '3D', 'file:///one'],
  ])
  const look = { path: 'a/b', find: '*.c' }
  const below = ['--below', 'a/b', '--find', '*.c', '--root', '/x', 'file:///one']
  expect(versionsArgv(job, look, { exact: true })).toEqual(['versions', ...common, '--exact', ...below])
  expect(compareArgv(job, '5D', { ...look, time: 'now' })).toEqual([
    ...['compare', ...common, '--before-time', '5D', '--time', 'now', ...below],
  ])
  expect(statusArgv({ ...job, encryption: { kind: 'none' } })).toContain('--no-encryption')
  const symmetric = statusArgv({ ...job, encryption: { kind: 'symmetric' } })
  expect(symmetric).not.toContain('--no-encryption')
  expect(symmetric).not.toContain('--encrypt-key')
})

test.each<[OwnerChoice, string[]]>([
  [{ by: 'name' }, []],
  [{ by: 'number' }, ['--numeric-owner']],
  [{ by: 'nobody' }, ['--do-not-restore-ownership']],
  [{ by: 'map', rules: 'user:1=2' }, ['--owner-map', 'user:1=2']],
])('command lines of restores, owners %j', (owner, words) => {
  const what = {
    target: '/out',
    path: 'a',
    time: undefined,
    conflict: 'skip',
    owner,
    strip: 'unsigned',
  } as const
  const fixed = ['restore', ...common, '--file-to-restore', 'a', '--conflict', 'skip', ...words]
  expect(restoreArgv(job, what, { plan: false })).toEqual([
    ...fixed,
    '--strip-privileges',
    'file:///one',
    '/out',
  ])
  const all = { ...what, path: '', time: '1D', strip: undefined }
  expect(restoreArgv(job, all, { plan: true })).toEqual([
    ...[
      'restore',
      ...common,
      '--time',
      '1D',
      '--conflict',
      'skip',
      ...words,
      '--dry-run',
      'file:///one',
      '/out',
    ],
  ])
})
