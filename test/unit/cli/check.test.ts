import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { Bench } from '../../support/cli.ts'

let bench: Bench
beforeEach(() => {
  bench = new Bench()
})
afterEach(() => {
  bench.remove()
})

const perfdata = /^[^|]*\|([a-z_]+=[0-9.]+s?;[^; ]*;[^; ]*;0;( |$))+$/

test('what a run recorded is as expected; no engine is started and no directory read', async () => {
  const etc = bench.source('etc')
  const home = bench.source('home', ['anna', 'bert'])
  bench.configure({ backup_sources: [{ path: etc }, { path: home, divide: true }] })
  expect((await bench.run(['backup'])).status).toBe(0)
  const started = bench.dumped().length
  rmSync(home, { recursive: true })
  const { status, stdout, stderr } = await bench.run(['check'], { now: () => 1700010000 + 7200 })
  expect(stderr).toBe('')
  expect(stdout.split('\n')[0]).toMatch(/^OK - 3 jobs as expected, oldest good backup 2 hours ago \(/)
  expect(stdout.split('\n')[0]).toMatch(perfdata)
  expect(status).toBe(0)
  expect(bench.dumped()).toHaveLength(started)
})

test('a source that was added and never backed up is critical, one that is gone from the configuration nothing', async () => {
  const sources = [{ path: bench.source('a') }, { path: bench.source('b') }]
  bench.configure({ backup_sources: sources })
  await bench.run(['backup'])
  bench.configure({ backup_sources: [{ path: bench.at('a') }, { path: bench.at('new') }] })
  const { status, stdout } = await bench.run(['check'])
  expect(status).toBe(2)
  expect(stdout).toMatch(/^CRITICAL - 1 of 2 jobs: .*\/new: is configured, but was never backed up\|/)
  expect(stdout).not.toContain(bench.at('b'))
})

test('ages: warning, critical, ranges of the command line, and always ok', async () => {
  bench.configure({ backup_sources: [{ path: bench.source('a') }], max_age: '3h' })
  await bench.run(['backup'])
  const after = async (hours: number, ...more: string[]) => {
    const { status, stdout } = await bench.run(['check', ...more], { now: () => 1700010000 + hours * 3600 })
    expect(stdout.split('\n')[0]).toMatch(perfdata)
    return status
  }
  expect(await after(2)).toBe(0)
  expect(await after(4)).toBe(1)
  expect(await after(7)).toBe(2)
  expect(await after(7, '--always-ok')).toBe(0)
  expect(await after(7, '--warning', '8h', '--critical', '1D')).toBe(0)
  expect(await after(9, '--warning', '8h', '--critical', '1D')).toBe(1)
  expect(await after(25, '--warning', '8h', '--critical', '1D')).toBe(2)
})

test('without a readable configuration the status document itself says what is expected', async () => {
  bench.configure({ backup_sources: [{ path: bench.source('a') }, { path: bench.source('b') }] })
  await bench.run(['backup', bench.at('a')])
  rmSync(bench.config)
  const { status, stdout } = await bench.run(['check', '--status', bench.at('state/status.json')])
  expect(status).toBe(2)
  expect(stdout).toContain(`${bench.at('b')}: is configured, but was never backed up`)
  expect(stdout).toContain(
    'The configuration cannot be read; jobs are those that the run of 2023-11-15T01:00:00Z',
  )
})

test('a broken configuration is a warning beside what is known', async () => {
  bench.configure({ backup_sources: [{ path: bench.source('a') }] })
  await bench.run(['backup'])
  writeFileSync(bench.config, '{ "backup_sources": 1, "env": {"PASSWORD": "hunter2"} }')
  const { status, stdout } = await bench.run(['check', '--status', bench.at('state/status.json')])
  expect(status).toBe(1)
  expect(stdout).toMatch(/^WARNING - The configuration .* has/)
  expect(stdout).not.toContain('hunter2')
})

test('without a document, it is said why the configuration is refused', async () => {
  writeFileSync(bench.config, '{ "backup_sources": 1 }')
  const { status, stdout } = await bench.run(['check', '--status', bench.at('none')])
  expect(status).toBe(3)
  expect(stdout).toMatch(/^UNKNOWN - There is no status document .*: The configuration .*backup_sources/)
})

test.each([
  ['an unknown option', ['check', '--nonsense']],
  ['a bad range', ['check', '--warning', 'soon']],
  ['an unknown job', ['check', '/nowhere']],
  ['help', ['check', '--help']],
  ['the version', ['check', '--version']],
])('%s is UNKNOWN, with words on standard output', async (_, argv) => {
  bench.configure({ backup_sources: [{ path: bench.source('a') }] })
  await bench.run(['backup'])
  const { status, stdout, stderr } = await bench.run(argv)
  expect(status).toBe(3)
  expect(stdout).not.toBe('')
  expect(stderr).toBe('')
})

test('a damaged document is UNKNOWN, a missing one means that nothing was backed up', async () => {
  bench.configure({ backup_sources: [{ path: bench.source('a') }] })
  const never = await bench.run(['check'])
  expect(never.status).toBe(2)
  expect(never.stdout).toContain('There is no status document: nothing was ever run here.')
  expect(never.stdout).not.toContain('1970')
  mkdirSync(bench.at('state'))
  writeFileSync(bench.at('state/status.json'), '{')
  const { status, stdout } = await bench.run(['check'])
  expect(status).toBe(3)
  expect(stdout).toMatch(/^UNKNOWN - .*status\.json is no status document/)
  expect(stdout).toContain('The next run of "duba backup" sets it aside and begins a new one')
  expect(stdout).not.toContain('status_group')
})
