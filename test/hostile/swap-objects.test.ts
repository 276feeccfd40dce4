/**
 * A local user swaps directories and files for links while root works among them. Nothing outside may be written,
 * changed or read. Few rounds in a usual run, many with DUBA_TEST_FULL=1.
 */
import * as fs from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { engine } from '../support/engine.ts'
import { baseEnvironment, type Outcome, run } from '../support/program.ts'
import { useTempDir } from '../support/temp.ts'
import { buildTree, dir, fifo, file, link, type Tree } from '../support/tree.ts'
import { NOBODY, whileAmbushing, whileSwapping } from './swapper.ts'

const root = useTempDir('race')
const rounds = process.env['DUBA_TEST_FULL'] === '1' ? 60 : 4
const own = { uid: NOBODY, gid: NOBODY }

beforeAll(() => {
  // The user gets to where they own something.
  fs.chmodSync(root, 0o711)
})

function duba(home: string, ...args: string[]): Promise<Outcome> {
  const options = ['--no-encryption', '--no-compression', '--archive-dir', join(home, 'archive')]
  return run(engine, [...args, ...options, '--allow-source-mismatch'], {
    cwd: home,
    env: baseEnvironment(home),
  })
}

function wellEnded({ status, stdout, stderr }: Outcome): void {
  expect([0, 1, 13, 30, 50]).toContain(status)
  expect(stdout + stderr).not.toMatch(/TypeError|RangeError|at .*\.js:\d/)
}

describe('links, pipes and devices that root makes in a directory of another user', () => {
  test('are given away themselves, and not what is swapped in for them', async () => {
    const home = join(root, 'objects')
    fs.mkdirSync(home, { mode: 0o711 })
    const names = Array.from({ length: 120 }, (_, index) => index)
    const objects: Tree = {
      '': dir(own),
      ...Object.fromEntries(
        names.flatMap((n) => [
          [`l${n}`, link('x', own)],
          [`p${n}`, fifo({ ...own, mode: 0o666 })],
        ]),
      ),
    }
    buildTree(join(home, 'source'), objects)
    const url = `file://${join(home, 'repository')}`
    expect((await duba(home, 'full', join(home, 'source'), url)).status).toBe(0)
    const target = join(home, 'target')
    for (let round = 0; round < rounds; round++) {
      fs.rmSync(target, { recursive: true, force: true })
      const prizes = names.map((n) => [`prize${n}`, file('SECRET', { mode: 0o600 })] as const)
      buildTree(target, { '': dir(own), ...Object.fromEntries(prizes) })
      const pairs = names.map((n) => `${n % 2 === 0 ? 'l' : 'p'}${n}:prize${n}`)
      await whileSwapping(target, pairs, async () => {
        wellEnded(await duba(home, 'restore', '--force', url, target))
      })
      for (const name of fs.readdirSync(target)) {
        const { mode, uid } = fs.lstatSync(join(target, name))
        const isPrize = (mode & 0o170000) === 0o100000
        if (isPrize) expect([name, uid, mode & 0o7777]).toEqual([name, 0, 0o600])
      }
    }
  }, 300_000)
})

describe('a staged restore into a directory of another user', () => {
  const names = Array.from({ length: 60 }, (_, index) => index)
  const home = join(root, 'staged')
  const place = join(home, 'place')
  const target = join(place, 'target')
  const url = `file://${join(home, 'repository')}`

  beforeAll(async () => {
    fs.mkdirSync(home, { mode: 0o711 })
    const objects = names.flatMap((n): [string, Tree[string]][] => [
      [`d${n}`, dir(own)],
      [`d${n}/secret`, file('STORED', { mode: 0o600 })],
      [`f${n}`, file('STORED', own)],
      [`l${n}`, link('x', own)],
    ])
    buildTree(join(home, 'source'), { '': dir(own), ...Object.fromEntries(objects) })
    expect((await duba(home, 'full', join(home, 'source'), url)).status).toBe(0)
  })

  /** What the user owns, and in it what is root's. */
  function lay(): void {
    fs.rmSync(place, { recursive: true, force: true })
    const prizes = names.map((n): [string, Tree[string]] => [
      `target/prize${n}`,
      file('SECRET', { mode: 0o600 }),
    ])
    buildTree(place, {
      '': dir(own),
      decoy: dir({ ...own, mode: 0o700 }),
      vault: dir({ mode: 0o700 }),
      'vault/kept': file('SECRET', { mode: 0o600 }),
      target: dir(own),
      ...Object.fromEntries(prizes),
    })
  }

  /** Everything below, with whose it is, as root sees it. */
  function everything(path: string): { path: string; uid: number; mode: number; text: string }[] {
    return fs.readdirSync(path).flatMap((name) => {
      const full = join(path, name)
      const { uid, mode } = fs.lstatSync(full)
      const text = (mode & 0o170000) === 0o100000 ? fs.readFileSync(full, 'utf8') : ''
      return [{ path: full, uid, mode, text }, ...((mode & 0o170000) === 0o040000 ? everything(full) : [])]
    })
  }

  /** What root had there is as it was, wherever it lies now, and nothing of the backup lies where the user can change it unseen. */
  function nothingLost(): void {
    const all = everything(place)
    const secrets = all.filter(({ text }) => text === 'SECRET')
    expect(secrets).toHaveLength(names.length + 1)
    for (const { uid, mode } of secrets) expect([uid, mode & 0o7777]).toEqual([0, 0o600])
    for (const { path, uid, text } of all) if (path.endsWith('/secret') && text !== '') expect(uid).toBe(0)
  }

  test('gives away nothing that is swapped in under the names it restores', async () => {
    for (let round = 0; round < rounds; round++) {
      lay()
      const pairs = names.flatMap((n) => [`f${n}:prize${n}`, `l${n}:prize${n}`])
      await whileSwapping(target, pairs, async () => {
        wellEnded(await duba(home, 'restore', '--conflict', 'overwrite', url, target))
      })
      const all = everything(place)
      for (const { uid, mode, text } of all.filter(({ text }) => text === 'SECRET'))
        expect([uid, mode & 0o7777, text]).toEqual([0, 0o600, 'SECRET'])
    }
  }, 300_000)

  test('neither builds in nor removes what is swapped in for its private directory', async () => {
    for (let round = 0; round < rounds; round++) {
      lay()
      await whileAmbushing(place, '.duba-restore-', ['decoy', 'vault'], async () => {
        wellEnded(await duba(home, 'restore', '--conflict', 'rename', url, target))
      })
      nothingLost()
      const decoys = fs.readdirSync(place).filter((name) => fs.lstatSync(join(place, name)).uid === NOBODY)
      for (const name of decoys.filter((each) => each !== 'target'))
        expect(fs.readdirSync(join(place, name))).toEqual([])
    }
  }, 300_000)
})
