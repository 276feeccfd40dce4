/** Wrong command lines: the same exit status and the same words from duplicity 0.8.22 and from our engine. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import { duplicity08 } from '../support/duplicity.ts'
import { engine } from '../support/engine.ts'
import { baseEnvironment, run, type Outcome, type Program } from '../support/program.ts'
import { useTempDir } from '../support/temp.ts'

const work = useTempDir('command-line')
const URL = `file://${work}/repository`

beforeAll(() => {
  mkdirSync(join(work, 'src'))
  mkdirSync(join(work, 'src', 'a'))
  writeFileSync(join(work, 'src', 'file'), 'hello\n')
})

function start(program: Program, args: readonly string[]): Promise<Outcome> {
  const archive = join(work, `archive of ${program.name}`)
  const surroundings = { cwd: work, env: { ...baseEnvironment(work), TMPDIR: work } }
  return run(program, ['--archive-dir', archive, ...args], surroundings)
}

function both(args: readonly string[]): Promise<[theirs: Outcome, ours: Outcome]> {
  return Promise.all([start(duplicity08, args), start(engine, args)])
}

/** What is said about the error, without the usage before it. */
function words({ stderr }: Outcome): string[] {
  const text = stderr.slice(Math.max(0, stderr.indexOf('duplicity: error: ')))
  return text.trimEnd().split('\n')
}

/** Same status, and word for word the same on stderr (but for the usage). */
const same: string[][] = [
  [],
  ['full'],
  ['f'],
  ['full', 'src'],
  ['full', 'a', 'b', 'c', URL],
  ['src'],
  ['-'],
  ['re', 'a', 'b'],
  ['', URL],
  ['c', URL],
  ['list'],
  ['cleanup'],
  ['cleanup', 'a', 'b'],
  ['collection-status', 'a', URL],
  ['file:///a', 'file:///b'],
  ['full', URL, 'target'],
  ['incremental', URL, 'target'],
  ['verify', 'src', URL],
  ['replicate', URL],
  ['replicate', URL, 'x'],
  ['remove-older-than'],
  ['remove-all-but-n-full'],
  ['remove-all-but-n-full', '0', URL],
  ['remove-all-inc-of-but-n-full'],
  ['remove-all-inc-of-but-n-full', '0', URL],
  ['remove-all-but-n-full', '-1', URL],
  ['remove-all-but-n-full', '2'],
  ['--file-to-restore', 'x', 'src', URL],
  ['full', '-r', 'x', 'src', URL],
  ['-rx', 'src', URL],
  ['--s3-use-rrs', '--s3-use-ia', 'src', URL],
  ['--foo'],
  ['--foo=bar', 'src', URL],
  ['-x'],
  ['--volsize'],
  ['--rename', 'a'],
  ['-t'],
  ['-v'],
  ['--exclude'],
  ['--ver'],
  ['--f'],
  ['--s3-use', 'src', URL],
  ['--no-'],
  ['--force=yes', 'src', URL],
  ['--log-timestamp=1'],
  ['--volsize', 'x', 'src', URL],
  ['--volsize=', 'src', URL],
  ['--volsize', '09', 'src', URL],
  ['--volsize', '0x', 'src', URL],
  ['--volsize', "it's", 'src', URL],
  ['--volsize', 'it"s', 'src', URL],
  ['--volsize', 'ä', 'src', URL],
  ['--progress-rate', '0b', 'src'],
  ['--volsize', ' 7 ', 'src'],
  ['--volsize', '1_0', 'src'],
  ['--num-retries', '010x', 'src', URL],
  ['--current-time', '1.5', 'src', URL],
  ['--log-fd', '0', 'src', URL],
  ['--log-fd', '-1', 'src', URL],
  ['--metadata-sync-mode', 'f', 'src', URL],
  ['--time-separator', '-', 'src', URL],
  ['--exclude-filelist', '/nonexistent'],
  ['nodir', URL],
  ['--', '-x', URL],
  ['restore', URL, 'src'],
  ['verify', URL, 'nodir'],
]

