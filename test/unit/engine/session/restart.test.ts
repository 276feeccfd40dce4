import { expect, test } from '@jest/globals'
import { createMemoryBackend } from '../../../../src/backend/memory/memory.ts'
import { readCollection } from '../../../../src/engine/chain/collection.ts'
import { planRestart } from '../../../../src/engine/session/restart.ts'
import { defaultNames } from '../../../../src/format/filename.ts'
import { backupRequest, testContext } from '../../../support/context.ts'
import { useTempDir } from '../../../support/temp.ts'

const dir = useTempDir('restart')

test('a set that was completed meanwhile is left alone', async () => {
  const files = ['vol1.difftar.gz', 'manifest'].map((end) => `duplicity-full.20231114T221320Z.${end}`)
  const store = new Map(files.map((name) => [name, Buffer.from('x')]))
  const context = testContext({ backend: createMemoryBackend(store), dir })
  await context.crypt.prepareWriting()
  const identity = { type: 'full', start: 1_700_000_000, end: 1_700_000_000 } as const
  const partial = {
    identity,
    manifest: 'duplicity-full.20231114T221320Z.manifest.part',
    signatures: undefined,
  }
  const collection = readCollection(files.slice(0, 1), [], defaultNames)
  await expect(
    planRestart(context, backupRequest('/source'), partial, { collection, baseEnd: undefined }),
  ).rejects.toMatchObject({ code: 'REPOSITORY_CHANGED' })
  expect([...store.keys()]).toEqual(files)
})
