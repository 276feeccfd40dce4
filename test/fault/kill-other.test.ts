/** Real duplicity is killed and ours goes on; ours is killed and real duplicity goes on. */
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { assertOneChain } from '../support/chain-status.ts'
import { client } from '../support/client.ts'
import { assertSame, listTree } from '../support/compare.ts'
import { duplicity08, duplicity3 } from '../support/duplicity.ts'
import { engine } from '../support/engine.ts'
import { baseEnvironment, type Program } from '../support/program.ts'
import { seed } from '../support/seed.ts'
import { useTempDir } from '../support/temp.ts'
import { buildTree } from '../support/tree.ts'
import { meddle, randomOf, runUntil } from './kill.ts'
import { bordered } from './trees.ts'

jest.setTimeout(180_000)

const pairs: { killed: Program; finisher: Program; changed: boolean }[] = [
  { killed: duplicity08, finisher: engine, changed: false },
  { killed: duplicity08, finisher: engine, changed: true },
  { killed: duplicity3, finisher: engine, changed: true },
  // What changed meanwhile real duplicity loses in silence: here the source stays as it is.
  { killed: engine, finisher: duplicity08, changed: false },
  { killed: engine, finisher: duplicity3, changed: false },
]

describe.each(pairs)('$killed.name is killed, $finisher.name goes on (changed: $changed)', (pair) => {
  const root = useTempDir('kill-other')
  const source = join(root, 'source')
  const repository = join(root, 'repository')
  const url = `file://${repository}`
  const options = ['--no-encryption', '--name', 'cache', '--volsize', '1']
  const by = (program: Program, archive: string) =>
    client({ program, cwd: root, url, archiveDir: join(root, archive), options, env: {} })

  beforeAll(() => {
    buildTree(source, bordered)
    mkdirSync(repository)
  })

  test(`seed ${seed}`, async () => {
    const surroundings = { cwd: root, env: baseEnvironment(root) }
    const command = (program: Program, word: string): string[] => {
      const words = [...program.command('duplicity'), word, ...options]
      return [...words, '--archive-dir', join(root, 'archive'), source, url]
    }
    const moment = { appears: /\.vol4\./, in: repository }
    expect(await runUntil(command(pair.killed, 'full'), surroundings, moment)).toMatchObject({ killed: true })
    expect(readdirSync(join(root, 'archive/cache')).filter((name) => name.endsWith('.part'))).toHaveLength(2)
    const story = pair.changed ? meddle(source, randomOf(seed), 1) : []

    const finished = await runUntil(command(pair.finisher, 'full'), surroundings)
    expect(finished).toMatchObject({
      status: 0,
      output: expect.stringMatching(/Restarting after volume [234]/),
    })
    const later = Math.floor(Date.now() / 1000) + 3600
    for (const program of [engine, duplicity08, duplicity3]) {
      const target = `out-${program.syntax}-${program.name.length}`
      await by(program, `cold-${target}`).restore(target, later)
      try {
        assertSame(listTree(source), listTree(join(root, target)))
      } catch (error) {
        throw new Error(`${program.name} after ${story.join(', ')}`, { cause: error })
      }
    }
    const sets = readdirSync(repository).filter((name) => name.endsWith('.manifest')).length
    assertOneChain((await by(duplicity08, 'archive').status()).stdout, sets)
  })
})
