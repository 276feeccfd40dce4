import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { fromText } from '../../../../src/lib/bytestring.ts'
import { parseArguments } from '../../../../src/cli/engine/parse.ts'
import { quoted } from '../../../../src/cli/engine/usage-error.ts'
import { OptionValues } from '../../../../src/cli/engine/values.ts'

function read(...argv: string[]): OptionValues {
  const values = new OptionValues()
  for (const argument of parseArguments(argv)) {
    if (argument.kind === 'option') values.add(argument, { expand: (path) => `<${path}>`, now: 1_000_000 })
  }
  return values
}

test.each([
  ['200', 200],
  ['010', 8],
  ['0', 0],
  ['0x1F', 31],
  ['0b11', 3],
  ['0b', 0],
  [' 7 ', 7],
  ['+5', 5],
  ['-5', -5],
  ['1_000', 1000],
])('the number %j is %d', (text, number) => {
  expect(read('--timeout', text).number('timeout')).toBe(number)
})

test.each(['', 'x', '09', '0x', '0b2', '1.5', '1__0', '_1', '1e3', '99999999999999999999'])(
  '%j is no number',
  (text) => {
    expect(() => read('--timeout', text)).toThrow(`option --timeout: invalid integer value: '${text}'`)
  },
)

test.each([
  ['volsize', '0', 'volsize must be greater than zero.'],
  ['num-retries', '0', 'num-retries must be greater than zero.'],
  ['log-fd', '-1', 'log-fd must be greater than zero.'],
  ['backend-retry-delay', '-1', 'backend-retry-delay must not be negative.'],
])('--%s %s is refused', (name, value, message) => {
  expect(() => read(`--${name}`, value)).toThrow(message)
})

test('the last of several values counts; some add up', () => {
  const values = read('--name', 'a', '--name', 'b', '--encrypt-key', 'A', '--encrypt-key', 'B')
  expect(values.text('name')).toBe('b')
  expect(values.texts('encrypt-key')).toEqual(['A', 'B'])
  expect(values.has('force')).toBe(false)
  expect(values.number('volsize')).toBeUndefined()
})

test('paths are expanded, patterns are not', () => {
  const values = read('--tempdir', 'a', '--exclude', '~', '--rename', 'o', 'n')
  expect(values.text('tempdir')).toBe('<a>')
  expect(values.text('exclude')).toBe('~')
  expect(values.pairs('rename')).toEqual([['<o>', 'n']])
})

test('times are moments; the separator holds from where it stands', () => {
  expect(read('-t', '10s').number('restore-time')).toBe(999_990)
  const time = '2023-11-14T22_13_20Z'
  expect(read('--time-separator', '_', '-t', time).number('restore-time')).toBe(1_700_000_000)
  expect(() => read('-t', time, '--time-separator', '_')).toThrow(`Bad time string "'${time}'"`)
  expect(() => read('-t', "x'y")).toThrow(`Bad time string "'x\\x27y'"`)
})

test('keys are hexadecimal digits; the one that stands later signs', () => {
  expect(() => read('--sign-key', 'xyz')).toThrow("Received 'xyz' instead.")
  const values = read('--sign-key', 'AA0E73D2', '--encrypt-sign-key', '0xBB0E73D2')
  expect(values.lastOf('sign-key', 'encrypt-sign-key')).toBe('0xBB0E73D2')
})

test('choices and levels', () => {
  expect(read('--metadata-sync-mode', 'full').text('metadata-sync-mode')).toBe('full')
  expect(() => read('--metadata-sync-mode', 'f')).toThrow(
    "option --metadata-sync-mode: invalid choice: 'f' (choose from 'full', 'partial')",
  )
  expect(read('-vi').number('verbosity')).toBe(5)
  expect(() => read('-v', 'warn')).toThrow('Verbosity must be one of')
  expect(() => read('--time-separator', '-')).toThrow("Dash ('-') not valid for time-separator.")
})

test.each([
  ["it's", `"it's"`],
  ['it"s', `'it"s'`],
  [`'"`, `'\\'"'`],
  ['a\nb\xff', String.raw`'a\nb\udcff'`],
  [fromText('ä\u0085\u2028😀'), String.raw`'ä\x85\u2028😀'`],
])('%j is shown as %s', (value, text) => {
  expect(quoted(value)).toBe(text)
})

test('every decimal number is read back', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (number) => {
      expect(read('--timeout', String(number)).number('timeout')).toBe(number)
    }),
  )
})

test('a percentage stands behind an equals sign, and is all where it is left out', () => {
  expect(read('--read-data').number('read-data')).toBe(100)
  expect(read('--read-data=5%').number('read-data')).toBe(5)
  expect(read('--read-data=0.5%').number('read-data')).toBe(0.5)
  for (const wrong of ['', '5', '0%', '101%', '-1%', 'x%'])
    expect(() => read(`--read-data=${wrong}`)).toThrow(
      'option --read-data: a percentage such as 5% is expected',
    )
})
