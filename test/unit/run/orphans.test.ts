import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { DubaConfig } from '../../../src/config/config.generated.ts'
import { emptyStatus, type StatusDocument } from '../../../src/report/status-document.ts'
import { withRuns } from '../../../src/report/status-record.ts'
import { findOrphans, isMissed, mayExpire, missedJobs, orphanObstacle } from '../../../src/run/orphans.ts'
import { plan } from '../../support/plan.ts'
import { finished } from '../../support/status.ts'
import { useTempDir } from '../../support/temp.ts'

const dir = useTempDir('orphans')
const store = (path: string): void => {
  mkdirSync(join(dir, path), { recursive: true })
  writeFileSync(join(dir, path, 'duplicity-full.20231114T221320Z.manifest'), '')
}

test('what is switched off or backed up by itself is no orphan, however its destination is spelled', async () => {
  for (const entry of ['eve', 'old', 'named', 'bob']) store(`srv/${entry}`)
  const expansion = await plan(
    {
      backup_dest: `file://${dir}`,
      backup_sources: [
        { path: '/srv', divide: true },
        { path: '/srv/old', state: 'absent' },
        { path: '/mnt/data', name: 'named', dest: `file://${dir}//srv/./n%61med/` },
      ],
    },
    { '/srv': ['bob'] },
  )
  const orphans = await findOrphans(expansion, emptyStatus('h', '1', ''), () => undefined)
  expect(orphans).toMatchObject([{ job: { path: '/srv/eve' }, lastBackup: undefined }])
})

test('runs name what they remember: once, then until its backups go; what cannot be listed is told and blocks that', async () => {
  symlinkSync('loop', join(dir, 'loop'))
  const keys = { backup_sources: [{ path: '/srv', divide: true, dest: `file://${dir}/loop` }] }
  const tree = { '/srv': ['bob'] }
  const options = { runId: 'r', history: 9, host: 'h', version: '1', redact: (text: string) => text }
  const gone = withRuns(emptyStatus('h', '1', ''), [finished('/srv/gone', 100)], { ...options, now: 100 })
  const said = { verdict: 'warning', reason: { code: 'vanished', text: '' }, start: undefined } as const
  const told = withRuns(gone, [finished('/srv/gone', 200, { ...said, files: undefined })], {
    ...options,
    now: 200,
  })
  const month = 30 * 86_400
  const cases: [Partial<DubaConfig>, StatusDocument, number, string[], string | undefined][] = [
    [{}, gone, 200, ['missed'], 'vanished'],
    [{}, gone, 100 + month, ['missed'], 'vanished'],
    [{}, told, 99 + month, ['missed'], 'orphan'],
    [{}, told, 100 + month, [], 'orphan'],
    [{ retention_time: '1Y' }, gone, 100 + month, ['missed'], 'vanished'],
    [{ retention_time: '1Y' }, told, 99 + month, ['missed'], 'orphan'],
    [{ retention_time: '1Y' }, told, 100 + month, ['missed', 'may expire'], 'orphan'],
    [{ retention_time: '1Y', prune: false }, told, 100 + month, [], 'orphan'],
  ]
  for (const [more, known, now, states, code] of cases) {
    const expansion = await plan({ ...keys, ...more }, tree)
    const warnings: string[] = []
    const [orphan, ...others] = await findOrphans(expansion, known, (text) => warnings.push(text))
    if (orphan === undefined) throw new Error('none was found')
    expect([others, warnings]).toEqual([[], [expect.stringContaining('ELOOP')]])
    expect(orphan).toMatchObject({ job: { name: '/srv/gone' }, lastBackup: 100, blocked: warnings[0] })
    const found = [isMissed(orphan, now) ? 'missed' : [], mayExpire(orphan, now) ? 'may expire' : []]
    expect(found.flat()).toEqual(states)
    expect(missedJobs(expansion, known, now).map(({ name }) => name)).toEqual(
      states.length > 0 ? ['/srv/gone'] : [],
    )
    expect(orphanObstacle(orphan, now)).toMatchObject({ code })
  }
})
