/**
 * kill -9 at random instants and at chosen ones, over full and incremental, plain and encrypted to a public key, with a
 * source that changes between the kill and the next run. Afterwards what is restored is the source, nothing is left
 * over, and real duplicity reads all of it. DUBA_TEST_SEED repeats a run.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { client } from '../support/client.ts'
import { assertSame, listTree } from '../support/compare.ts'
import { duplicity08, duplicity3 } from '../support/duplicity.ts'
import { engine, engineCommand } from '../support/engine.ts'
import { fingerprints, keyFile, useGpgHome } from '../support/gpg-home.ts'
import { baseEnvironment, type Program } from '../support/program.ts'
import { seed } from '../support/seed.ts'
import { useTempDir } from '../support/temp.ts'
import { buildTree } from '../support/tree.ts'
import { type Ending, meddle, type Moment, randomOf, runUntil } from './kill.ts'
import { first, second } from './trees.ts'

jest.setTimeout(120_000)

const full = process.env['DUBA_TEST_FULL'] === '1'
const rounds = Array.from({ length: full ? 200 : 30 }, (_, round) => round)
const baseTime = 1_700_000_000

const modes = [
  { name: 'plain', write: ['--no-encryption'], read: ['--no-encryption'] },
  {
    name: 'gpg',
    write: ['--encrypt-key', fingerprints.host, '--key-file', keyFile('host', 'public')],
    read: ['--encrypt-key', fingerprints.host],
  },
] as const

/** Names whose appearance is a moment of its own, in the archive directory and on the remote. */
const points: readonly (readonly ['cache' | 'repository', RegExp])[] = [
  ['cache', /^\.duba-work-/],
  ['cache', /sigtar\.part$/],
  ['cache', /manifest\.part$/],
  ['cache', /^\.duba-session/],
  ['repository', /\.vol1\./],
  ['repository', /\.vol2\./],
  ['repository', /\.vol3\./],
  ['repository', /sigtar/],
  ['cache', /sigtar\.gz$/],
  ['repository', /manifest/],
  ['cache', /\.manifest$/],
]

describe(`seed ${seed}`, () => {
  const root = useTempDir('kill')
  const homes = new Map([duplicity08, duplicity3].map((program) => [program, useGpgHome(program, ['host'])]))
  const source = join(root, 'source')
  const place = (name: string): string => join(root, name)
  const url = `file://${place('repository')}`
  const durations = new Map<string, number>()
  let kills = 0
  let restarts = 0

  const run = (mode: (typeof modes)[number], words: readonly string[], moment?: Moment): Promise<Ending> => {
    const options = [...mode.write, '--archive-dir', place('archive'), '--name', 'cache', '--volsize', '1']
    const command = [...engineCommand, ...words, ...options, source, url]
    return runUntil(command, { cwd: root, env: baseEnvironment(root) }, moment)
  }

  const reader = (mode: (typeof modes)[number], program: Program, archive: string) =>
    client({
      program,
      cwd: root,
      url,
      archiveDir: place(archive),
      options:
        program === engine && mode.name === 'gpg'
          ? [...mode.read, '--name', 'cache', '--key-file', keyFile('host', 'secret')]
          : [...mode.read, '--name', 'cache'],
      env: { PASSPHRASE: '', GNUPGHOME: homes.get(program) ?? root },
    })

  /** Puts a tree, a repository and a cache in their places. */
  function lay(tree: 'first' | 'second', base: string | undefined): void {
    for (const name of ['source', 'repository', 'archive', 'cold', 'out'])
      rmSync(place(name), { recursive: true, force: true })
    // Node copies no pipes.
    execFileSync('/usr/bin/cp', ['-a', place(tree), source])
    mkdirSync(join(place('archive'), 'cache'), { recursive: true })
    mkdirSync(place('repository'))
    if (base === undefined) return
    for (const name of ['repository', 'archive'])
      cpSync(place(`${base}-${name}`), place(name), { recursive: true })
  }

  beforeAll(async () => {
    buildTree(place('first'), first)
    buildTree(place('second'), second)
    for (const mode of modes) {
      lay('first', undefined)
      const made = await run(mode, ['full', '--current-time', String(baseTime)])
      expect(made).toMatchObject({ status: 0 })
      durations.set(`${mode.name} full`, made.milliseconds)
      for (const name of ['repository', 'archive'])
        cpSync(place(name), place(`${mode.name}-${name}`), { recursive: true })
      lay('second', mode.name)
      durations.set(`${mode.name} incremental`, (await run(mode, ['incremental'])).milliseconds)
    }
  })

  test.each(rounds)('round %i', async (round) => {
    const random = randomOf(seed * 1000 + round)
    const mode = modes[round % 2 === 0 ? 0 : 1]
    const kind = Math.floor(round / 2) % 2 === 0 ? 'full' : 'incremental'
    lay(kind === 'full' ? 'first' : 'second', kind === 'full' ? undefined : mode.name)
    const story = [`${mode.name} ${kind}`]
    const momentOf = (chosen: boolean): Moment => {
      const [where, appears] = points[Math.floor(random() * points.length)] ?? ['cache', /part$/]
      const folder = where === 'cache' ? join(place('archive'), 'cache') : place('repository')
      if (chosen) return { appears, in: folder }
      return { after: 150 + random() * ((durations.get(`${mode.name} ${kind}`) ?? 0) - 150) }
    }
    const interrupt = async (words: readonly string[], chosen: boolean): Promise<void> => {
      const moment = momentOf(chosen)
      const { killed, status } = await run(mode, words, moment)
      story.push(
        `${killed ? 'killed' : 'ended'}: ${'after' in moment ? moment.after : String(moment.appears)}`,
      )
      if (killed) kills += 1
      else expect(status).toBe(0)
      if (random() < 0.8) story.push(...meddle(source, random, story.length))
    }

    try {
      await interrupt([kind], random() < 0.5)
      if (random() < 0.4) await interrupt([], random() < 0.5)
      const last = await run(mode, [])
      story.push(last.output)
      if (last.output.includes('Restarting after volume')) restarts += 1
      expect(last.status).toBe(0)
      await check(mode, round)
    } catch (error) {
      throw new Error(`round ${round} of seed ${seed}: ${story.join('\n  ')}`, { cause: error })
    }
  })

  test('kills hit, and hit sessions that could go on', () => {
    expect(kills).toBeGreaterThan(rounds.length * 0.6)
    expect(restarts).toBeGreaterThan(rounds.length * 0.2)
  })

  async function check(mode: (typeof modes)[number], round: number): Promise<void> {
    const later = Math.floor(Date.now() / 1000) + 3600
    const rows = listTree(source)
    const restored = async (program: Program, archive: string): Promise<void> => {
      await reader(mode, program, archive).restore('out', later)
      assertSame(rows, listTree(place('out')))
      rmSync(place('out'), { recursive: true })
    }
    await restored(engine, 'archive')
    expect(readdirSync(join(place('archive'), 'cache')).filter((name) => leftover.test(name))).toEqual([])
    await restored(duplicity08, 'cold')
    const { stdout } = await reader(mode, duplicity08, 'archive').cleanup()
    expect(stdout).toContain('No extraneous files found, nothing deleted in cleanup.')
    expect(stdout).not.toMatch(/warning|orphan|incomplete/i)
    if (full || round % 6 === 5) await reader(mode, duplicity3, 'cold-3').verify(source, later)
    rmSync(place('cold-3'), { recursive: true, force: true })
  }
})

const leftover = /\.part$|^\.duba-(work|session)/
