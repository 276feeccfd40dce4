import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { storedEntries } from '../../../src/run/stored-entries.ts'
import { plan } from '../../support/plan.ts'
import { emptyStatus } from '../../../src/report/status-document.ts'
import { withRuns } from '../../../src/report/status-record.ts'
import { useTempDir } from '../../support/temp.ts'

const dir = useTempDir('stored')
const store = (path: string, file = 'duplicity-full.20231114T221320Z.manifest'): void => {
  mkdirSync(join(dir, path), { recursive: true })
  writeFileSync(join(dir, path, file), '')
}

test('entries are the directories with backups below the destination, but not those of other jobs', async () => {
  for (const path of ['home/bob', 'home/eve', 'home/other']) store(path)
  store('home/junk', 'README')
  const expansion = await plan(
    {
      backup_dest: `file://${dir}`,
      backup_sources: [
        { path: '/home', divide: true },
        { path: '/srv', dest: `file://${dir}/home/other` },
      ],
    },
    {},
  )
  const [source] = expansion.divided
  if (source === undefined) throw new Error('no divided source')
  expect(await storedEntries(source, expansion, undefined)).toEqual({ entries: ['bob', 'eve'], whole: false })
  const encoded = { ...source, whole: { ...source.whole, destination: `file://${dir}/h%6Fme` } }
  expect(await storedEntries(encoded, expansion, undefined)).toEqual({
    entries: ['bob', 'eve'],
    whole: false,
  })
  store('home')
  expect(await storedEntries(source, expansion, undefined)).toEqual({ entries: ['bob', 'eve'], whole: true })
})

test('of a destination that cannot be listed, what this machine remembers are its entries', async () => {
  const expansion = await plan(
    { backup_dest: 'sftp://host/b', backup_sources: [{ path: '/home', divide: true }] },
    {},
  )
  const [source] = expansion.divided
  if (source === undefined) throw new Error('no divided source')
  const facts = {
    operation: 'backup',
    verdict: 'ok',
    reason: undefined,
    start: 1,
    end: 2,
    files: { new: 1, changed: 0, deleted: 0 },
  } as const
  const finished = ['/home/bob', '/srv/x'].map((path) => ({
    ...facts,
    job: path,
    source: path,
    destination: 'x',
  }))
  const base = emptyStatus('h', '1', '')
  const known = withRuns(base, finished, {
    ...{ runId: 'r', now: 2, history: 1, host: 'h', version: '1' },
    redact: (text) => text,
  })
  expect(await storedEntries(source, expansion, known)).toEqual({ entries: ['bob'], whole: undefined })
  expect(await storedEntries(source, expansion, undefined)).toEqual({ entries: [], whole: undefined })
})
