import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import { UserError } from '../../../../src/lib/errors.ts'
import { useTempDir } from '../../../support/temp.ts'
import { runFake, type Given, type Run } from './fakes.ts'

const work = useTempDir('engine-main')
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

test('verify ends with 1 where something differs', async () => {
  const args = ['verify', '--compare-data', URL, source]
  expect((await run(args)).status).toBe(0)
  const differing = await run([...args, '--event-fd', '9'], { verb: () => 2 })
  expect(differing.status).toBe(1)
  expect(differing.written['9']).toBe('{"type":"exit","status":1}\n')
  expect(differing.stderr).toBe('')
})

test('a restore ends with 1 where an object was not restored completely', async () => {
  const args = ['restore', URL, join(work, 'out')]
  expect((await run(args)).status).toBe(0)
  expect((await run(args, { verb: () => 1 })).status).toBe(1)
})

test('what the engine tells goes to terminal, log and program', async () => {
  const args = ['--no-encryption', '--event-fd', '9', '--log-fd', '8', '--log-file', '/log', source, URL]
  const told = await run(args, {
    verb: ({ emit }) => {
      emit({ type: 'last-full', time: undefined })
      emit({ type: 'entry', change: 'new', path: 'a\xff', kind: 'reg', size: 1 })
    },
  })
  expect(told.stdout).toBe('Last full backup date: none\n')
  expect(told.written['8']).toBe('NOTICE 1\n. Last full backup date: none\n\n')
  expect(told.written['/log']).toBe(told.written['8'])
  const lines = (told.written['9'] ?? '').trimEnd().split('\n')
  expect(lines.map((line) => (JSON.parse(line) as { type: string }).type)).toEqual([
    'last-full',
    'entry',
    'exit',
  ])
  expect(lines[1]).toContain(String.raw`"path":"a\udcff"`)
})

test('--no-print-statistics', async () => {
  const statistics = {
    ...{ startTime: 0, endTime: 0, sourceFiles: 0, sourceFileSize: 0, newFiles: 0, newFileSize: 0 },
    ...{ deletedFiles: 0, changedFiles: 0, changedFileSize: 0, deltaEntries: 0, rawDeltaSize: 0 },
    ...{ totalDestinationSizeChange: 0, errors: 0 },
  }
  const verb: Given['verb'] = ({ emit }) => {
    emit({ type: 'statistics', statistics })
  }
  expect((await run(['-v0', '--no-encryption', source, URL], { verb })).stdout).toContain('Backup Statistics')
  expect((await run(['--no-print-statistics', '--no-encryption', source, URL], { verb })).stdout).toBe('')
})

test('a failure of the engine is told everywhere, with its exit status', async () => {
  const failed = await run(['--no-encryption', '--event-fd', '9', '--log-fd', '8', source, URL], {
    verb: () => {
      throw new UserError('HASH_MISMATCH', 'Bad.', { hint: 'Look.' })
    },
  })
  expect(failed.status).toBe(21)
  expect(failed.stderr).toBe('Bad.\nLook.\n')
  expect(failed.written['8']).toBe('ERROR 21\n. Bad.\n. Look.\n\n')
  expect(failed.written['9']).toBe(
    '{"type":"exit","status":21,"error":{"code":"HASH_MISMATCH","message":"Bad.","hint":"Look."}}\n',
  )
})

test('the temporary directory and the lock are given back, also after a bug', async () => {
  let released = 0
  let during: string[] = []
  const failed = await run(['--no-encryption', source, URL], {
    parts: { lockArchiveDir: () => ({ held: true, release: () => void (released += 1) }) },
    verb: ({ tempDir }) => {
      during = [tempDir]
      expect(existsSync(tempDir)).toBe(true)
      throw new TypeError('bug')
    },
  })
  expect(failed.status).toBe(30)
  expect(failed.stderr).toMatch(/^Traceback \(innermost last\):\n[^]*TypeError: bug\n$/)
  expect(released).toBe(1)
  expect(during).toHaveLength(1)
  expect(readdirSync(join(work, 'tmp'))).toEqual([])
})

