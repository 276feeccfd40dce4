import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { Bench } from '../../support/cli.ts'

let bench: Bench
beforeEach(() => {
  bench = new Bench()
})
afterEach(() => {
  bench.remove()
})

interface Json {
  readonly verdict: string
  readonly exit_status: number
  readonly run_id: string
  readonly notices: readonly { readonly code: string }[]
  readonly jobs: readonly {
    readonly job: string
    readonly verdict: string
    readonly kind: string | null
    readonly bytes_uploaded: number | null
    readonly reason: { readonly code: string; readonly text: string } | null
    readonly notes: readonly { readonly code: string; readonly text: string }[]
    readonly files: unknown
  }[]
}

async function runJson(
  argv: readonly string[] = [],
): Promise<{ status: number; json: Json; stderr: string }> {
  const { status, stdout, stderr } = await bench.run(['backup', '--json', ...argv])
  return { status, json: JSON.parse(stdout) as Json, stderr }
}

test('backs up every source and shows a table', async () => {
  const etc = bench.source('etc')
  const home = bench.source('home')
  bench.configure({ backup_sources: [{ path: etc }, { path: home }] })
  const { status, stdout, stderr } = await bench.run([])
  expect(stderr).toBe('')
  expect(status).toBe(0)
  const lines = stdout.split('\n')
  expect(lines[0]).toMatch(/^JOB +VERDICT +KIND +NEW +CHANGED +DELETED +UPLOADED +TIME$/)
  expect(lines[1]).toMatch(/etc +ok +incremental +2 +1 +0 +2.0 KiB +0.0 s$/)
  expect(lines[3]).toBe('2 jobs: 2 ok in 0.0 s; run run-1')
  const engine = bench.dumped().find(({ argv }) => argv.includes(etc))
  expect(engine?.argv).toEqual([
    ...['--event-fd', '3', '--no-encryption', '--num-retries', '5', '--backend-retry-delay', '60'],
    ...['--verbosity', 'notice', '--asynchronous-upload', '--volsize', '200', '--exclude-other-filesystems'],
    ...['--on-recipients-changed', 'full'],
    ...['--marker', JSON.stringify({ host: 'host-1', machine: 'machine-1', job: etc })],
    ...['--threads', '1', etc, `file://${bench.at('dest')}${etc}`],
  ])
  expect(engine?.nice).toBe(19)
})

test('the old command line works', async () => {
  bench.configure({ backup_sources: [{ path: bench.source('etc') }] })
  expect((await bench.run(['--command', 'backup'])).status).toBe(0)
  expect((await bench.run(['--command=backup'])).status).toBe(0)
  expect((await bench.run(['--command', 'prune'])).status).toBe(2)
})

test('JSON has stable names', async () => {
  bench.configure({ backup_sources: [{ path: bench.source('etc') }], retention_time: '30D' })
  const { json } = await runJson(['--full'])
  expect(json).toMatchObject({
    version: 1,
    operation: 'backup',
    run_id: 'run-1',
    start: '2023-11-15T01:00:00Z',
    verdict: 'ok',
    exit_status: 0,
    signal: null,
    notices: [],
    jobs: [
      {
        job: bench.at('etc'),
        source: bench.at('etc'),
        destination: `file://${bench.at('dest')}${bench.at('etc')}`,
        verdict: 'ok',
        reason: null,
        kind: 'full',
        files: { new: 2, changed: 0, deleted: 0 },
        bytes_uploaded: 2048,
        seconds: 0,
        notes: [],
      },
    ],
  })
})

test('the status is that of the worst verdict, whatever finishes last', async () => {
  const failing = bench.play({
    exit: {
      type: 'exit',
      status: 51,
      error: { code: 'BACKEND_DENIED', message: 'No.\nNever', hint: 'Ask.' },
    },
  })
  bench.configure({
    backup_sources: [
      { path: bench.source('a'), env: failing },
      { path: bench.source('b'), env: bench.play({ sleep: 200 }) },
    ],
  })
  const { status, json } = await runJson()
  expect(status).toBe(1)
  expect(json.verdict).toBe('failed')
  expect(json.jobs.map(({ verdict }) => verdict)).toEqual(['failed', 'ok'])
  expect(json.jobs[0]?.reason).toEqual({ code: 'backend-denied', text: 'No. Never. Ask.' })
})

test('entries that cannot be read give a warning, entries that vanish a note', async () => {
  const trouble = (kind: string, path: string) => ({
    type: 'trouble',
    trouble: kind,
    path,
    fullPath: `/s/${path}`,
    detail: '',
  })
  bench.configure({
    backup_sources: [
      {
        path: bench.source('a'),
        env: bench.play({ events: [trouble('unreadable', 'x'), trouble('vanished', 'y')] }),
      },
      {
        path: bench.source('b'),
        env: bench.play({ events: [trouble('vanished', 'z'), trouble('socket', 's')] }),
      },
    ],
  })
  const { status, json } = await runJson()
  expect(status).toBe(3)
  expect(json.jobs.map(({ verdict }) => verdict)).toEqual(['warning', 'ok'])
  expect(json.jobs[0]?.reason).toEqual({
    code: 'unreadable',
    text: '1 entry was left out because of errors: /s/x. Let duba read them, or exclude them',
  })
  expect(json.jobs[1]?.notes.map(({ code }) => code)).toEqual(['vanished', 'socket'])
})

