/** Why a run is not begun at all, and runs that meet. */
import { existsSync, readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, jest, test } from '@jest/globals'
import { useTempDir } from '../support/temp.ts'
import { fillUp, holdLock, makeRoom, undoAll } from './fault-means.ts'
import { prepare } from './fault.ts'
import { Site } from './site.ts'

jest.setTimeout(120_000)

const site = new Site(useTempDir('faults'))
prepare(site)

interface RunFault {
  readonly fault: string
  readonly arrange: () => void | Promise<void>
  readonly exit: number
  /** What is said: what, where, what to do. */
  readonly says: readonly string[]
  /** What the hook for failures of the run is told; undefined: it cannot be known. */
  readonly reason: string | undefined
}

const runFaults: RunFault[] = [
  {
    fault: 'another run that has the lock',
    arrange: () => holdLock(site.at('state')),
    exit: 75,
    says: ['Another run of duba (process ', site.at('state'), 'Wait until it has ended.'],
    reason: 'nothing-done',
  },
  {
    fault: 'a configuration that is no JSON',
    arrange: () => {
      site.writeConfig(`${site.read('duba.json').slice(0, -1)},`)
    },
    exit: 2,
    says: [site.at('duba.json')],
    reason: undefined,
  },
  {
    fault: 'an unknown key in the configuration',
    arrange: () => {
      site.configure({ keep_ful: 3 })
    },
    exit: 2,
    says: [site.at('duba.json'), 'backup_sources[0].keep_ful', 'keep_full'],
    reason: 'config-invalid',
  },
  {
    fault: 'a value of the wrong type in the configuration',
    arrange: () => {
      site.configure({}, { parallel: 'many' })
    },
    exit: 2,
    says: [site.at('duba.json'), 'parallel', '"many"'],
    reason: 'config-invalid',
  },
  {
    fault: 'a state directory that cannot be made',
    arrange: () => {
      site.configure({}, { state_dir: site.at('duba.json/state') })
    },
    exit: 1,
    says: [site.at('duba.json/state'), '"state_dir"'],
    reason: 'state-unwritable',
  },
  {
    fault: 'a log directory that cannot be made',
    arrange: () => {
      site.configure({}, { logdir: site.at('duba.json/log') })
    },
    exit: 1,
    says: [site.at('duba.json/log'), '"logdir"'],
    reason: 'state-unwritable',
  },
]

describe('nothing is begun for', () => {
  test.each(runFaults)('$fault', async ({ arrange, exit, says, reason }) => {
    site.reset()
    site.configure()
    await arrange()
    const [files, stored] = [site.files(), site.stored()]
    site.forgetTold()
    const ran = await site.backup()
    expect([ran.status, ran.jobs]).toEqual([exit, []])
    for (const words of says) expect(ran.stderr).toContain(words)
    expect([site.files(), site.stored()]).toEqual([files, stored])
    const told = { HOOK: 'on_error', SCOPE: 'run', VERDICT: 'failed', REASON: reason, OPERATION: 'backup' }
    if (reason === undefined) expect(site.told('on_error-run')).toBeUndefined()
    else expect(site.told('on_error-run')).toMatchObject({ ...told, REASON_TEXT: expect.stringMatching(/./) })
    expect(['before-run', 'before-job', 'on_error-job'].filter((hook) => site.told(hook))).toEqual([])
    undoAll()
    site.configure()
    await site.backupWell()
  })
})

test('a second run ends with 75, and the first is not harmed', async () => {
  site.reset()
  site.configure()
  site.grow('more', 12_000_000)
  const files = new Set(site.files())
  const first = site.start(['backup', '--json'])
  const engine = await site.engineInTheMiddle(files)
  process.kill(engine, 'SIGSTOP')
  const second = await site.backup()
  expect([second.status, second.jobs]).toEqual([75, []])
  expect(second.stderr).toContain(`process ${first.child.pid ?? 0}`)
  expect(site.told('on_error-run')).toMatchObject({ REASON: 'nothing-done', EXIT_STATUS: '75' })
  process.kill(engine, 'SIGCONT')
  const ended = await first.ended
  expect([ended.status, ended.jobs[0]?.verdict]).toEqual([0, 'ok'])
  expect(site.stored()?.last).toMatchObject({ run_id: ended.runId, verdict: 'ok' })
  await site.proveRestore()
})

test('a status document that cannot be written is a warning of the run, and the backup is good', async () => {
  site.reset()
  site.configure()
  const before = site.stored()
  fillUp(site.at('state'), 1024, 0)
  const ran = await site.backup()
  expect([ran.status, ran.jobs[0]?.verdict]).toEqual([3, 'ok'])
  expect(ran.stdout).toContain('"status-unwritable"')
  expect(ran.stderr).toContain(`${site.at('state/status.json')} cannot be written`)
  expect(ran.stderr).toContain('"state_dir"')
  expect(site.stored()).toEqual(before)
  makeRoom(site.at('state'))
  await site.backupWell()
})

test('a duba that is killed takes its engine with it, and the run is told as interrupted', async () => {
  site.reset()
  site.configure()
  site.grow('more', 40_000_000)
  const files = new Set(site.files())
  const before = site.stored()
  const killed = site.start(['backup', '--json'])
  const engine = await site.engineInTheMiddle(files)
  killed.child.kill('SIGKILL')
  await killed.ended
  const deadline = Date.now() + 20_000
  while (existsSync(`/proc/${engine}`) && Date.now() < deadline) await sleep(20)
  expect(site.engines()).toEqual([])
  // It has stopped, and not finished.
  expect(site.files().filter((name) => name.includes('.manifest') && !files.has(name))).toEqual([])
  expect(site.stored()).toEqual(before)

  // Nothing has been written since: whoever reads the document sees it nevertheless.
  const status = await site.run('status', '--json', '--offline')
  expect(status.stdout).toContain('"interrupted"')
  const check = await site.run('check')
  expect([check.status, check.stdout]).toEqual([2, expect.stringContaining('killed')])

  const next = await site.backupWell()
  expect(next.stderr).toContain('did not end; 1 job was not done')
  expect(site.stored()?.runs.slice(-2)).toMatchObject([
    { verdict: 'failed', reason: { code: 'interrupted' } },
    { run_id: next.runId, verdict: 'ok' },
  ])
  expect(site.stored()?.runs).toHaveLength((before?.runs.length ?? 0) + 2)
  expect(readdirSync(site.at('state')).filter((name) => name.startsWith('running-'))).toEqual([])
  await site.proveRestore()
})
