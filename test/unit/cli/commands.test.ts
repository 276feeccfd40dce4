import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { Bench } from '../../support/cli.ts'

let bench: Bench
beforeEach(() => {
  bench = new Bench()
})
afterEach(() => {
  bench.remove()
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

test('usage errors end with 2, say what is meant, and start nothing', async () => {
  bench.configure({ backup_sources: [{ path: bench.source('etc') }] })
  for (const argv of [
    ['--fulll'],
    ['restore', bench.at('etc')],
    ['restore', '--to', 'out'],
    ['restore', bench.at('etc'), '--to', 'out', '--in-place'],
    ['restore', bench.at('etc'), '--to', 'out', '--key', 'k'],
    ['restore', bench.at('etc'), '--to', 'out', '--host', 'other'],
    ['restore', bench.at('etc'), '--to', 'out', '--numeric-owner', '--no-owner'],
    ['restore', bench.at('etc/a'), bench.at('etc/b/a'), '--to', 'out'],
    ['bakcup'],
    ['ls', '/no/such'],
    ['restore', bench.at('etc'), '--to', '/a/$HOME'],
  ]) {
    const { status, stdout, stderr } = await bench.run(argv)
    expect([argv, status, stdout]).toEqual([argv, 2, ''])
    expect(stderr).toMatch(/^duba: error: /)
  }
  const slip = await bench.run(['bakcup'])
  expect(slip.stderr).toContain('There is no job and no command "bakcup"\nduba: Did you mean "duba backup"?')
  expect((await bench.run(['restroe'])).stderr).toContain('Did you mean "duba restore"?')
  expect((await bench.run(['backup', 'restroe'])).stderr).toContain('Configured are: ')
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
  expect((await bench.run(['restore', '--help'])).stdout).toContain('DIR/<last part of PATH>')
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