test.each([
  ['SIGINT', 4],
  ['SIGTERM', 143],
])('%s ends the run in good order with %d', async (signal, status) => {
  const controller = new AbortController()
  const interrupted = await run(['-v5', '--event-fd', '9', '--no-encryption', source, URL], {
    io: { signal: controller.signal },
    verb: (context) => {
      controller.abort(signal)
      context.signal.throwIfAborted()
    },
  })
  expect(interrupted.status).toBe(status)
  expect(interrupted.stdout).toContain(`${signal.slice(3)} intercepted...exiting.\n`)
  expect(interrupted.stderr).toBe('')
  expect(interrupted.written['9']).toContain(
    `{"type":"exit","status":${status},"error":{"code":"INTERRUPTED"`,
  )
  expect(readdirSync(join(work, 'tmp'))).toEqual([])
})

test('who holds the lock keeps us out, with the words of duplicity', async () => {
  const { status, stderr } = await run(['collection-status', URL], {
    parts: {
      lockArchiveDir: () => {
        throw new UserError('LOCKED', 'Process 7.')
      },
    },
  })
  expect(status).toBe(23)
  expect(stderr).toMatch(/^Another duplicity instance is already running with this archive directory\n\n/)
})

test('what this machine cannot do is said', async () => {
  const { stdout } = await run(['--no-encryption', source, URL], {
    parts: {
      lockArchiveDir: () => ({ held: false, reason: 'no koffi' }),
      missingSystemCalls: () => ['No holes.'],
    },
  })
  expect(stdout).toContain('Warning, the archive directory is not locked: no koffi\n')
  expect(stdout).toContain('No holes.\n')
})

test('a passphrase that turns out to be needed is asked for once', async () => {
  const prompts: string[] = []
  const ask = (prompt: string) => {
    prompts.push(prompt)
    return Promise.resolve('typed')
  }
  const verb = () => {
    throw new UserError('SECRET_MISSING', 'Needed.')
  }
  const missing = await run(['list-current-files', '--log-fd', '8', URL], { io: { ask }, verb })
  expect(prompts).toEqual(['GnuPG passphrase for decryption: '])
  expect(missing.settings.map(({ passphrase }) => passphrase)).toEqual([undefined, 'typed'])
  expect(missing.status).toBe(30)
  expect(missing.written['8']).toMatch(/^ERROR 30 EOFError\n\. EOFError: Needed\.\n/m)
})

test('nobody is asked when a program listens', async () => {
  const ask = () => Promise.reject(new Error('asked'))
  const terminal = () => true
  const { settings } = await run(['restore', '--event-fd', '9', URL, join(work, 'target')], {
    io: { ask, terminal },
  })
  expect(settings).toMatchObject([{ passphrase: undefined }])
})

test.each([
  [['src-that-is-not', URL], 13, 'Backup source directory src-that-is-not does not exist.\n'],
  [['verify', URL, 'no'], 12, 'Verify directory no does not exist\n'],
  [
    ['restore', URL, source],
    11,
    `Restore destination directory ${source} already exists.\nWill not overwrite.\n`,
  ],
  [['foo://x/y', 'target'], 23, 'UnsupportedBackendScheme: '],
  [['--filter-literal', source, URL], 33, 'This version does not have --filter-literal.\n'],
  [['--exclude-filelist', '/no', '--foo'], 7, 'Error opening file /no\n'],
])('%j ends with %d', async (args, status, words) => {
  const refused = await run(args)
  expect(refused.stderr.slice(0, words.length)).toBe(words)
  expect(refused.status).toBe(status)
  expect(refused.calls).toEqual([])
})

test('options act in order', async () => {
  const { stdout, stderr, status } = await run([
    '-v2',
    '--ignore-errors',
    '--old-filenames',
    '-v0',
    '--gio',
    '--foo',
  ])
  expect(stdout).toMatch(/^Running in 'ignore errors' mode/)
  expect(stderr).toMatch(
    /^Warning: Option --old-filenames is pending deprecation[^]*Option --gio [^]*Usage:[^]*duplicity: error: no such option: --foo\n$/,
  )
  expect(status).toBe(2)
})

test('options that come later are accepted with a warning', async () => {
  const { stdout, status } = await run(['--progress', '--no-encryption', source, URL])
  expect(stdout).toBe('Warning, --progress has no effect in this version.\n')
  expect(status).toBe(0)
})

test('front ends find the version', async () => {
  expect((await runFake(['--version'])).stdout).toBe('duplicity 0.8.22\n')
  const help = await runFake(['-h', '--foo'])
  expect(help.stdout).toMatch(/^Usage:/)
  expect(help.status).toBe(0)
})
