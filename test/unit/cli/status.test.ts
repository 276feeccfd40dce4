import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { rmSync } from 'node:fs'
import { Bench } from '../../support/cli.ts'

let bench: Bench
beforeEach(() => {
  bench = new Bench()
})
afterEach(() => {
  bench.remove()
})

interface Json {
  readonly jobs: readonly {
    readonly job: string
    readonly asked: boolean
    readonly configured: boolean
    readonly absent: boolean
    readonly last_backup: string | null
    readonly operations: Readonly<Record<string, unknown>>
  }[]
}

test('offline, no destination is asked, and what is remembered is shown', async () => {
  bench.configure({ backup_sources: [{ path: bench.source('a') }, { path: bench.source('b') }] })
  await bench.run(['backup', bench.at('a')])
  const started = bench.dumped().length
  const { status, stdout } = await bench.run(['status', '--offline'])
  expect(status).toBe(0)
  expect(bench.dumped()).toHaveLength(started)
  expect(stdout).toMatch(/\/a +ok +2023-11-15 .* less than a minute /)
  expect(stdout).toMatch(/\/b +- +- +- /)
  const { jobs } = JSON.parse((await bench.run(['status', '--offline', '--json'])).stdout) as Json
  expect(jobs[0]).toMatchObject({ asked: false, configured: true, last_backup: '2023-11-15T01:00:00Z' })
  expect(Object.keys(jobs[0]?.operations ?? {})).toEqual(['backup'])
})

test('jobs that only are remembered stand at the end, unless others are named', async () => {
  bench.configure({ backup_sources: [{ path: bench.source('home', ['anna', 'bert']), divide: true }] })
  await bench.run(['backup'])
  bench.configure({ backup_sources: [{ path: bench.source('home/anna2') }] })
  const { stdout } = await bench.run(['status'])
  const lines = stdout.trimEnd().split('\n')
  expect(lines).toHaveLength(4)
  expect(lines[3]).toMatch(/\/home\/bert +ok .* not configured any more$/)
  expect((await bench.run(['status', bench.at('home/anna2')])).stdout).not.toContain('bert')
})

test('what is switched off is called so', async () => {
  const home = { path: bench.source('home', ['anna']), divide: true }
  const dests = [
    { name: 'nas', dest: 'file:///nas' },
    { name: 'usb', dest: 'file:///usb' },
  ]
  const two = { path: bench.source('two'), name: 'two' }
  const off = { path: bench.source('off') }
  bench.configure({ backup_sources: [home, off, { ...two, dests }, { path: bench.source('gone') }] })
  await bench.run(['backup'])
  const state = 'absent'
  const fewer = [dests[0], { ...dests[1], state }]
  bench.configure({
    backup_sources: [
      { ...home, state },
      { ...off, state },
      { ...two, dests: fewer },
    ],
  })
  const { stdout } = await bench.run(['status', '--offline'])
  for (const job of ['home/anna', 'off', 'two@usb'])
    expect(stdout).toMatch(new RegExp(`${job} +ok .* switched off in the configuration\n`))
  expect(stdout).toMatch(/\/gone +ok .* not configured any more\n/)
  const { jobs } = JSON.parse((await bench.run(['status', '--offline', '--json'])).stdout) as Json
  expect(jobs.map(({ configured, absent }) => [configured, absent])).toEqual(
    expect.arrayContaining([
      [true, false],
      [false, true],
      [false, false],
    ]),
  )
})

test('an entry of a divided source that has vanished is called so', async () => {
  const path = bench.source('home', ['anna', 'bert'])
  bench.configure({ backup_sources: [{ path, divide: true }] })
  await bench.run(['backup'])
  rmSync(bench.at('home/bert'))
  const { stdout } = await bench.run(['status', '--offline'])
  expect(stdout).toMatch(/\/home\/bert +ok .* gone from the source\n$/)
})

test('of a job whose cache is in use, what is remembered is shown, and that it is', async () => {
  const path = bench.source('a')
  bench.configure({ backup_sources: [{ path }] })
  await bench.run(['backup'])
  bench.configure({ backup_sources: [{ path, env: bench.play({ locked: true }) }] })
  const { status, stdout } = await bench.run(['status'])
  expect(status).toBe(0)
  expect(stdout).toMatch(/\/a +ok +2023-11-15 .* a backup is running, or other work with its cache/)
  const { jobs } = JSON.parse((await bench.run(['status', '--json'])).stdout) as Json
  expect(jobs[0]).toMatchObject({ asked: false, busy: true, failure: null })
})

test('a destination that does not answer without secrets: that is said, and no secret is opened', async () => {
  const down = bench.play({
    exit: { type: 'exit', status: 51, error: { code: 'BACKEND_DENIED', message: 'No.' } },
  })
  const env = { ...down, FTP_PASSWORD: { $command: ['/bin/touch', bench.at('opened')] } }
  bench.configure({ backup_sources: [{ path: bench.source('a'), env }] })
  const { status, stdout } = await bench.run(['status'])
  expect(status).toBe(1)
  expect(stdout).toContain('No. (asked without FTP_PASSWORD: status opens no secrets)')
  expect(() => bench.read('opened')).toThrow('ENOENT')
})
