/** SIGHUP, sent to the built program during a run: its log goes on in a new file, as logrotate(8) needs it. */
import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, jest, test } from '@jest/globals'
import { useTempDir } from '../support/temp.ts'
import { Site } from './site.ts'

jest.setTimeout(120_000)

const site = new Site(useTempDir('hangup'))

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('it did not come to that within a minute')
    await sleep(20)
  }
}

test('SIGHUP during a run opens the log anew, and the run goes on', async () => {
  site.fill()
  const wait = `touch ${site.at('ready')}; while [ ! -e ${site.at('go')} ]; do sleep 0.05; done; echo hook-has-ended`
  site.configure({ hooks: { before: [{ shell: wait }] } })
  const { child, ended } = site.start(['backup', '--json'])
  await until(() => existsSync(site.at('ready')))
  const [name = ''] = readdirSync(site.at('log'))
  renameSync(site.at(`log/${name}`), site.at(`log/${name}.1`))
  child.kill('SIGHUP')
  await until(() => existsSync(site.at(`log/${name}`)))
  writeFileSync(site.at('go'), '')
  const { status, runId } = await ended
  expect(status).toBe(0)
  const before = site.read(`log/${name}.1`)
  expect(before).toContain(`run ${String(runId)}: backup of ${site.source}`)
  expect(before).not.toContain('hook-has-ended')
  expect(site.read(`log/${name}`)).toMatch(/hook before: hook-has-ended\n[^]*run .*: ok\n$/)
})
