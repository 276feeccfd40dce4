/**
 * The command line and the key that the LFOps role gives a host (docs/decisions, "existing fleets continue"), word
 * for word, in the form for 0.8.22 and in the form for 3.x: default archive directory, real clock, log file.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { assertOneChain } from '../support/chain-status.ts'
import { assertSame, listTree, type Row } from '../support/compare.ts'
import { duplicity08, duplicity3 } from '../support/duplicity.ts'
import { engine } from '../support/engine.ts'
import { fingerprints, longId, useGpgHome, type KeyName } from '../support/gpg-home.ts'
import { baseEnvironment, runWell, type Outcome, type Program } from '../support/program.ts'
import { dir, file, usualTime, type Tree } from '../support/tree.ts'
import { sessions } from './sessions.ts'
import { useWorkshop } from './workshop.ts'

jest.setTimeout(180_000)

const excluded: Tree = {
  'a/.git': dir(),
  'a/.git/config': file('[core]\n'),
  'file.gitignore': file('*\n'),
  cache: dir(),
  'cache/page': file('excluded everywhere\n'),
  'own-exclude': dir(),
  'own-exclude/data': file('excluded for this source\n'),
}
const kept: Tree = { uncached: file('kept\n', { mtime: usualTime }), git: file('kept as well\n') }
const states = sessions.slice(0, 4).map((tree): Tree => ({ ...tree, ...excluded, ...kept }))
const isExcluded = ({ path }: Row) => Object.keys(excluded).includes(path)

const forms = {
  '0.8': { words: ['--asynchronous-upload'], pathOption: '--file-to-restore' },
  '3': { words: ['backup', '--concurrency', '2'], pathOption: '--path-to-restore' },
}
const cells = [duplicity08, duplicity3].flatMap((oracle) => {
  const ours: Program = { ...engine, syntax: oracle.syntax }
  return [
    { writer: ours, reader: oracle, form: oracle.syntax },
    { writer: oracle, reader: ours, form: oracle.syntax },
  ]
})

describe.each(cells)(
  'LFOps, command line of $form: $writer.name → $reader.name',
  ({ writer, reader, form }) => {
    const workshop = useWorkshop('lfops', states)
    const source = join(workshop.root, 'source')
    const destination = `file://${workshop.root}/destination${source}`
    const backedUp: number[] = []
    const seats = new Map([seatOf(writer, 'host'), seatOf(reader, 'host'), seatOf(reader, 'master')])

    /** Who works with which secret key: a home with the default cache and logs, and a key ring. */
    function seatOf(program: Program, key: KeyName): [string, { home: string; gpgHome: string }] {
      return [`${program.name} ${key}`, { home: workshop.fresh('home'), gpgHome: useGpgHome(program, [key]) }]
    }

    async function runAs(program: Program, key: KeyName, args: readonly string[]): Promise<Outcome> {
      const { home, gpgHome } = seats.get(`${program.name} ${key}`) ?? { home: '', gpgHome: '' }
      mkdirSync(home, { recursive: true })
      const env = { ...baseEnvironment(home), GNUPGHOME: gpgHome, PASSPHRASE: '' }
      return runWell(program, args, { cwd: home, env })
    }

    /** The role's command. Returns what the log file says. */
    async function backUp(program: Program): Promise<string> {
      const log = join(seats.get(`${program.name} host`)?.home ?? '', 'source.log')
      const options = [
        ...['--backend-retry-delay', '60', '--cf-backend', 'swift'],
        ...['--encrypt-key', fingerprints.host, '--encrypt-key', longId('master')],
        ...['--exclude', '**/*.git*', '--exclude', '**/cache', '--exclude', `${source}/own-exclude`],
        ...[
          '--exclude-other-filesystems',
          '--full-if-older-than',
          '30D',
          '--log-file',
          log,
          '--log-timestamp',
        ],
        ...['--num-retries', '5', '--verbosity', 'notice', '--volsize', '200'],
      ]
      await runAs(program, 'host', [...forms[form].words, ...options, source, destination])
      return readFileSync(log, 'latin1')
    }

    /** Sets are named by whole seconds, and a chain has one set a second. */
    async function backUpNextSecond(program: Program, session: number): Promise<string> {
      await sleep(1000 - (Date.now() % 1000))
      const log = await workshop.withSource(session, () => backUp(program))
      backedUp.push(Math.floor(Date.now() / 1000))
      return log
    }

    async function restores(program: Program, key: KeyName, session: number): Promise<void> {
      const target = workshop.fresh('target')
      const when = ['--time', String(backedUp[session])]
      await runAs(program, key, [
        'restore',
        `--encrypt-key=${fingerprints.host}`,
        ...when,
        destination,
        target,
      ])
      const expected = listTree(workshop.stateDir(Math.min(session, states.length - 1)))
      assertSame(
        expected.filter((row) => !isExcluded(row)),
        listTree(target),
      )
    }

    beforeAll(async () => {
      for (const session of states.keys()) {
        const log = await backUpNextSecond(writer, session)
        expect(log).toMatch(/\bBackup Statistics\b/)
      }
    }, 180_000)

    test.each([...states.keys()])('restores session %i with the key of the host', async (session) => {
      await restores(reader, 'host', session)
    })

    test('restores with the master key alone', async () => {
      await restores(reader, 'master', 0)
      await restores(reader, 'master', states.length - 1)
    })

    test('restores one file', async () => {
      const target = workshop.fresh('one')
      const args = [
        'restore',
        `--encrypt-key=${fingerprints.host}`,
        forms[form].pathOption,
        'a/b',
        destination,
        target,
      ]
      await runAs(reader, 'host', args)
      expect(readFileSync(target, 'utf8')).toBe('below a\n')
    })

    test('verifies', async () => {
      const excludes = ['--exclude', '**/*.git*', '--exclude', '**/cache']
      const own = ['--exclude', `${workshop.stateDir(states.length - 1)}/own-exclude`]
      const state = workshop.stateDir(states.length - 1)
      await runAs(reader, 'host', ['verify', '--compare-data', ...excludes, ...own, destination, state])
    })

    test('finds one sound chain', async () => {
      const { stdout } = await runAs(reader, 'host', ['collection-status', destination])
      assertOneChain(stdout, states.length)
    })

    test('goes on with the same command line', async () => {
      await backUpNextSecond(reader, states.length - 1)
      assertOneChain(
        (await runAs(reader, 'host', ['collection-status', destination])).stdout,
        states.length + 1,
      )
      await restores(writer, 'host', states.length)
      await restores(writer, 'host', 1)
    })
  },
)
