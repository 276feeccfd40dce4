import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { Bench } from '../../support/cli.ts'

let bench: Bench
beforeEach(() => {
  bench = new Bench()
})
afterEach(() => {
  bench.remove()
})

test('JSON lines tell what the engine said, and on which of its outputs', async () => {
  bench.configure({
    backup_sources: [{ path: bench.source('a'), name: 'a' }],
    encryption: 'none',
    log_format: 'json',
    env: bench.play({ stdout: ['said'], stderr: ['complained'] }),
  })
  expect((await bench.run([])).status).toBe(0)
  const lines = bench.read('log/a.log').trim().split('\n')
  const entries = lines.map((line) => JSON.parse(line) as Record<string, string>)
  const said = entries.filter(({ stream }) => stream !== undefined)
  expect(said.map(({ stream, level, message, job }) => [stream, level, message, job]).sort()).toEqual([
    ['stderr', 'error', 'complained', 'a'],
    ['stdout', 'notice', 'said', 'a'],
  ])
  expect(entries.length).toBeGreaterThan(said.length)
})
