import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Bench } from '../../support/cli.ts'

let bench: Bench
beforeEach(() => {
  bench = new Bench()
})
afterEach(() => {
  bench.remove()
})

/** Waits until this many engines have begun. */
async function begun(count: number): Promise<void> {
  const limit = Date.now() + 20_000
  while (
    !existsSync(bench.dump) ||
    bench.dumped().filter(({ start }) => start !== undefined).length < count
  ) {
    if (Date.now() > limit) throw new Error('the engines did not begin')
    await sleep(20)
  }
  await sleep(100)
}

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
])('%s ends the engines, and every job gets a verdict', async (signal, expected) => {
  const sources = ['a', 'b', 'c'].map((name) => ({ path: bench.source(name) }))
  bench.configure({ backup_sources: sources, parallel: 2, env: bench.play({ sleep: 60_000 }) })
  const running = bench.run(['--json'])
  await begun(2)
  bench.abort.abort(signal)
  const { status, stdout } = await running
  expect(status).toBe(expected)
  const { jobs } = JSON.parse(stdout) as {
    jobs: { verdict: string; reason: { code: string; text: string } }[]
  }
  expect(jobs.map(({ verdict, reason }) => [verdict, reason.code, reason.text])).toEqual([
    ['failed', 'interrupted', `interrupted by ${signal}`],
    ['failed', 'interrupted', `interrupted by ${signal}`],
    ['failed', 'interrupted', `not started: interrupted by ${signal}`],
  ])
  expect(bench.dumped().filter((line) => line.signal === 'SIGTERM')).toHaveLength(2)
  expect(bench.dumped().filter(({ start }) => start !== undefined)).toHaveLength(2)
  expect(JSON.parse(bench.read('state/status.json'))).toMatchObject({
    jobs: { [bench.at('c')]: { operations: { backup: { last: { verdict: 'failed' } } } } },
  })
})

test('an engine that does not end when asked is killed', async () => {
  bench.configure({
    backup_sources: [{ path: bench.source('a') }],
    env: bench.play({ sleep: 60_000, ignoreTerm: true }),
  })
  const running = bench.run([])
  await begun(1)
  const start = Date.now()
  bench.abort.abort('SIGTERM')
  expect((await running).status).toBe(143)
  expect(Date.now() - start).toBeGreaterThanOrEqual(450)
  expect(Date.now() - start).toBeLessThan(5000)
})

test('a second run does nothing while the first one runs', async () => {
  bench.configure({ backup_sources: [{ path: bench.source('a') }], env: bench.play({ sleep: 1500 }) })
  const first = bench.run([])
  await begun(1)
  const second = await bench.run([])
  expect(second.status).toBe(75)
  expect(second.stderr).toContain('Another run of duba')
  expect((await first).status).toBe(0)
  expect((await bench.run([])).status).toBe(0)
})

test('a restore is interrupted too', async () => {
  bench.configure({ backup_sources: [{ path: bench.source('a') }], env: bench.play({ sleep: 60_000 }) })
  const running = bench.run(['restore', bench.at('a'), '--to', 'out'])
  await begun(1)
  bench.abort.abort('SIGINT')
  const { status, stderr } = await running
  expect(status).toBe(130)
  expect(stderr).toContain('interrupted by SIGINT')
})
