/** Reading beside a backup that is going on: nobody waits for hours with a restore. */
import { readdirSync } from 'node:fs'
import { expect, jest, test } from '@jest/globals'
import { assertSame, listTree } from '../support/compare.ts'
import { useTempDir } from '../support/temp.ts'
import { prepare } from './fault.ts'
import { type Ran, Site } from './site.ts'

jest.setTimeout(120_000)

const site = new Site(useTempDir('readers'))
prepare(site)

/** A backup that has stored its first volume and stands still, until it is let go on. */
async function heldBackup(): Promise<() => Promise<void>> {
  site.grow('more', 12_000_000)
  const files = new Set(site.files())
  const backup = site.start(['backup', '--json'])
  const engine = await site.engineInTheMiddle(files)
  process.kill(engine, 'SIGSTOP')
  return async () => {
    process.kill(engine, 'SIGCONT')
    const { status, jobs } = await backup.ended
    expect([status, jobs[0]?.verdict]).toEqual([0, 'ok'])
    await site.proveRestore()
  }
}

const notice = /^duba: .*another process works with its cache.*\n$/
const privateCaches = (): string[] => readdirSync(site.at('tmp')).filter((name) => name.startsWith('duba-p'))

test('while a backup runs, the ones before it are read and restored, and monitoring hears of no failure', async () => {
  site.reset()
  site.configure()
  const saved = listTree(site.source)
  const looks = [
    ['ls', site.source],
    ['find', 'l*', site.source],
    ['versions', `${site.source}/large`],
    ['diff', String(Math.floor(Date.now() / 1000)), 'now', site.source],
  ]
  const alone: Ran[] = []
  for (const look of looks) alone.push(await site.run(...look))
  expect(alone.map(({ status, stderr }) => [status, stderr])).toEqual(looks.map(() => [0, '']))
  expect((await site.run('verify')).status).toBe(0)

  const goOn = await heldBackup()
  for (const [at, look] of looks.entries()) {
    const { status, stdout, stderr } = await site.run(...look)
    expect([status, stdout]).toEqual([0, alone[at]?.stdout])
    expect(stderr).toMatch(notice)
  }
  const restore = await site.run('restore', site.source, '--to', site.at('beside'))
  expect(restore.status).toBe(0)
  expect(restore.stderr).toMatch(notice)
  assertSame(saved, listTree(site.at('beside/src')))
  const status = await site.run('status')
  expect([status.status, status.stdout]).toEqual([0, expect.stringContaining('a backup is running')])
  const verify = await site.run('verify', '--json')
  const [job] = verify.jobs
  expect([verify.status, job?.verdict, job?.reason?.code]).toEqual([75, 'skipped', 'locked'])
  expect((await site.run('check')).status).toBe(0)
  expect(privateCaches()).toEqual([])
  await goOn()
})

test('while the first backup runs, there is none yet', async () => {
  site.clear()
  site.fill()
  site.configure()
  const goOn = await heldBackup()
  const { status, stderr } = await site.run('restore', site.source, '--to', site.at('beside'))
  expect([status, stderr]).toEqual([1, expect.stringContaining('No backup chains found')])
  expect(privateCaches()).toEqual([])
  await goOn()
})
