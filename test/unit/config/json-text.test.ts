import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseJson, showPath } from '../../../src/config/json-text.ts'

test('reads what JSON.parse reads, however it is laid out', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent)
      const { value: read, faults } = parseJson(text)
      expect(faults).toEqual([])
      expect(read).toEqual(JSON.parse(text))
    }),
  )
})

test('refuses what JSON.parse refuses', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"',
    '1',
    '-',
    '.5',
    '01',
    'null',
    'nul',
    ' ',
    '\\',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
      const text = parts.join('')
      let parsed: unknown
      try {
        parsed = JSON.parse(text)
      } catch {
        parsed = undefined
      }
      const { value, faults } = parseJson(text)
      expect(value).toEqual(parsed)
      expect(faults.some(({ kind }) => kind === 'syntax')).toBe(parsed === undefined)
    }),
    { numRuns: 1000 },
  )
})

test('knows lines, and columns of faults', () => {
  const { lineOf, faults, value } = parseJson('{\n "a": [\n  1,\n  {"b":\n 2}\n ]\n}')
  expect(faults).toEqual([])
  expect(value).toEqual({ a: [1, { b: 2 }] })
  expect([lineOf([]), lineOf(['a']), lineOf(['a', 1]), lineOf(['a', 1, 'b'])]).toEqual([1, 2, 4, 4])
  expect(lineOf(['a', 1, 'missing'])).toBe(4)
  expect(parseJson('{\n  "a" 1}').faults).toEqual([
    { kind: 'syntax', line: 2, column: 7, message: 'a colon is missing behind the name' },
  ])
})

test('stops at deep nesting', () => {
  expect(parseJson('['.repeat(100_000)).faults[0]).toMatchObject({
    message: 'the values are nested too deeply',
  })
})

test('shows paths as people write them', () => {
  expect(showPath(['backup_sources', 0, 'env', 'A B'])).toBe('backup_sources[0].env["A B"]')
  expect(showPath([])).toBe('the configuration')
})

test('a text of many megabytes and many equal keys are read in time that grows with their length', () => {
  const long = 'a\\n'.repeat(10_000_000)
  expect(String(parseJson(`["${long}"]`).value).length).toBe(20_000_000)
  const keys = parseJson(`{\n${'"k": 1,\n'.repeat(40_000)}"k": 2}`)
  expect(keys.faults).toHaveLength(40_000)
  expect(keys.faults.at(-1)).toMatchObject({ line: 40_002, column: 1 })
})
