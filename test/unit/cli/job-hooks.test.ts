/** Programs that run before and after a job, and when it has failed. */
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Scenario } from '../../support/cli.ts'
import { JobBench } from '../../support/job-bench.ts'

let bench: JobBench

beforeEach(() => {
  bench = new JobBench()
})
afterEach(() => {
  bench.remove()
})

describe('hooks', () => {
  const withHooks = (hooks: object, scenario: Scenario = {}): void => {
    bench.source('src', ['a'])
    bench.configureSource(scenario, { hooks })
  }

  test('run around the job, in order, with what they are told and nothing secret', async () => {
    withHooks({
      before: [bench.telling('before'), { command: ['/usr/bin/env'] }],
      after: [bench.telling('after')],
      on_error: [bench.telling('error')],
    })
    await bench.run(['backup'], { env: { PATH: process.env['PATH'], HOME: '/h', MY_TOKEN: 'hidden' } })
    expect(bench.told()).toEqual(['before job  ', 'after job ok'])
    const log = bench.logOfSource()
    expect(log).toContain('hook before: DUBA_JOB=')
    expect(log).not.toContain('hidden')
    expect(log).not.toContain('FAKE_SCENARIO')
  })

  test('before: a failure fails the job, and what was begun is ended', async () => {
    withHooks({
      before: [{ command: ['/bin/false'] }],
      after: [bench.telling('after')],
      on_error: [bench.telling('error')],
    })
    expect((await bench.outcome()).job).toMatchObject({ verdict: 'failed', reason: { code: 'hook-failed' } })
    expect(bench.told()).toEqual(['after job failed hook-failed', 'error job failed hook-failed'])
    expect(existsSync(bench.dump)).toBe(false)
  })

  test('before: status 75 skips softly', async () => {
    withHooks({ before: [{ shell: 'exit 75' }], on_error: [bench.telling('error')] })
    expect(await bench.outcome()).toMatchObject({
      status: 75,
      job: { verdict: 'skipped', reason: { code: 'hook-skip' } },
    })
    expect(bench.told()).toEqual([])
  })

  test('of other operations: none around them, but those for failures', async () => {
    const hooks = { before: [bench.telling('before')], on_error: [bench.telling('error')] }
    bench.source('src', ['a'])
    const failure = { type: 'exit', status: 51, error: { code: 'BACKEND_DENIED', message: 'No.' } }
    bench.configureSource({ exit: failure }, { hooks }, { hooks })
    for (const operation of ['verify', 'cleanup']) {
      const { status } = await bench.run([operation])
      expect(status).toBe(1)
    }
    const each = ['error job failed backend-denied', 'error run failed backend-denied']
    expect(bench.told()).toEqual([...each, ...each])
  })

  test('an optional one that fails is a warning', async () => {
    withHooks({ before: [{ shell: 'exit 1', optional: true }] })
    expect(await bench.outcome()).toMatchObject({
      status: 3,
      job: { verdict: 'warning', reason: { code: 'hook-failed' } },
    })
  })

  test('after: a failure fails the job', async () => {
    withHooks({ after: [{ command: ['/nonexistent'] }] })
    expect((await bench.outcome()).job).toMatchObject({ verdict: 'failed', reason: { code: 'hook-failed' } })
  })

  test('what a line for the shell says is shown nowhere; time spans of any length are kept', async () => {
    const quiet = `true secret-of-the-line && test -e ${bench.at('src')}`
    withHooks({
      before: [
        { shell: quiet, timeout: '50D' },
        { shell: quiet, timeout: '30D' },
        { shell: quiet, timeout: 0 },
      ],
      after: [{ shell: 'false secret-of-the-line' }],
    })
    const { job } = await bench.outcome()
    expect(job.reason?.text).toBe('the hook "after[0]" ended with status 1')
    expect(bench.logOfSource() + bench.read('state/status.json')).not.toContain('secret-of')
  })

  test('one that takes too long is ended with what it has started', async () => {
    withHooks({ before: [{ shell: `sleep 60 & sleep 60; echo late > ${bench.at('late')}`, timeout: 1 }] })
    const { job } = await bench.outcome()
    expect(job.reason?.text).toContain('took longer than 1 s')
    expect(existsSync(bench.at('late'))).toBe(false)
  })

  test('of the run: before, after and for every failure, that of the lock too', async () => {
    bench.source('src', ['a'])
    const hooks = {
      before: [bench.telling('before')],
      after: [bench.telling('after')],
      on_error: [bench.telling('error')],
    }
    bench.configure({
      backup_sources: [{ path: bench.at('src') }],
      hooks,
      env: bench.play({ events: [], status: 1, exit: null }),
    })
    await bench.run(['backup'])
    expect(bench.told()).toEqual([
      'before run  ',
      'after run failed engine-died',
      'error run failed engine-died',
    ])
    rmSync(bench.hookFile)
    writeFileSync(bench.at('file'), '')
    bench.configure({ backup_sources: [{ path: bench.at('src') }], hooks, state_dir: bench.at('file/x') })
    expect((await bench.run(['backup'])).status).toBe(1)
    expect(bench.told()).toEqual(['error run failed state-unwritable'])
  })

  test('of the run: a broken configuration and jobs that collide are failures too', async () => {
    const hooks = { on_error: [bench.telling('error')] }
    bench.configure({ backup_sources: [{ path: '/a' }], hooks, unknown_key: 1, parallel: 'many' })
    expect((await bench.run(['backup'])).status).toBe(2)
    bench.configure({ backup_sources: [{ path: '/a' }, { path: '/a' }], hooks })
    expect((await bench.run(['backup'])).status).toBe(2)
    bench.configure({ backup_sources: [{ path: '/a' }], hooks: { on_error: [{ shell: 1 }] } })
    expect((await bench.run(['backup'])).status).toBe(2)
    expect(bench.told()).toEqual(['error run failed config-invalid', 'error run failed config-invalid'])
  })

  test('of the run: one that fails after it fails the run, whose jobs are ok', async () => {
    bench.source('src', ['a'])
    const hooks = { after: [{ command: ['/bin/false'] }], on_error: [bench.telling('error')] }
    bench.configure({ backup_sources: [{ path: bench.at('src') }], hooks })
    const { status, stdout, job } = await bench.outcome()
    expect([status, job.verdict]).toEqual([1, 'ok'])
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'failed',
      exit_status: 1,
      faults: [{ verdict: 'failed', reason: { code: 'hook-failed' } }],
    })
    expect(bench.told()).toEqual(['error run failed hook-failed'])
    expect((await bench.run(['backup'])).stdout).toContain('failed: the run: the hook "/bin/false"')
    expect((await bench.run(['backup', '--summary', 'mail'])).stdout).toMatch(
      /^Subject: \[duba\] FAILED on host-1: 1 job: 1 ok - the run: the hook[^]*\nFAILED {2}the run: the hook/,
    )
  })

  test.each(['before', 'after'])(
    'of the run: an optional one that fails %s it is a warning',
    async (moment) => {
      bench.source('src', ['a'])
      const hooks = { [moment]: [{ shell: 'exit 1', optional: true }], on_error: [bench.telling('error')] }
      bench.configure({ backup_sources: [{ path: bench.at('src') }], hooks })
      const { status, stdout, job } = await bench.outcome()
      expect([status, job.verdict]).toEqual([3, 'ok'])
      expect(JSON.parse(stdout)).toMatchObject({ verdict: 'warning', faults: [{ verdict: 'warning' }] })
      expect(bench.told()).toEqual([])
    },
  )

  test('of the run: a job that is not there and a defect are failures too', async () => {
    bench.source('src', ['a'])
    const hooks = { on_error: [bench.telling('error')] }
    bench.configure({ backup_sources: [{ path: bench.at('src') }], hooks })
    expect((await bench.run(['backup', 'NOPE'])).status).toBe(2)
    expect((await bench.run(['backup', 'NOPE', '--dry-run'])).status).toBe(2)
    let asked = 0
    const now = (): number => {
      asked += 1
      if (asked === 1) throw new TypeError('broken')
      return 1_800_000_000
    }
    expect((await bench.run(['backup'], { now })).status).toBe(1)
    expect(bench.told()).toEqual(['error run failed job-unknown', 'error run failed defect'])
  })

  test('of the run: a skip skips everything', async () => {
    bench.source('src', ['a'])
    bench.configure({
      backup_sources: [{ path: bench.at('src') }],
      hooks: { before: [{ shell: 'exit 75' }] },
    })
    expect(await bench.outcome()).toMatchObject({ status: 75, job: { verdict: 'skipped' } })
  })

  test('are not run by a dry run, which says so', async () => {
    withHooks({ before: [bench.telling('before')] })
    const { stdout } = await bench.run(['backup', '--dry-run', '--json'])
    expect(bench.told()).toEqual([])
    expect(stdout).toContain('hooks-not-run')
  })
})
