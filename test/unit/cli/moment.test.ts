import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { formatMoment } from '../../../src/format/time.ts'
import { moment } from '../../../src/cli/moment.ts'

const root = join(import.meta.dirname, '../../..')

/** What becomes of these words in Berlin: a process keeps the zone it was started in. */
function inBerlin(words: readonly string[]): (string | undefined)[] {
  const program = `
    import { register } from 'node:module'
    register('./scripts/generate/load-ts.mjs', 'file://${root}/')
    const { moment } = await import('${root}/src/cli/moment.ts')
    console.log(JSON.stringify(process.argv.slice(1).map((word) => moment(word))))`
  const argv = ['--input-type=module', '--eval', program, '--', ...words]
  const env = { ...process.env, TZ: 'Europe/Berlin' }
  return JSON.parse(execFileSync(process.execPath, argv, { env, encoding: 'utf8' })) as string[]
}

test('dates and times are by the clock of this machine, summer time included', () => {
  const times: Record<string, number> = {
    '2026-07-01 12:00:00': Date.UTC(2026, 6, 1, 10),
    '2026-07-01T12:00': Date.UTC(2026, 6, 1, 10),
    '2026-01-01 12:00:30': Date.UTC(2026, 0, 1, 11, 0, 30),
    '2026-07-01': Date.UTC(2026, 5, 30, 22),
  }
  expect(inBerlin(Object.keys(times))).toEqual(Object.values(times).map((time) => String(time / 1000)))
})

test('anything else is left as it is, and times that there are not', () => {
  const zoned = ['2026-07-01T12:00:00Z', '2026-07-01T12:00:00+02:00']
  const words = ['3D', 'now', '1793000000', ...zoned, '2026-02-30', '2026-07-01 24:00', '2026-03-29 02:30']
  expect(inBerlin(words)).toEqual(words)
  expect(moment(undefined)).toBeUndefined()
})

test('what duba prints can be given back to it', () => {
  const time = Date.UTC(2026, 6, 1, 10, 1, 2) / 1000
  expect(moment(formatMoment(time))).toBe(String(time))
})
