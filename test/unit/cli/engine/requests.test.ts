import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import { useTempDir } from '../../../support/temp.ts'
import { runFake, type Given, type Run } from './fakes.ts'

const work = useTempDir('engine-requests')
const source = join(work, 'src')
const URL = `file://${work}/repository`

beforeAll(() => {
  mkdirSync(join(source, 'a'), { recursive: true })
  mkdirSync(join(work, 'tmp'))
})

function run(args: readonly string[], given: Given = {}): Promise<Run> {
  const common = ['--archive-dir', join(work, 'archive'), '--name', 'n', '--tempdir', join(work, 'tmp')]
  return runFake([...common, ...args], given)
}

test('a backup is asked for as the options say', async () => {
  const { status, calls } = await run([
    ...[
      'full',
      `${source}//`,
      URL,
      '--no-encryption',
      '--volsize',
      '5',
      '--asynchronous-upload',
      '--dry-run',
    ],
    ...['--include', `${source}/a`, '--exclude-if-present', '.no', '--exclude', '**', '--current-time', '17'],
    ...['--full-if-older-than', '10s', '--no-files-changed', '--copy-links', '--file-prefix', 'p-'],
    ...['--on-recipients-changed', 'full', '--max-blocksize', '1024', '--allow-source-mismatch'],
  ])
  expect(status).toBe(0)
  expect(calls).toMatchObject([
    {
      verb: 'backup',
      request: {
        source,
        kind: 'full',
        rules: [
          { rule: 'if-present', name: '.no' },
          { rule: 'glob', action: 'include', pattern: `${source}/a` },
          { rule: 'glob', action: 'exclude', pattern: '**' },
        ],
        copyLinks: true,
        fullIfOlderThan: 1_699_999_990,
        currentTime: 17,
        volumeSize: 5 * 1024 * 1024,
        maxBlockSize: 1024,
        allowSourceMismatch: true,
        recordFileList: false,
        numericOwner: false,
        dryRun: true,
        onRecipientsChanged: 'full',
        metadataSync: 'partial',
      },
      context: { archiveDir: join(work, 'archive/n'), names: { prefix: 'p-', form: 'long' } },
    },
  ])
})

test('a restore is asked for as the options say, in the spellings of both versions', async () => {
  const target = join(work, 'target')
  for (const [path, owner] of [
    ['--path-to-restore=/a/b/', '--no-restore-ownership'],
    ['-ra/b', '--do-not-restore-ownership'],
  ] as const) {
    const { status, calls } = await run([
      URL,
      target,
      path,
      owner,
      '-t',
      '5s',
      '--rename',
      'x',
      'y',
      '--force',
    ])
    expect(status).toBe(0)
    expect(calls[0]?.request).toEqual({
      target,
      path: 'a/b',
      time: 1_699_999_995,
      force: true,
      dryRun: false,
      numericOwner: false,
      restoreOwner: false,
      ignoreErrors: false,
      renames: [{ from: 'x', to: 'y' }],
      conflict: undefined,
      ownerRules: [],
      stripPrivileges: false,
      metadataSync: 'partial',
    })
  }
})

test('what only duba asks of a restore reaches it too', async () => {
  const rules = ['--owner-map', 'user:5=6', '--owner-map', 'group:x=7']
  const { calls } = await run([
    'restore',
    'file:///r',
    '/t',
    '--conflict',
    'newer',
    '--strip-privileges',
    ...rules,
  ])
  expect(calls[0]?.request).toMatchObject({
    conflict: 'newer',
    stripPrivileges: true,
    ownerRules: [
      { of: 'user', from: '5', to: 6 },
      { of: 'group', from: 'x', to: 7 },
    ],
  })
})

test('keys and secrets reach the crypt', async () => {
  const args = [
    '--encrypt-sign-key',
    'AA0E73D2',
    '--hidden-encrypt-key',
    'me',
    '--key-file',
    '/k',
    '--crypto',
    'gpg',
  ]
  const env = { PASSPHRASE: 'p', SIGN_PASSPHRASE: 's' }
  const { settings } = await run([...args, '--gpg-options', '--a  b', '--gpg-options', 'c', source, URL], {
    io: { env },
  })
  expect(settings).toMatchObject([
    {
      encryption: 'keys',
      recipients: ['AA0E73D2'],
      hiddenRecipients: ['me'],
      signKey: 'AA0E73D2',
      keyFiles: ['/k'],
      passphrase: 'p',
      signPassphrase: 's',
      implementation: 'gpg',
      gpgOptions: ['--a', 'b', 'c'],
    },
  ])
})

test('a list is read in its place, and told of', async () => {
  const list = join(work, 'list')
  writeFileSync(list, `- ${source}/a\0+ ${source}/b`)
  const args = [
    '--include-filelist',
    list,
    '--null-separator',
    '--exclude',
    '**',
    '--no-encryption',
    source,
    URL,
  ]
  const { calls, stdout } = await run(args)
  expect(stdout).toContain(`Reading globbing filelist ${list}\n`)
  expect(calls[0]?.request).toMatchObject({
    rules: [
      { action: 'exclude', pattern: `${source}/a` },
      { action: 'include', pattern: `${source}/b` },
      { action: 'exclude', pattern: '**' },
    ],
  })
})

test('selection options do nothing for a restore, and that is said', async () => {
  const { stdout, status } = await run(['restore', URL, join(work, 'target'), '--include', 'x'])
  expect(stdout).toBe(
    'Command line warning: Selection options --exclude/--include\ncurrently work only when backing up,not restoring.\n',
  )
  expect(status).toBe(0)
})

test('a check reads what it is told to, ends with 1 unless all is good, and asks nobody', async () => {
  const { status, calls } = await run(['check', '--read-data=5%', '--sample-seed', '7', URL])
  expect(status).toBe(0)
  expect(calls).toMatchObject([{ verb: 'check', request: { readData: { percent: 5, seed: 7 } } }])
  const ask = (): Promise<string> => Promise.reject(new Error('asked'))
  const bad = await run(['check', URL], { verb: () => 1, io: { terminal: () => true, ask } })
  expect(bad).toMatchObject({ status: 1, calls: [{ request: { readData: undefined } }] })
  const seeds = await Promise.all([1, 2].map(() => run(['check', '--read-data', URL])))
  expect(seeds[0]?.calls[0]?.request).not.toEqual(seeds[1]?.calls[0]?.request)
})
