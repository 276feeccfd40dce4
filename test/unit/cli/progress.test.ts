import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { readFileSync, writeFileSync } from 'node:fs'
import { Bench } from '../../support/cli.ts'

let bench: Bench
beforeEach(() => {
  bench = new Bench()
  const events = [
    { type: 'progress', files: 12, bytes: 1024 },
    { type: 'transfer', up: 2048, down: 0 },
  ]
  bench.configure({ backup_sources: [{ path: bench.source('a') }], env: bench.play({ events, sleep: 1300 }) })
})
afterEach(() => {
  bench.remove()
})

test('a live line on a terminal, gone when the job has ended', async () => {
  const { status, stdout, stderr } = await bench.run(['backup'], { terminalWidth: () => 100 })
  expect(status).toBe(0)
  expect(stderr).toContain(`${bench.at('a')}  12 files, 1.0 KiB, 2.0 KiB stored\n`)
  expect(stderr.endsWith('\u001b[1A\r\u001b[J')).toBe(true)
  expect(stdout).toContain('1 job: 1 ok')
})

test.each([
  ['elsewhere', ['backup'], undefined],
  ['with --no-progress', ['backup', '--no-progress'], () => 100],
])('no progress %s', async (_, argv, terminalWidth) => {
  expect(await bench.run(argv, { terminalWidth })).toMatchObject({ status: 0, stderr: '' })
})

test('--quiet says nothing of what is well, and everything of what is not', async () => {
  expect(await bench.run(['backup', '--quiet'], { terminalWidth: () => 100 })).toEqual({
    status: 0,
    stdout: '',
    stderr: '',
  })
  bench.configure({ backup_sources: [{ path: bench.source('a'), env: bench.play({ kill: 'SIGKILL' }) }] })
  const { status, stdout } = await bench.run(['backup', '--quiet'])
  expect(status).toBe(1)
  expect(stdout).toContain('failed')
  const hooks = { after: [{ command: ['/bin/false'] }] }
  bench.configure({ backup_sources: [{ path: bench.source('a'), env: bench.play() }], hooks })
  expect((await bench.run(['backup', '--quiet'])).stdout).toContain('failed: the run')
})

test('the console speaks to the journal, and log files to machines', async () => {
  const config = JSON.parse(readFileSync(bench.config, 'utf8')) as object
  writeFileSync(
    bench.config,
    JSON.stringify({
      ...config,
      log_format: 'json',
      metrics_file: bench.at('duba.prom'),
      backup_sources: [{ path: bench.source('a'), env: bench.play({ kill: 'SIGKILL' }) }],
    }),
  )
  const io = { stderrId: '8:15', env: { PATH: process.env['PATH'], JOURNAL_STREAM: '8:15' } }
  const { stderr } = await bench.run(['backup'], io)
  expect(stderr).toMatch(/^<3>.*\/a: failed: the engine was ended by SIGKILL, as .*\n$/)
  const log = bench.read(
    `log${bench
      .at('a')
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^-/, '/')}.log`,
  )
  const lines = log
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string>)
  expect(lines.at(-1)).toMatchObject({
    level: 'error',
    run_id: 'run-1',
    job: bench.at('a'),
    operation: 'backup',
    code: 'engine-died',
  })
  expect(bench.read('duba.prom')).toContain(
    `duba_job_verdict{duba_job="${bench.at('a')}",operation="backup",verdict="failed"} 1`,
  )
  const wrong = await bench.run(['backup', '--nonsense'], io)
  expect(wrong.stderr).toBe('<3>Unknown argument: nonsense\n<5>See "duba --help".\n')
})

test('a mail', async () => {
  const { stdout } = await bench.run(['backup', '--summary', 'mail'])
  expect(stdout).toMatch(/^Subject: \[duba\] OK on host-1: 1 job: 1 ok\nMIME-Version: 1.0\n/)
})
