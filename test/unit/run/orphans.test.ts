import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { emptyStatus } from '../../../src/report/status-document.ts'
import { findOrphans } from '../../../src/run/orphans.ts'
import { plan } from '../../support/plan.ts'
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
  const orphans = await findOrphans(expansion, emptyStatus('h', '1', ''))
  expect(orphans).toMatchObject([{ job: { path: '/srv/eve' }, lastBackup: undefined }])
})
