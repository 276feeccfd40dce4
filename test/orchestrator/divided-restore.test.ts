/** Restores of a divided source as a whole, on a machine that has lost it: what there was is found on the destination. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { duba, dubaWell, type Ran } from '../support/duba.ts'
import { useTempDir } from '../support/temp.ts'

jest.setTimeout(300_000)

const dir = useTempDir('divided')
const homes = join(dir, 'homes')
const config = join(dir, 'duba.json')
const large = 'x'.repeat(5000)
let early = ''

/** A machine of this name; `{host}` in the URL lets others name it. */
function configure(host: string): void {
  const keys = {
    host,
    backup_dest: `file://${dir}/destination/{host}`,
    backup_sources: [{ path: homes, divide: { min_size: 4000 } }],
    encryption: 'none',
    logdir: join(dir, 'log'),
    state_dir: join(dir, 'state'),
    cache_dir: join(dir, 'cache'),
    nice: 0,
  }
  writeFileSync(config, JSON.stringify(keys), { mode: 0o600 })
}

function put(path: string, content: string): void {
  mkdirSync(join(homes, path, '..'), { recursive: true })
  writeFileSync(join(homes, path), content)
}

const well = (...args: string[]): Promise<Ran> => dubaWell(dir, ['--config', config, ...args])
const nextSecond = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1100))

function forget(): void {
  for (const name of ['homes', 'cache', 'state', 'log'])
    rmSync(join(dir, name), { recursive: true, force: true })
}

beforeAll(async () => {
  configure('web1')
  for (const name of ['alice', 'bob']) put(`${name}/file`, large)
  put('small/file', 'small')
  await well('backup')
  early = new Date().toISOString().replace(/\.\d+/, '')
  await nextSecond()
  rmSync(join(homes, 'bob'), { recursive: true })
  put('late/file', large)
  put('small/file', 'grown')
  // That an entry has vanished is a warning.
  expect((await duba(dir, ['--config', config, 'backup'])).status).toBe(3)
  forget()
}, 300_000)

describe('after a disaster', () => {
  test('all of it comes back, also an entry that had vanished, and those that were backed up together', async () => {
    const { stdout, stderr } = await well('restore', homes, '--to', 'all')
    expect(readdirSync(join(dir, 'all/homes')).sort()).toEqual(['alice', 'bob', 'late', 'small'])
    expect(readFileSync(join(dir, 'all/homes/small/file'), 'utf8')).toBe('grown')
    expect(readFileSync(join(dir, 'all/homes/bob/file'), 'utf8')).toBe(large)
    // Of the source itself, not of a directory that had to be made.
    expect(statSync(join(dir, 'all/homes')).mode & 0o777).toBe(0o755)
    expect(stdout).not.toContain('a job of its own')
    expect(stderr).toBe('')
  })

  test('it comes back in its place', async () => {
    const alone = await well('restore', join(homes, 'bob'), '--in-place', '--plan')
    expect(alone.stdout).toContain(`${homes} is missing, and is made for its owner alone`)
    const { stdout } = await well('restore', homes, '--in-place')
    expect(stdout).not.toContain('is missing')
    expect(readdirSync(homes).sort()).toEqual(['alice', 'bob', 'late', 'small'])
    forget()
  })

  test('of an earlier time, what began later is named and left out', async () => {
    const { stderr } = await well('restore', homes, '--to', 'early', '--time', early)
    expect(readdirSync(join(dir, 'early/homes')).sort()).toEqual(['alice', 'bob', 'small'])
    expect(readFileSync(join(dir, 'early/homes/small/file'), 'utf8')).toBe('small')
    expect(stderr).toContain(`${homes}/late cannot be restored: There is no backup of`)
  })

  test('one entry comes back, wherever it was stored', async () => {
    await well('restore', join(homes, 'bob'), join(homes, 'small/file'), '--to', 'one')
    expect(readdirSync(join(dir, 'one')).sort()).toEqual(['bob', 'file'])
  })

  test('it can be looked into', async () => {
    const listed = await well('ls', '-R', homes)
    for (const name of ['alice', 'bob', 'late', 'small'])
      expect(listed.stdout).toContain(`/homes/${name}/file`)
    expect((await well('find', 'file')).stdout.trim().split('\n')).toHaveLength(4)
    expect((await well('versions', join(homes, 'small/file'))).stdout.trim().split('\n')).toHaveLength(2)
    const diff = await well('diff', early, 'now', homes)
    expect(diff.stdout).toMatch(/^M .*\/small\/file/m)
    expect(diff.stderr).toContain(`no backup of that time: ${homes}/late`)
    expect(existsSync(homes)).toBe(false)
  })
})

test('another machine restores it by the name of the host, whatever its own directory holds', async () => {
  configure('admin')
  put('mallory/file', large)
  const { stdout } = await well('restore', homes, '--host', 'web1', '--to', 'foreign')
  expect(readdirSync(join(dir, 'foreign/homes')).sort()).toEqual(['alice', 'bob', 'late', 'small'])
  expect(stdout).not.toContain('mallory')
  expect((await well('ls', '-R', homes, '--host', 'web1')).stdout).not.toContain('mallory')
  const unknown = await duba(dir, ['--config', config, 'restore', homes, '--host', 'web2', '--to', 'nowhere'])
  expect(unknown.status).toBe(1)
  expect(unknown.stderr).toContain('No backup chains found')
  cpSync(join(dir, 'destination/web1'), join(dir, 'destination/web2'), { recursive: true })
  await well('restore', homes, '--host', 'web2', '--to', 'copied')
  expect(existsSync(join(dir, 'copied/homes/alice/file'))).toBe(true)
})
