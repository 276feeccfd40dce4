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
import { buildTree, device, dir, fifo, file, link, noise, type Tree } from '../support/tree.ts'
import { fingerprint } from './fingerprint.ts'
import { NOBODY, whileSwapping } from './swapper.ts'

const root = useTempDir('race')
const rounds = process.env['DUBA_TEST_FULL'] === '1' ? 60 : 4
const own = { uid: NOBODY, gid: NOBODY }

beforeAll(() => {
  // The user gets to where they own something.
  fs.chmodSync(root, 0o711)
})

/** Directories in one another, with objects of all kinds in each. */
const tree: Tree = Object.fromEntries(
  ['', 'a', 'a/b', 'a/b/c', 'a/b/c/d'].flatMap((place) => {
    const at = (name: string): string => (place === '' ? name : `${place}/${name}`)
    const files = Array.from({ length: 30 }, (_, index) => [
      at(`f${index}`),
      file(noise(at(String(index)), 500), own),
    ])
    return [
      [place, dir(own)],
      [at('link'), link('f1', own)],
      [at('pipe'), fifo(own)],
      [at('null'), device('chr', 1, 3, own)],
      ...files,
    ]
  }),
) as Tree

/** Every level of the target and what it is exchanged for: links to the victim, which has the same names. */
const PAIRS = [
  'a:x1',
  'a/b:x2',
  'a/b/c:x3',
  'a/b/c/d:x4',
  'a/f3:x5',
  'a/b/pipe:x6',
  'a/link:x7',
  'a/b/null:x8',
]

function offerLinks(where: string, victim: string): void {
  const targets = ['a', 'a/b', 'a/b/c', 'a/b/c/d', 'a/f3', 'a/b/f5', 'a/f6', 'a/b/f7']
  for (const [index, target] of targets.entries()) {
    const path = join(where, `x${index + 1}`)
    fs.rmSync(path, { force: true, recursive: true })
    fs.symlinkSync(join(victim, target), path)
    fs.lchownSync(path, NOBODY, NOBODY)
  }
}

/** The same names as `tree`, but of root, for nobody else, and not to be touched. */
function buildVictim(path: string): void {
  const entries = Object.entries(tree).map(([name, entry]) => [
    name,
    entry.type === 'dir' ? dir({ mode: 0o711 }) : file(`SECRET of the victim ${name}`, { mode: 0o600 }),
  ])
  buildTree(path, Object.fromEntries(entries) as Tree)
}

function duba(home: string, ...args: string[]): Promise<Outcome> {
  const options = ['--no-encryption', '--no-compression', '--archive-dir', join(home, 'archive')]
  return run(engine, [...args, ...options, '--allow-source-mismatch'], {
    cwd: home,
    env: baseEnvironment(home),
  })
}

function wellEnded({ status, stdout, stderr }: Outcome): void {
  expect([0, 1, 11, 13, 30, 50]).toContain(status)
  expect(stdout + stderr).not.toMatch(/TypeError|RangeError|at .*\.js:\d/)
}

describe('a restore by root into a directory of another user', () => {
  test('writes, changes and owns nothing behind links that are swapped in', async () => {
    const home = join(root, 'restore')
    fs.mkdirSync(home, { mode: 0o711 })
    const victim = join(home, 'victim')
    buildVictim(victim)
    buildTree(join(home, 'source'), tree)
    const url = `file://${join(home, 'repository')}`
    expect((await duba(home, 'full', join(home, 'source'), url)).status).toBe(0)
    const before = fingerprint(victim)
    const target = join(home, 'target')
    for (let round = 0; round < rounds; round++) {
      fs.rmSync(target, { recursive: true, force: true })
      buildTree(target, tree)
      offerLinks(target, victim)
      await whileSwapping(target, PAIRS, async () => {
        wellEnded(await duba(home, 'restore', '--force', url, target))
      })
      expect(fingerprint(victim)).toBe(before)
    }
  }, 300_000)
})

describe('a restore by root beside what another user has made', () => {
  test.each([{ options: ['--force'] }, { options: [] }])(
    'follows no link in the place of the target itself, $options',
    async ({ options }) => {
      const home = join(root, `beside${options.length}`)
      fs.mkdirSync(home, { mode: 0o711 })
      const victim = join(home, 'victim')
      buildVictim(victim)
      // Without --force what is not empty is refused anyway.
      if (options.length === 0)
        for (const name of fs.readdirSync(victim)) fs.rmSync(join(victim, name), { recursive: true })
      buildTree(join(home, 'source'), { '': dir({ mode: 0o777 }), file: file('from the backup') })
      const url = `file://${join(home, 'repository')}`
      expect((await duba(home, 'full', join(home, 'source'), url)).status).toBe(0)
      const before = [fingerprint(victim), fs.lstatSync(victim).mode, fs.lstatSync(victim).ctimeMs]
      const place = join(home, 'place')
      for (let round = 0; round < 2 * rounds; round++) {
        fs.rmSync(place, { recursive: true, force: true })
        buildTree(place, { '': dir(own), target: dir(own), x: link(victim, own) })
        await whileSwapping(place, ['target:x'], async () => {
          wellEnded(await duba(home, 'restore', ...options, url, join(place, 'target')))
        })
        expect([fingerprint(victim), fs.lstatSync(victim).mode, fs.lstatSync(victim).ctimeMs]).toEqual(before)
      }
    },
    300_000,
  )
})

describe('a backup by root of a directory of another user', () => {
  test('reads nothing behind links that are swapped in', async () => {
    const home = join(root, 'backup')
    fs.mkdirSync(home, { mode: 0o711 })
    const victim = join(home, 'victim')
    buildVictim(victim)
    const source = join(home, 'source')
    buildTree(source, tree)
    offerLinks(source, victim)
    for (let round = 0; round < 2 * rounds; round++) {
      const repository = join(home, `repository-${round}`)
      fs.rmSync(join(home, 'archive'), { recursive: true, force: true })
      await whileSwapping(source, PAIRS, async () => {
        wellEnded(await duba(home, 'full', source, `file://${repository}`))
      })
      for (const name of fs.existsSync(repository) ? fs.readdirSync(repository) : []) {
        expect(fs.readFileSync(join(repository, name)).includes('SECRET of the victim')).toBe(false)
      }
      fs.rmSync(repository, { recursive: true, force: true })
    }
  }, 300_000)
})
