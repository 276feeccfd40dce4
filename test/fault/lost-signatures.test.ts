/**
 * The newest signature archive of a chain with two incrementals is lost or damaged. No restore needs it: the newest state
 * comes back, nothing of it is deleted, and the next incremental builds on what is known for certain.
 */
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, jest, test } from '@jest/globals'
import { client, type Client } from '../support/client.ts'
import { assertSame, listTree } from '../support/compare.ts'
import { duplicity08 } from '../support/duplicity.ts'
import { engine } from '../support/engine.ts'
import { baseEnvironment, type Outcome, type Program, run } from '../support/program.ts'
import { useTempDir } from '../support/temp.ts'
import { buildTree, dir, file, type Tree } from '../support/tree.ts'
import { damageFile, damages } from './damaged-repository.ts'

jest.setTimeout(120_000)

const work = useTempDir('lost-signatures')
const T = 1_700_000_000
const versions: readonly Tree[] = ['one', 'two', 'three', 'four'].map((word, index) => ({
  '': dir({ mtime: T + index }),
  changing: file(`${word}\n`.repeat(5000), { mtime: T + index }),
  [`only-${word}`]: file(word, { mtime: T + index }),
}))
const sources = versions.map((_, index) => join(work, `source-${index}`))

/** Works on one copy of the repository, with an archive directory of its own. */
function clientOf(program: Program, repository: string, archive: string): Client {
  const settings = { program, cwd: work, url: `file://${repository}`, archiveDir: archive, env: {} }
  return client({ ...settings, options: ['--no-encryption', '--name', 'x', '--allow-source-mismatch'] })
}

/** A command as it is, with its status. */
const command = (program: Program, repository: string, archive: string, words: string[]): Promise<Outcome> =>
  run(
    program,
    [...words, '--no-encryption', '--name', 'x', '--archive-dir', archive, `file://${repository}`],
    {
      cwd: work,
      env: baseEnvironment(work),
    },
  )

beforeAll(async () => {
  for (const [index, tree] of versions.entries()) buildTree(sources[index] ?? '', tree)
  mkdirSync(join(work, 'repository'))
  const writer = clientOf(duplicity08, join(work, 'repository'), join(work, 'archive'))
  for (const index of [0, 1, 2])
    await writer.backup(index === 0 ? 'full' : 'incremental', sources[index] ?? '', T + 100 * index)
})

async function restores(from: Client, index: number, at = T + 1000): Promise<void> {
  const target = join(work, 'target')
  rmSync(target, { recursive: true, force: true })
  await from.restore(target, at)
  assertSame(listTree(sources[index] ?? ''), listTree(target))
}

const cases = damages.flatMap((damage) =>
  (['cold', 'warm'] as const).map((cache) => [damage, cache] as const),
)

test.each(cases)('newest signatures %s, %s cache', async (damage, cache) => {
  const repository = join(work, `${damage}-${cache}`)
  const archive = `${repository}-archive`
  cpSync(join(work, 'repository'), repository, { recursive: true })
  if (cache === 'warm') cpSync(join(work, 'archive'), archive, { recursive: true })
  const [newest = ''] = readdirSync(repository)
    .filter((name) => name.includes('new-signatures'))
    .sort()
    .slice(-1)
  damageFile(join(repository, newest), damage, 0.5)
  const before = readdirSync(repository).sort()
  const ours = clientOf(engine, repository, archive)

  await restores(ours, 2)
  await restores(ours, 1, T + 150)
  await ours.verify(sources[2] ?? '', T + 1000)
  // Signatures are all that a list is made of: without the newest, the older state does not pass for it.
  const listed = await command(engine, repository, archive, ['list-current-files'])
  expect(listed.status === 0).toBe(listed.stdout.includes('only-three'))
  if (damage === 'deleted') {
    expect(listed.status).toBe(18)
    expect(listed.stdout).toContain('only-two')
    expect(listed.stderr).toContain('The backup of 20231114T221640Z could not be looked at')
  }
  // Each with nothing cached, so that it shows the listing alone.
  const counted = async (program: Program): Promise<string> => {
    const { stdout } = await command(program, repository, 'nothing', ['collection-status'])
    // duplicity takes the last set off and leaves the end of the chain.
    return stdout.replace(/^Chain end time: .*\n/m, '')
  }
  if (damage === 'emptied') {
    // Empty signatures are as good as none; duplicity looks at no sizes, and would store everything anew.
    expect(await counted(duplicity08)).toContain('No orphaned or incomplete backup sets found.')
    expect(await counted(engine)).toContain('and 1 incomplete backup set.')
  }
  const cleaned = await command(engine, repository, archive, ['cleanup', '--force'])
  expect(cleaned).toMatchObject({ status: 0 })
  const sets = (names: string[]): string[] => names.filter((name) => !name.includes('signatures'))
  expect(sets(readdirSync(repository).sort())).toEqual(sets(before))
  if (damage === 'deleted') {
    const told = await counted(engine)
    expect(told).toBe(await counted(duplicity08))
    expect(told).toContain('and 1 incomplete backup set.')
  }

  // What is there and cannot be read stops duplicity's sync, and makes the next backup of ours a full one.
  if (damage !== 'deleted' && damage !== 'emptied') return
  await ours.backup('incremental', sources[3] ?? '', T + 300)
  await restores(ours, 3)
  await restores(clientOf(duplicity08, repository, `${archive}-theirs`), 3)
  await clientOf(duplicity08, repository, `${archive}-theirs`).verify(sources[3] ?? '', T + 1000)
})