test.each(same.map((args) => [args]))('%j', async (args) => {
  const [theirs, ours] = await both(args)
  // Advice of ours may follow what duplicity says.
  expect(words(ours).slice(0, words(theirs).length)).toEqual(words(theirs))
  expect(ours.status).toBe(theirs.status)
})

/** Same status and the same beginning; the explanation that follows is our own. */
const sameBeginning: [args: string[], length: number][] = [
  [['a', 'b'], 57],
  [['collection-status', 'src'], 14],
  [['list-current-files', 'src'], 14],
  [['-v', '10', 'src', URL], 60],
  [['-v', 'warn', 'src', URL], 60],
  [['-t', 'xx', URL, 'dst'], 42],
  [['-t', "x'y", URL, 'dst'], 46],
  [['--full-if-older-than', '3x', 'src', URL], 42],
  [['--exclude-older-than', '3x', 'src', URL], 42],
  [['--sign-key', 'xyz', 'src', URL], 18],
  [['--archive-dir', 'src/file', '--no-encryption', 'src', URL], 29],
  [['--no-encryption', '--include', 'src/a', 'src', URL], 63],
  [['a:b', 'src'], 17],
  [['foo://h/x', 'dst'], 24],
  [['src', 'foo://h/x'], 24],
]

test.each(sameBeginning)('%j', async (args, length) => {
  const [theirs, ours] = await both(args)
  const beginning = (outcome: Outcome): string => words(outcome).join('\n').slice(0, length)
  expect(beginning(ours)).toBe(beginning(theirs))
  expect(ours.status).toBe(theirs.status)
})

/** Same status only. */
test.each([
  [['--no-encryption', '--exclude', 'other', 'src', URL]],
  [['--no-encryption', '--exclude', 'src//a', 'src', URL]],
])('%j', async (args) => {
  const [theirs, ours] = await both(args)
  expect(ours.status).toBe(theirs.status)
})

/** Where ours differs on purpose: what duplicity would do there is dangerous, or a crash. */
test.each([
  ['restore of a path to a URL would be a backup', ['restore', 'src', URL], 2],
  ['volumes without a size would be written for ever', ['--volsize', '0', 'src', URL], 2],
  ['no attempt at all', ['--num-retries', '0', 'src', URL], 2],
  ['a time that is none', ['remove-older-than', URL], 2],
  ['a count that is none', ['remove-all-but-n-full', 'x', URL], 2],
  ['an empty pattern', ['--no-encryption', '--exclude', '', 'src', URL], 15],
  ['a bad expression', ['--no-encryption', '--exclude-regexp', '(', 'src', URL], 15],
  ['a bad range', ['--no-encryption', '--exclude', 'src/[z-a]', 'src', URL], 15],
  ['a later option', ['collection-status', '--file-changed', 'x', URL], 33],
])('%s: %j ends with %d', async (_, args, status) => {
  expect((await start(engine, args)).status).toBe(status)
})

test('the machine log has command line errors, but not those of single options', async () => {
  const logged = async (program: Program, args: string[]): Promise<string> => {
    const { stderr } = await start(program, ['--log-fd', '2', ...args])
    return stderr.slice(Math.max(0, stderr.search(/^ERROR /m)))
  }
  expect(await logged(engine, ['src'])).toBe(await logged(duplicity08, ['src']))
  expect((await start(engine, ['--log-fd', '2', '--volsize', 'x'])).stderr).not.toMatch(/^ERROR/m)
})

test('help and version act as soon as they are reached', async () => {
  for (const args of [['--version'], ['-Vx'], ['-V', '--foo']]) {
    const [theirs, ours] = await both(args)
    expect(ours).toEqual(theirs)
  }
  const help = await start(engine, ['-h', '--foo'])
  expect(help.status).toBe(0)
  expect(help.stdout).toMatch(/^Usage:/)
})
