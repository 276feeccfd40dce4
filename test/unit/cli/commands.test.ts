import { getPriority } from 'node:os'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { Bench } from '../../support/cli.ts'

let bench: Bench
beforeEach(() => {
  bench = new Bench()
})
afterEach(() => {
  bench.remove()
})

test('restore hands time, path and target to the engine', async () => {
  bench.configure({ backup_sources: [{ path: bench.source('etc') }] })
  const { status, stdout } = await bench.run([
    ...['restore', bench.at('etc'), 'out', '--time', '3D', '--path', bench.at('etc/ssh/')],
  ])
  expect(status).toBe(0)
  expect(stdout).toMatch(/^Restored 3 entries \(2\.0 KiB\) of the backup of 2023-11-1\d .* to .*\/out\n$/)
  const { argv = [], nice } = bench.dumped()[0] ?? {}
  expect(argv.slice(-6)).toEqual([
    ...['--time', '3D', '--file-to-restore', 'ssh'],
    `file://${bench.at('dest')}${bench.at('etc')}`,
    bench.at('out'),
  ])
  // A restore is waited for: it gets our own priority, whatever that is.
  expect(nice).toBe(getPriority())
})

test('restore tells what was not restored, and why it failed', async () => {
  const partly = [
    { type: 'restore-trouble', path: 'a\nb', detail: 'no device' },
    { type: 'restore-done', entries: 1, bytes: 1, troubles: 1, setTime: 1 },
  ]
  const wrong = {
    type: 'exit',
    status: 11,
    error: { code: 'TARGET_EXISTS', message: 'It is there.', hint: 'Go.' },
  }
  bench.configure({
    backup_sources: [
      { path: bench.source('a'), env: bench.play({ events: partly, exit: { type: 'exit', status: 1 } }) },
      { path: bench.source('b'), env: bench.play({ exit: wrong }) },
    ],
  })
  const first = await bench.run(['restore', bench.at('a'), 'out'])
  expect(first).toMatchObject({ status: 3, stderr: 'duba: warning: a\\nb: no device\n' })
  expect(first.stdout).toContain('1 not restored completely')
  const second = await bench.run(['restore', bench.at('b'), 'out'])
  expect(second).toMatchObject({ status: 1, stdout: '', stderr: 'duba: error: It is there. Go.\n' })
})

test('a source that is gone, switched off, or an entry of a divided one can be restored', async () => {
  bench.configure({
    backup_sources: [
      { path: bench.at('gone') },
      { path: bench.at('off'), state: 'absent' },
      { path: bench.source('home', ['bob']), divide: true },
    ],
  })
  for (const job of ['gone', 'off', 'home/alice']) {
    expect((await bench.run(['restore', bench.at(job), 'out'])).status).toBe(0)
  }
  expect(bench.dumped().map(({ argv }) => argv.at(-2))).toEqual(
    ['gone', 'off', 'home/alice'].map((job) => `file://${bench.at('dest')}${bench.at(job)}`),
  )
})

test('status joins the chains with the last verdict', async () => {
  const failing = bench.play({
    exit: { type: 'exit', status: 50, error: { code: 'BACKEND_ERROR', message: 'Down.' } },
  })
  bench.configure({
    backup_sources: [{ path: bench.source('a') }, { path: bench.source('b'), env: failing }],
  })
  await bench.run([])
  const table = await bench.run(['status'])
  expect(table.status).toBe(1)
  expect(table.stdout).toMatch(/a +ok +2023-11-1\d .* 1 hour +2023-11-1\d .* +1 +2\n/)
  expect(table.stdout).toMatch(/b +failed +- +- +- +- +- +Down\.\n/)
  const { stdout } = await bench.run(['status', '--json', bench.at('a')])
  expect(JSON.parse(stdout)).toMatchObject({
    version: 1,
    operation: 'status',
    jobs: [
      {
        job: bench.at('a'),
        chains: 1,
        sets: 2,
        last_full: '2023-11-14T22:13:20Z',
        last_backup: '2023-11-14T23:13:20Z',
        last_backup_age_seconds: 6400,
        last_run: {
          verdict: 'ok',
          reason: null,
          end: '2023-11-15T01:00:00Z',
          last_success: '2023-11-15T01:00:00Z',
        },
      },
    ],
  })
})

test('ls lists files, all or below a path', async () => {
  bench.configure({ backup_sources: [{ path: bench.source('etc') }] })
  const all = await bench.run(['ls', bench.at('etc'), '--time', '2026-01-31'])
  expect(all.status).toBe(0)
  expect(all.stdout.replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'T')).toBe(
    'dir     T  .\ndir     T  ssh\nfile    T  ssh/sshd_config\nfile    T  sshx\n',
  )
  expect(bench.dumped()[0]?.argv.slice(-3, -1)).toEqual(['--time', '2026-01-31'])
  const below = await bench.run(['ls', bench.at('etc'), 'ssh'])
  expect(below.stdout.trim().split('\n')).toHaveLength(2)
  expect(await bench.run(['ls', bench.at('etc'), 'nothing'])).toMatchObject({ status: 1, stdout: '' })
})

test('usage errors end with 2, say what is meant, and start nothing', async () => {
  bench.configure({ backup_sources: [{ path: bench.source('etc') }] })
  for (const argv of [
    ['--fulll'],
    ['restore', 'x'],
    ['bakcup'],
    ['ls', '/no/such'],
    ['restore', bench.at('etc'), '/a/$HOME'],
  ]) {
    const { status, stdout, stderr } = await bench.run(argv)
    expect([argv, status, stdout]).toEqual([argv, 2, ''])
    expect(stderr).toMatch(/^duba: error: /)
  }
  expect((await bench.run(['bakcup'])).stderr).toContain('There is no job and no command "bakcup"')
})

test('a configuration that is not there is told', async () => {
  const { status, stderr } = await bench.run([])
  expect(status).toBe(2)
  expect(stderr).toContain(`The configuration ${bench.config} cannot be read: it does not exist`)
})

test('help and version', async () => {
  const help = await bench.run(['--help'])
  expect(help).toMatchObject({ status: 0, stderr: '' })
  for (const word of ['backup', 'restore', 'status', 'ls', '--config', '75', 'duba engine']) {
    expect(help.stdout).toContain(word)
  }
  expect((await bench.run(['restore', '--help'])).stdout).toContain('becomes the target itself')
  expect(await bench.run(['--version'])).toMatchObject({ status: 0, stdout: 'duba 1.2.3\n' })
})

test('the engine takes over', async () => {
  const { main } = await import('../../../src/cli/main.ts')
  const seen: (readonly string[])[] = []
  const io = { runEngine: (argv: readonly string[]) => Promise.resolve(seen.push(argv)), programName: 'duba' }
  const run = (argv: string[], name: string) => main(argv, { ...io, programName: name } as never)
  expect(await run(['engine', '--version'], 'duba')).toBe(1)
  expect(await run(['engine', 'x'], 'duplicity')).toBe(2)
  expect(await run(['--help'], 'duplicity')).toBe(3)
  expect(seen).toEqual([['--version'], ['x'], ['--help']])
})
