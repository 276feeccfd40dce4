/**
 * Disks that fill up, at several levels, below the archive directory, the temporary directory, the destination and the
 * target: the error names the place and a remedy, nothing is broken, and once there is space the next run succeeds.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { client } from '../support/client.ts'
import { assertSame, listTree, type Row } from '../support/compare.ts'
import { duplicity08, duplicity3 } from '../support/duplicity.ts'
import { engine } from '../support/engine.ts'
import { baseEnvironment, run, type Outcome } from '../support/program.ts'
import { useTempDir } from '../support/temp.ts'
import { buildTree, dir, file, noise, type Tree } from '../support/tree.ts'
import { useSmallDisk } from './small-disk.ts'

jest.setTimeout(180_000)

const all = process.env['DUBA_TEST_FULL'] === '1'
const work = useTempDir('disk-full')
const disk = useSmallDisk(16_384)
const T0 = 1_700_000_000
const DAY = 86_400

const many = Object.fromEntries(
  Array.from({ length: 400 }, (_, n) => [
    `dir/name-${n}-${noise(`n${n}`, 20).toString('hex')}`,
    file(`${n}\n`),
  ]),
)
const first: Tree = {
  '': dir(),
  big: file(noise('big', 1_300_000)),
  dir: dir(),
  ...many,
  other: file(noise('other', 700_000)),
}
const second: Tree = {
  ...first,
  big: file(Buffer.concat([noise('big', 1_300_000), noise('tail', 900_000)]), { mtime: T0 - 5 }),
  new: file(noise('new', 500_000), { mtime: T0 - 5 }),
}
const rows: Row[][] = []
beforeAll(() => {
  for (const [index, tree] of [first, second].entries()) {
    buildTree(join(work, `state-${index}`), tree)
    rows.push(listTree(join(work, `state-${index}`)))
  }
})

/** Where everything of one history lies; one of the places is on the small disk. */
interface Places {
  archive: string
  temp: string
  repository: string
}
let count = 0

function history(small: keyof Places | undefined) {
  count += 1
  const root = join(work, `history-${count}`)
  const place = (name: keyof Places): string =>
    name === small ? join(disk.path, `${name}-${count}`) : join(root, name)
  const places = { archive: place('archive'), temp: place('temp'), repository: place('repository') }
  for (const path of Object.values(places)) mkdirSync(path, { recursive: true })
  const common = ['--no-encryption', '--volsize', '1', '--allow-source-mismatch', '--num-retries', '1']
  const surroundings = { cwd: work, env: { ...baseEnvironment(work), TMPDIR: work } }
  const url = `file://${places.repository}`
  const ours = (word: string, extra: readonly string[], positional: readonly string[]): Promise<Outcome> => {
    const own = ['--archive-dir', places.archive, '--tempdir', places.temp]
    return run(engine, [word, ...common, ...own, ...extra, ...positional], surroundings)
  }
  return {
    places,
    url,
    backup: (session: number, at: number) =>
      ours(session === 0 ? 'full' : 'incremental', ['--current-time', String(at)], [`state-${session}`, url]),
    list: () => ours('list-current-files', [], [url]),
    restore: (target: string) => ours('restore', ['--force'], [url, target]),
    /** Real duplicity, with our archive directory and with an empty one. */
    proveWith: async (session: number, at: number): Promise<void> => {
      // duplicity 3 does not see the small disk.
      const copy = join(root, `copy-${session}`)
      cpSync(places.repository, copy, { recursive: true })
      for (const [program, from, archiveDir] of [
        [duplicity08, url, places.archive],
        [duplicity08, url, join(root, 'archive-08')],
        [duplicity3, `file://${copy}`, join(root, 'archive-3')],
      ] as const) {
        const options = ['--no-encryption']
        const settings = { program, cwd: work, url: from, archiveDir, options, env: {} }
        await client(settings).verify(`state-${session}`, at)
      }
    },
    remove: () => {
      for (const path of [root, ...Object.values(places)]) rmSync(path, { recursive: true, force: true })
    },
  }
}

