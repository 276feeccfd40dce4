/** Restores into a tree in which other file systems are mounted: a rename cannot cross, so each is built where it belongs. */
import { execFileSync } from 'node:child_process'
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, expect, jest, test } from '@jest/globals'
import { duba, dubaWell } from '../support/duba.ts'
import { useTempDir } from '../support/temp.ts'

jest.setTimeout(120_000)

const dir = useTempDir('mounts', (made) => {
  for (const name of ['disk/inner', 'disk', 'bound'])
    execFileSync('umount', ['--lazy', join(made, 'target/source', name)])
})
const source = join(dir, 'source')
const target = join(dir, 'target/source')
const config = join(dir, 'duba.json')
const files = ['a', 'bound/b', 'disk/c', 'disk/inner/d', 'disk/inner/deep/e', 'z']

function mount(...args: string[]): void {
  execFileSync('mount', args)
}

beforeAll(async () => {
  for (const path of files) {
    mkdirSync(join(source, path, '..'), { recursive: true })
    writeFileSync(join(source, path), path)
  }
  mkdirSync(join(source, 'empty'))
  const keys = {
    ...{ backup_dest: `file://${dir}/destination`, backup_sources: [{ path: source }], encryption: 'none' },
    ...{ logdir: join(dir, 'log'), state_dir: join(dir, 'state'), cache_dir: join(dir, 'cache'), nice: 0 },
  }
  writeFileSync(config, JSON.stringify(keys), { mode: 0o600 })
  await dubaWell(dir, ['--config', config, 'backup'])
  for (const path of ['disk', 'bound', 'elsewhere'])
    mkdirSync(join(path === 'elsewhere' ? dir : target, path), { recursive: true })
  mount('-t', 'tmpfs', '-o', 'size=4m', 'duba-test', join(target, 'disk'))
  mkdirSync(join(target, 'disk/inner'))
  mount('-t', 'tmpfs', '-o', 'size=4m', 'duba-test', join(target, 'disk/inner'))
  // The same file system in another place: its number does not tell.
  mount('--bind', join(dir, 'elsewhere'), join(target, 'bound'))
}, 120_000)

beforeEach(() => {
  for (const path of [...files, 'disk/inner/deep', 'empty'])
    rmSync(join(target, path), { recursive: true, force: true })
})

const restore = (...args: string[]) =>
  duba(dir, ['--config', config, 'restore', source, '--to', 'target', ...args])

test('everything comes back, and no private directory stays', async () => {
  const { status, stdout, stderr } = await restore()
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toContain('12 entries')
  for (const path of files) expect(readFileSync(join(target, path), 'utf8')).toBe(path)
  const device = (path: string): number => lstatSync(join(target, path)).dev
  expect(device('disk/inner/deep/e')).toBe(device('disk/inner'))
  expect(readFileSync(join(dir, 'elsewhere/b'), 'utf8')).toBe('bound/b')
  for (const path of ['', 'disk', 'disk/inner', 'bound'])
    expect(readdirSync(join(target, path)).filter((name) => name.startsWith('.duba'))).toEqual([])
})

test('a conflict on one of them leaves all of them alone', async () => {
  writeFileSync(join(target, 'disk/inner/d'), 'present')
  const { status, stderr } = await restore()
  expect([status, stderr]).toEqual([1, expect.stringContaining('nothing was touched')])
  expect(existsSync(join(target, 'a'))).toBe(false)
  expect(existsSync(join(target, 'disk/c'))).toBe(false)
  const { status: replaced } = await restore('--conflict', 'overwrite')
  expect(replaced).toBe(0)
  expect(readFileSync(join(target, 'disk/inner/d'), 'utf8')).toBe('disk/inner/d')
})

test('one that cannot be written is named, and nothing is restored', async () => {
  mount('-o', 'remount,ro', join(target, 'disk/inner'))
  try {
    const { status, stdout } = await restore()
    expect([status, stdout]).toEqual([
      1,
      expect.stringContaining(`Cannot write to ${join(target, 'disk/inner')}`),
    ])
    expect(existsSync(join(target, 'a'))).toBe(false)
  } finally {
    mount('-o', 'remount,rw', join(target, 'disk/inner'))
  }
})
