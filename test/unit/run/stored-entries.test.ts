import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { DividedSource } from '../../../src/plan/expand.ts'
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
  const others = [...expansion.jobs, ...expansion.absent]
  const [source] = expansion.divided
  if (source === undefined) throw new Error('no divided source')
  expect(await storedEntries(source, others, undefined)).toEqual({
    entries: ['bob', 'eve'],
    whole: false,
    troubles: [],
  })
  const encoded = { ...source, whole: { ...source.whole, destination: `file://${dir}/h%6Fme` } }
  expect(await storedEntries(encoded, others, undefined)).toEqual({
    entries: ['bob', 'eve'],
    whole: false,
    troubles: [],
  })
  store('home')
  expect(await storedEntries(source, others, undefined)).toEqual({
    entries: ['bob', 'eve'],
    whole: true,
    troubles: [],
  })
})

test('of a destination that cannot be listed, what this machine remembers are its entries', async () => {
  const expansion = await plan(
    { backup_dest: 'sftp://host/b', backup_sources: [{ path: '/home', divide: true }] },
    {},
  )
  const others = [...expansion.jobs, ...expansion.absent]
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
  expect(await storedEntries(source, others, known)).toEqual({
    entries: ['bob'],
    whole: undefined,
    troubles: [],
  })
  expect(await storedEntries(source, others, undefined)).toEqual({
    entries: [],
    whole: undefined,
    troubles: [],
  })
})

test('what is there and cannot be listed is told, and is no reason to think that nothing is stored', async () => {
  const place = mkdtempSync('/tmp/duba-unlisted-')
  try {
    chmodSync(place, 0o755)
    for (const name of ['bob', 'closed', 'lost+found']) {
      mkdirSync(join(place, name))
      writeFileSync(join(place, name, 'duplicity-full.20231114T221320Z.manifest'), '')
      if (name !== 'bob') chmodSync(join(place, name), 0o700)
    }
    symlinkSync('loop', join(place, 'loop'))
    const at = async (dest: string): Promise<DividedSource> => {
      const { divided } = await plan({ backup_sources: [{ path: '/home', divide: true, dest }] }, {})
      const [source] = divided
      if (source === undefined) throw new Error('no divided source')
      return source
    }
    const nobody = 65534
    process.seteuid?.(nobody)
    const listed = await storedEntries(await at(`file://${place}`), [], undefined)
    process.seteuid?.(0)
    expect(listed).toEqual({
      entries: ['bob', 'closed'],
      whole: false,
      troubles: [expect.stringMatching(/^the destination \/tmp\/\S+\/closed cannot be listed: EACCES/)],
    })
    expect(await storedEntries(await at(`file://${place}/loop`), [], undefined)).toEqual({
      entries: [],
      whole: undefined,
      troubles: [expect.stringContaining('ELOOP')],
    })
    expect(await storedEntries(await at(`file://${place}/bob/none`), [], undefined)).toMatchObject({
      troubles: [],
    })
    const silence = (): Promise<string> => Promise.resolve('it did not answer')
    expect(await storedEntries(await at(`file://${place}`), [], undefined, { silence })).toEqual({
      entries: [],
      whole: undefined,
      troubles: ['it did not answer'],
    })
  } finally {
    process.seteuid?.(0)
    rmSync(place, { recursive: true })
  }
})