/** Exit status, and what the message has to say beside the path. */
const failures = {
  archive: { status: 9, remedy: '--archive-dir' },
  temp: { status: 35, remedy: '--tempdir' },
  repository: { status: 53, remedy: /space/i },
}

function expectFailure(small: keyof Places, outcome: Outcome): void {
  const { status, remedy } = failures[small]
  expect(outcome).toMatchObject({ status })
  expect(outcome.stderr).toContain(disk.path)
  expect(outcome.stderr).toMatch(remedy)
  expect(outcome.stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m)
}

/** KiB left; the last level of each is enough for the session. */
const levels = {
  archive: all ? [0, 4, 8, 16, 40, 64, 100, 200] : [0, 8, 40, 100],
  temp: all ? [0, 64, 500, 1100, 2100, 3500] : [0, 1100],
  repository: all ? [0, 64, 500, 1100, 1500, 1990, 2020, 2040] : [0, 1100, 2000],
} as const satisfies Record<keyof Places, readonly number[]>

describe.each(['archive', 'temp', 'repository'] as const)('a full disk below the %s', (small) => {
  test('full and incremental fail by name at every level, and succeed when there is space', async () => {
    const { backup, proveWith, remove } = history(small)
    let failed = 0
    let at = T0
    for (const session of [0, 1]) {
      let done = false
      for (const left of levels[small]) {
        disk.fill(left)
        at += DAY
        const outcome = await backup(session, at)
        disk.clear()
        done = outcome.status === 0
        if (done) break
        expectFailure(small, outcome)
        failed += 1
      }
      at += DAY
      if (!done) expect(await backup(session, at)).toMatchObject({ status: 0 })
      await proveWith(session, at)
    }
    expect(failed).toBeGreaterThan(1)
    remove()
  })
})

test('an archive directory on a full disk: what is fetched fails by name, and is whole afterwards', async () => {
  const { backup, list, places, remove } = history('archive')
  expect(await backup(0, T0)).toMatchObject({ status: 0 })
  const whole = await list()
  expect(whole.status).toBe(0)
  for (const left of levels.archive.slice(0, -1)) {
    rmSync(places.archive, { recursive: true })
    mkdirSync(places.archive)
    disk.fill(left)
    const outcome = await list()
    disk.clear()
    if (outcome.status !== 0) expectFailure('archive', outcome)
    const again = await list()
    expect(again.status).toBe(0)
    expect(listed(again)).toEqual(listed(whole))
  }
  remove()
})

/** The lines of the listing, without what the synchronisation says. */
function listed({ stdout }: Outcome): string[] {
  return stdout
    .split('\n')
    .filter((line) => / \d\d:\d\d:\d\d \d{4} /.test(line) && !line.startsWith('Last full'))
}

test('a target on a full disk: the error names it, no half file is left, and the next restore is whole', async () => {
  const { backup, restore, remove } = history(undefined)
  expect(await backup(0, T0)).toMatchObject({ status: 0 })
  const target = join(disk.path, 'target')
  for (const left of [64, 900, 1500]) {
    disk.fill(left)
    const outcome = await restore(target)
    expect(outcome.status).toBe(30)
    expect(outcome.stderr).toContain(target)
    if (existsSync(target)) {
      const names = readdirSync(target, { recursive: true }).map(String)
      expect(names.filter((name) => name.includes('.duba'))).toEqual([])
    }
    disk.clear()
    rmSync(target, { recursive: true, force: true })
  }
  expect(await restore(target)).toMatchObject({ status: 0 })
  assertSame(rows[0] ?? [], listTree(target))
  rmSync(target, { recursive: true })
  remove()
})

test('a full temporary directory stops no restore that reads its volumes where they are', async () => {
  const { backup, restore, remove } = history('temp')
  expect(await backup(0, T0)).toMatchObject({ status: 0 })
  const target = join(work, 'target')
  disk.fill(64)
  expect(await restore(target)).toMatchObject({ status: 0 })
  disk.clear()
  assertSame(rows[0] ?? [], listTree(target))
  rmSync(target, { recursive: true })
  remove()
})
