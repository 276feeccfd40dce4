/** One chain, written in turn by ours and both versions of duplicity, read by all three at every time. */
import { describe, expect, jest, test } from '@jest/globals'
import { assertOneChain } from '../support/chain-status.ts'
import { client, type Client } from '../support/client.ts'
import { duplicity08, duplicity3 } from '../support/duplicity.ts'
import { engine } from '../support/engine.ts'
import { fingerprints, longId, useGpgHome } from '../support/gpg-home.ts'
import type { Program } from '../support/program.ts'
import { firstTime, sessions, sessionStep } from './sessions.ts'
import { useWorkshop } from './workshop.ts'

jest.setTimeout(180_000)

const programs = [engine, duplicity08, duplicity3]
const writers = [engine, duplicity08, engine, duplicity3, engine]
const modes = [
  { name: 'gzip', options: ['--no-encryption'] },
  { name: 'two keys', options: ['--encrypt-key', fingerprints.host, '--encrypt-key', longId('master')] },
]

describe.each(modes)('a chain in turn, $name', ({ options }) => {
  const workshop = useWorkshop('continue', sessions)
  const repository = workshop.fresh('repository')
  const homes = new Map(programs.map((program) => [program, useGpgHome(program, ['host'])]))
  const timeOf = (session: number) => firstTime + session * sessionStep
  const newClient = (program: Program): Client =>
    client({
      program,
      cwd: workshop.root,
      url: `file://${repository}`,
      archiveDir: workshop.fresh('archive'),
      options,
      env: { PASSPHRASE: '', GNUPGHOME: homes.get(program) ?? '' },
    })
  const own = new Map(programs.map((program) => [program, newClient(program)]))
  const ownClient = (program: Program): Client => own.get(program) ?? newClient(program)

  async function restoreAll(by: Client): Promise<void> {
    for (const session of sessions.keys()) {
      const target = workshop.fresh('target')
      await by.restore(target, timeOf(session))
      workshop.assertState(session, target)
    }
  }

  test.each(writers.map((program, session) => ({ program, session })))(
    '$program.name writes session $session',
    async ({ program, session }) => {
      const kind = session === 0 ? 'full' : 'incremental'
      await workshop.withSource(session, (source) =>
        ownClient(program).backup(kind, source, timeOf(session), ['--volsize', '1']),
      )
    },
  )

  describe.each(programs)('read by $name', (program) => {
    test('with its own cache', async () => {
      await restoreAll(ownClient(program))
    })

    test('with a cold cache', async () => {
      await restoreAll(newClient(program))
    })

    test.each([
      { cache: 'its own', reader: () => ownClient(program) },
      { cache: 'a cold', reader: () => newClient(program) },
    ])('nothing is orphaned or superfluous, seen with $cache cache', async ({ reader }) => {
      const by = reader()
      assertOneChain((await by.status()).stdout, sessions.length)
      // Ours has no cleanup yet: what it thinks superfluous stands in its status.
      if (program === engine) return
      const { stdout } = await by.cleanup()
      expect(stdout).toContain('No extraneous files found, nothing deleted in cleanup.')
    })
  })
})
