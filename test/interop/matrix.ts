/**
 * The interop matrix (docs/format.md): one mode of encryption, ours against each version of duplicity, in both
 * directions. The writer makes a full and three incrementals; the reader restores and verifies each, finds nothing
 * to complain about, and goes on with an incremental of its own, which the writer then restores.
 */
import { describe, expect, jest, test } from '@jest/globals'
import { assertOneChain } from '../support/chain-status.ts'
import { client, type Client } from '../support/client.ts'
import { duplicity08, duplicity3 } from '../support/duplicity.ts'
import { engine } from '../support/engine.ts'
import { useGpgHome, type KeyName } from '../support/gpg-home.ts'
import type { Program } from '../support/program.ts'
import { firstTime, sessions, sessionStep } from './sessions.ts'
import { useWorkshop } from './workshop.ts'

/** A row of the matrix. */
export interface Mode {
  name: string
  /** Options of every command. */
  options: readonly string[]
  /** Secrets in the environment. */
  env?: Readonly<Record<string, string>>
  /** Sets of secret keys; each of them alone has to open everything. Empty: no keys are used. */
  openers?: readonly (readonly KeyName[])[]
}

const programs: readonly Program[] = [engine, duplicity08, duplicity3]
const backups = sessions.length - 1
const timeOf = (session: number) => firstTime + session * sessionStep
const volumeOptions = ['--volsize', '1']

/** Declares the tests of one mode. They may wait for one another's programs, and machines are slow. */
export function describeMode(mode: Mode): void {
  jest.setTimeout(180_000)
  describe(`interop, ${mode.name}`, () => {
    const workshop = useWorkshop('matrix', sessions)
    const openers = mode.openers ?? [[]]
    const homes = new Map(
      programs.map((program) => [program, openers.map((keys) => useGpgHome(program, keys))]),
    )
    const chains = new Map<Program, Promise<Chain>>()

    /** A client on a repository with a cold cache, able to open it with the given set of secret keys. */
    function clientOf(
      program: Program,
      repository: string,
      opener = 0,
      archiveDir = workshop.fresh('archive'),
    ): Client {
      const home = homes.get(program)?.[opener] ?? ''
      const env = { ...mode.env, GNUPGHOME: home }
      const { options } = mode
      return client({ program, cwd: workshop.root, url: `file://${repository}`, archiveDir, options, env })
    }

    /** The chain that a program writes, made once, when the first cell asks for it. */
    function chainOf(program: Program): Promise<Chain> {
      const known = chains.get(program)
      if (known !== undefined) return known
      const made = writeChain(program)
      chains.set(program, made)
      return made
    }

    async function writeChain(program: Program): Promise<Chain> {
      const repository = workshop.fresh('repository')
      const writer = clientOf(program, repository)
      for (let session = 0; session < backups; session += 1) {
        const kind = session === 0 ? 'full' : 'incremental'
        await workshop.withSource(session, (source) =>
          writer.backup(kind, source, timeOf(session), volumeOptions),
        )
      }
      return { repository, writer }
    }

    describe.each(cells)('$writer.name → $reader.name', ({ writer, reader }) => {
      const readers = new Map<number, Promise<Client>>()
      const readerOf = (opener: number): Promise<Client> => {
        const made =
          readers.get(opener) ??
          chainOf(writer).then(({ repository }) => clientOf(reader, repository, opener))
        readers.set(opener, made)
        return made
      }
      const times = Array.from({ length: backups }, (_, session) => session)

      describe.each(openers.map((keys, opener) => ({ keys, opener, by: openerName(keys) })))(
        '$by',
        ({ opener }) => {
          test.each(times)('restores session %i', async (session) => {
            const target = workshop.fresh('target')
            await (await readerOf(opener)).restore(target, timeOf(session))
            workshop.assertState(session, target)
          })
        },
      )

      test.each(times)('verifies session %i', async (session) => {
        await (await readerOf(0)).verify(workshop.stateDir(session), timeOf(session))
      })

      test('finds one sound chain', async () => {
        const { stdout, stderr } = await (await readerOf(0)).status()
        assertOneChain(stdout, backups)
        expect(stderr).toBe('')
      })

      test('goes on with the chain', async () => {
        const chain = await chainOf(writer)
        const repository = workshop.copy(chain.repository)
        const next = clientOf(reader, repository)
        await workshop.withSource(backups, (source) =>
          next.backup('incremental', source, timeOf(backups), volumeOptions),
        )
        assertOneChain((await next.status()).stdout, backups + 1)
        await restoreLast(clientOf(writer, repository))
        await restoreLast(next)
      })

      async function restoreLast(by: Client): Promise<void> {
        const target = workshop.fresh('target')
        await by.restore(target, timeOf(backups))
        workshop.assertState(backups, target)
      }
    })
  })
}

interface Chain {
  repository: string
  writer: Client
}

const cells = [duplicity08, duplicity3].flatMap((oracle) => [
  { writer: engine, reader: oracle },
  { writer: oracle, reader: engine },
])

function openerName(keys: readonly KeyName[]): string {
  return keys.length === 0 ? 'without keys' : `with the ${keys.join(' and ')} key`
}
