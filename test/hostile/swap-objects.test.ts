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
import { NOBODY, whileSwapping } from './swapper.ts'

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
