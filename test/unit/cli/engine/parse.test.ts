import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { options } from '../../../../src/cli/engine/options.ts'
import { parseArguments } from '../../../../src/cli/engine/parse.ts'

/** Options as `name=value`, positional arguments as they are. */
function parse(...argv: string[]): string[] {
  return Array.from(parseArguments(argv), (argument) =>
    argument.kind === 'positional' ? argument.value : [argument.row.name, ...argument.values].join('='),
  )
}

test('options stand anywhere, in order; -- ends them', () => {
  expect(parse('full', '--include', 'a', 'src', '--exclude=b', '--', '--dry-run', '--')).toEqual([
    'full',
    'include=a',
    'src',
    'exclude=b',
    '--dry-run',
    '--',
  ])
})

test('unique beginnings are enough', () => {
  expect(parse('--dry', '--no-enc', '--volsi', '5')).toEqual(['dry-run', 'no-encryption', 'volsize=5'])
})

test('a full name wins over longer ones', () => {
  expect(parse('--include', 'x', '--time', 'now', '--file-prefix=p')).toEqual([
    'include=x',
    'restore-time=now',
    'file-prefix=p',
  ])
})

test('names of 3.x and ours do not make those of 0.8.22 ambiguous', () => {
  // 3.x has --copy-blocksize, we have --crypto.
  expect(parse('--cop', '--config', 'x')).toEqual(['copy-links', 'config-dir=x'])
  expect(parse('--path', 'x', '--no-restore', '--concur', '2', '--cr', 'gpg')).toEqual([
    'file-to-restore=x',
    'do-not-restore-ownership',
    'concurrency=2',
    'crypto=gpg',
  ])
})

test('a value may look like an option', () => {
  expect(parse('--gpg-options', '--homedir=x', '--exclude', '--', 'src')).toEqual([
    'gpg-options=--homedir=x',
    'exclude=--',
    'src',
  ])
  expect(parse('--rename=a', 'b')).toEqual(['rename=a=b'])
  expect(parse('--name=', '--file-prefix=a=b')).toEqual(['name=', 'file-prefix=a=b'])
})

test('short options, alone and together', () => {
  expect(parse('-t3D', '-t', '3D', '-v9', '-r', 'x', '-')).toEqual([
    'restore-time=3D',
    'restore-time=3D',
    'verbosity=9',
    'file-to-restore=x',
    '-',
  ])
  expect(parse('-hv5')).toEqual(['help', 'verbosity=5'])
})

test.each([
  [['--foo=bar'], 'no such option: --foo'],
  [['-x'], 'no such option: -x'],
  [['-1'], 'no such option: -1'],
  [['--volsize'], '--volsize option requires 1 argument'],
  [['--volsi'], '--volsize option requires 1 argument'],
  [['-t'], '-t option requires 1 argument'],
  [['--rename', 'a'], '--rename option requires 2 arguments'],
  [['--force=yes'], '--force option does not take a value'],
  [['--ver'], 'ambiguous option: --ver (--verbosity, --version?)'],
])('%j: %s', (argv, message) => {
  expect(() => parse(...argv)).toThrow(message)
})

test('what comes before the fault is told first', () => {
  const parsed = parseArguments(['--dry-run', '--foo'])
  expect(parsed.next().value).toMatchObject({ row: { name: 'dry-run' } })
  expect(() => parsed.next()).toThrow('no such option: --foo')
})

test('every command line is read or refused with words', () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom('--', '-', '-v', '-t1', '--e', '--volsize', '--name=x', 'full', 'file:///x'),
  )
  fc.assert(
    fc.property(fc.array(word), (argv) => {
      try {
        parse(...argv)
      } catch (error) {
        expect(error).toMatchObject({ code: 'USAGE' })
      }
    }),
  )
})

test('the table has each spelling once, and a help for each option', () => {
  const spellings = options.flatMap((row) => [row.name, ...(row.spellings ?? []), ...(row.newer ?? [])])
  expect(new Set(spellings).size).toBe(spellings.length)
  const shorts = options.flatMap(({ short }) => short ?? [])
  expect(new Set(shorts).size).toBe(shorts.length)
  for (const row of options) {
    expect(row.help).toMatch(/\.$/)
    expect(row.kind === 'choice').toBe(row.choices !== undefined)
    expect(row.effect === 'later' || row.effect === 'refused').toBe(row.concerns !== undefined)
  }
})
