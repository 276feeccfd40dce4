/**
 * Every file in `valid/` and in examples/ is a valid configuration; every file in `invalid/` gives the message in the
 * text file beside it. A new case is a new file; DUBA_WRITE_EXPECTED=1 writes the text, which is then to be read.
 */
import { expect, test } from '@jest/globals'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parseConfig } from '../../src/config/load.ts'
import { hasCode } from '../../src/lib/errors.ts'

const folder = (name: string): URL => new URL(`${name}/`, import.meta.url)
const jsonIn = (name: string): string[] => readdirSync(folder(name)).filter((file) => file.endsWith('.json'))

test.each(['valid', '../../examples'].flatMap((name) => jsonIn(name).map((file) => [name, file] as const)))(
  '%s/%s is valid',
  (name, file) => {
    expect(() => parseConfig(readFileSync(new URL(file, folder(name)), 'utf8'), file)).not.toThrow()
  },
)

/** Copies of a value, each with something else at one place in it. */
function* broken(value: unknown): Generator {
  yield* [null, 5, 'x', true, [], {}, [[null]], [{}]]
  if (typeof value !== 'object' || value === null) return
  for (const [key, part] of Object.entries(value) as [string, unknown][]) {
    for (const other of broken(part)) {
      yield Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other }
    }
  }
}

test('whatever stands in a place where it cannot, only faults are told', () => {
  const whole: unknown = JSON.parse(readFileSync(new URL('everything.json', folder('valid')), 'utf8'))
  let refused = 0
  for (const config of broken(whole)) {
    try {
      parseConfig(JSON.stringify(config), 'broken.json')
    } catch (error) {
      if (!hasCode(error, 'CONFIG_INVALID')) throw error
      refused += 1
    }
  }
  expect(refused).toBeGreaterThan(500)
})

test.each(jsonIn('invalid'))('%s is refused with every fault', (file) => {
  const expected = new URL(file.replace('.json', '.txt'), folder('invalid'))
  let message = ''
  try {
    parseConfig(readFileSync(new URL(file, folder('invalid')), 'utf8'), file)
  } catch (error) {
    if (!hasCode(error, 'CONFIG_INVALID')) throw error
    message = error.message
  }
  if (process.env['DUBA_WRITE_EXPECTED'] === '1') writeFileSync(expected, `${message}\n`)
  expect(`${message}\n`).toBe(readFileSync(expected, 'utf8'))
  expect(message).not.toMatch(/canary|12345/)
})
