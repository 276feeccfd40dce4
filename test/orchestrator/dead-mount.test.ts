/** A mount whose server is gone: every look at it hangs. It costs the jobs that need it, and no others. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, jest, test } from '@jest/globals'
import { duba } from '../support/duba.ts'
import { useTempDir } from '../support/temp.ts'
import { Site } from './site.ts'

jest.setTimeout(180_000)

const folder = useTempDir('dead-mount', (made) => {
  // Until it is released, everything that looks at it waits, we too.
  server?.kill('SIGKILL')
  execFileSync('umount', ['--lazy', join(made, 'dead')])
})
const dead = join(folder, 'dead')
const site = new Site(folder)
let server: ChildProcess | undefined

/** A FUSE file system of which nobody ever answers a request. */
async function mountDead(): Promise<void> {
  mkdirSync(dead)
  const options = 'fd=3,rootmode=40000,user_id=0,group_id=0'
  const words = `exec 3<>/dev/fuse; mount -i -t fuse -o ${options} duba-test "$0"; exec sleep 600`
  server = spawn('/bin/bash', ['-c', words, dead], { stdio: 'ignore' })
  while (!readFileSync('/proc/self/mountinfo', 'utf8').includes(` ${dead} `)) await sleep(20)
}

beforeAll(async () => {
  site.fill()
  for (const name of ['secret', 'stored', 'divided/x', 'divided/y'])
    mkdirSync(site.at(name), { recursive: true })
  await mountDead()
})

test('of a destination, of a secret: its jobs are stalled, what is stored there stays unknown, others are backed up', async () => {
  const sources = [
    { path: site.source },
    { path: site.at('secret'), env: { X: { $file: join(dead, 'password') } } },
    { path: site.at('stored'), dest: `file://${dead}/stored` },
    { path: site.at('divided'), dest: `file://${dead}/divided`, divide: { min_size: 1 } },
  ]
  site.configure({}, { backup_sources: sources, hooks: {} })
  const { status, jobs, stderr } = await site.backup()
  expect([status, ...jobs.map(({ verdict }) => verdict)]).toEqual([
    1,
    'ok',
    ...['stalled', 'stalled', 'stalled'],
  ])
  for (const { reason } of jobs.slice(1)) expect(reason?.text).toMatch(/\/dead\S* did not answer within 30 s/)
  expect(stderr).toContain(`warning: ${dead}/divided did not answer within 30 s`)
})

test('of a configuration: that is told', async () => {
  const { status, stderr } = await duba(folder, ['--config', join(dead, 'duba.json'), 'plan'])
  expect(status).toBe(2)
  expect(stderr).toContain(`The configuration ${dead}/duba.json cannot be read: ${dead} did not answer`)
})
