/** Repositories that real duplicity wrote: every session restores, and the reports are the recorded ones. */
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { client } from '../support/client.ts'
import { assertSame, listTree, readListing } from '../support/compare.ts'
import { engine } from '../support/engine.ts'
import { useKeyring } from '../support/gpg-home.ts'
import { useTempDir } from '../support/temp.ts'
import { goldenCases, recordedOutput } from './case.ts'

jest.setTimeout(120_000)

const keyFolder = join(import.meta.dirname, 'keys')
const keyring = useKeyring(
  engine,
  [readFileSync(join(keyFolder, 'secret.gpg'))],
  readFileSync(join(keyFolder, 'ownertrust.txt')),
)

describe.each(goldenCases.filter(({ sound }) => sound))(
  '$name',
  ({ folder, options, env, sessions, status }) => {
    const work = useTempDir('golden')
    const clientWith = (archiveDir: string) =>
      client({
        program: engine,
        cwd: work,
        url: 'file://repo',
        archiveDir,
        options,
        env: { ...env, GNUPGHOME: keyring },
      })
    const warm = clientWith('archive')
    const cold = clientWith('archive2')

    beforeAll(() => {
      for (const part of ['repo', 'archive'])
        cpSync(join(folder, part), join(work, part), { recursive: true })
    })

    test.each(sessions)('restores $time to its listing and lists it', async ({ time, tree, list = '' }) => {
      await cold.restore(`out-${time}`, time)
      assertSame(readListing(join(folder, tree)), listTree(join(work, `out-${time}`)))
      expect((await cold.list(time)).stdout).toBe(recordedOutput(join(folder, list)))
    })

    test('restores the newest session from the archive directory it was left with', async () => {
      const { time, tree } = sessions.at(-1) ?? { time: 0, tree: '' }
      await warm.restore('out-warm', time)
      assertSame(readListing(join(folder, tree)), listTree(join(work, 'out-warm')))
    })

    test.each([
      { cache: 'warm', archiveDir: 'archive' },
      { cache: 'cold', archiveDir: 'archive3' },
    ])('reports its chain from a $cache archive directory', async ({ archiveDir }) => {
      const expected = recordedOutput(join(folder, status ?? ''))
      const { stdout } = await clientWith(archiveDir).status()
      expect(stdout).toBe(expected.replace('Archive dir: archive/', `Archive dir: ${archiveDir}/`))
    })
  },
)