test('a missing source is skipped and named, and does not fail the run', async () => {
  bench.configure({ backup_sources: [{ path: bench.at('gone') }, { path: bench.source('a') }] })
  const first = await runJson()
  expect(first.status).toBe(0)
  expect(first.json.jobs[0]).toMatchObject({ verdict: 'skipped', reason: { code: 'missing' } })
  expect(first.stderr).toContain(`${bench.at('gone')}: skipped`)
  expect((await runJson([bench.at('gone')])).status).toBe(0)
})

test.each([
  ['dies of a signal', { kill: 'SIGKILL' }, 'engine-died', 'ended by SIGKILL'],
  ['says nothing', { exit: null }, 'engine-died', 'no report'],
  ['ends otherwise than it said', { status: 7 }, 'engine-died', 'status 7'],
  ['crashes', { exit: null, status: 1, stderr: ['Error: boom'] }, 'engine-died', 'Error: boom'],
  ['fails without a word', { exit: { type: 'exit', status: 30 } }, 'engine-failed', 'status 30'],
  [
    'garbles its events',
    { exit: null, raw: ['{not json', '{"type":7}'] },
    'engine-died',
    '2 of its messages',
  ],
  ['garbles one event and ends well', { raw: ['{"type":"entr'] }, 'engine-garbled', '1 of the'],
])('an engine that %s fails its job', async (_, scenario, code, text) => {
  bench.configure({ backup_sources: [{ path: bench.source('a'), env: bench.play(scenario) }] })
  const { status, json } = await runJson()
  expect(status).toBe(1)
  expect(json.jobs[0]?.reason?.code).toBe(code)
  expect(json.jobs[0]?.reason?.text).toContain(text)
})

test('an engine that cannot be started fails its job', async () => {
  bench.configure({ backup_sources: [{ path: bench.source('a') }], nice: 0 })
  const { status, stdout } = await bench.run(['--json'], { engineCommand: [bench.at('no-such-program')] })
  expect(status).toBe(1)
  expect((JSON.parse(stdout) as Json).jobs[0]?.reason?.code).toBe('engine-not-started')
})

test('changed keys are told in the summary', async () => {
  const event = { type: 'forcing-full', reason: 'recipients-changed', detail: 'AB added' }
  bench.configure({ backup_sources: [{ path: bench.source('a'), env: bench.play({ events: [event] }) }] })
  const { stdout } = await bench.run([])
  expect(stdout).toContain('the keys have changed, so a new full backup was begun: AB added')
})

test('at most `parallel` engines run at a time', async () => {
  const sources = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ path: bench.source(name) }))
  bench.configure({ backup_sources: sources, parallel: 2, env: bench.play({ sleep: 150 }) })
  expect((await bench.run([])).status).toBe(0)
  let running = 0
  let most = 0
  for (const { start, end } of bench.dumped()) {
    running += start === undefined ? 0 : 1
    running -= end === undefined ? 0 : 1
    most = Math.max(most, running)
  }
  expect(most).toBe(2)
})

test('each job has a log file with the words of its engine', async () => {
  const etc = bench.source('etc')
  bench.configure({
    backup_sources: [{ path: etc, name: 'config' }],
    env: bench.play({ stdout: ['Last full backup date: none'], stderr: ['a \u001b[31mred word'] }),
  })
  await bench.run([])
  const log = bench.read('log/config.log')
  expect(log).toMatch(/^2023-11-1\d \d\d:\d\d:\d\d NOTICE {2}run run-1: backup of .*etc to file:/)
  expect(log).toContain('NOTICE  Last full backup date: none\n')
  expect(log).toContain('ERROR   a \\x1b[31mred word\n')
  expect(log).toMatch(/run run-1: ok\n$/)
  expect(statSync(bench.at('log')).mode & 0o777).toBe(0o750)
  expect(statSync(bench.at('log/config.log')).mode & 0o777).toBe(0o640)
})

test('a log directory that cannot be made ends the run before it begins', async () => {
  writeFileSync(bench.at('file'), '')
  bench.configure({ backup_sources: [{ path: bench.source('a') }], logdir: bench.at('file/log') })
  const { status, stderr } = await bench.run([])
  expect(status).toBe(1)
  expect(stderr).toContain('"logdir"')
  expect(existsSync(bench.dump)).toBe(false)
})

test('a dry run stores no verdict', async () => {
  bench.configure({ backup_sources: [{ path: bench.source('a') }] })
  const { stdout } = await bench.run(['--dry-run'])
  expect(stdout).toContain('dry run: nothing was stored')
  expect(bench.dumped()[0]?.argv).toContain('--dry-run')
  expect(existsSync(bench.at('state/status.json'))).toBe(false)
})
