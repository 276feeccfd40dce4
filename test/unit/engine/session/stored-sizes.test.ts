import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { readCollection } from '../../../../src/engine/chain/collection.ts'
import { forgetOld, recordingStored, storedSizes } from '../../../../src/engine/session/stored-sizes.ts'
import { createMemoryBackend } from '../../../../src/backend/memory/memory.ts'
import { defaultNames } from '../../../../src/format/filename.ts'
import { testContext } from '../../../support/context.ts'
import { useTempDir } from '../../../support/temp.ts'

const dir = useTempDir('stored-sizes')
const context = testContext({ backend: createMemoryBackend(), dir })
const { archiveDir } = context
const setOf = (time: string): string[] => [
  `duplicity-full.${time}.vol1.difftar.gz`,
  `duplicity-full.${time}.manifest`,
]
const [old, kept] = [setOf('20231114T221320Z'), setOf('20231115T221320Z')]
const lost = 'duplicity-full.20231115T221320Z.vol2.difftar.gz'

test('what is gone is forgotten where it is older than all that is left, and nothing for an empty listing', async () => {
  const emit = recordingStored(archiveDir, () => undefined)
  for (const name of [...old, ...kept, lost]) emit({ type: 'upload-done', name, size: 7 })
  await forgetOld(context, readCollection([], [], defaultNames))
  expect((await storedSizes(archiveDir)).size).toBe(5)
  await forgetOld(context, readCollection(kept, [], defaultNames))
  expect([...(await storedSizes(archiveDir)).keys()]).toEqual([...kept, lost])
})

test('an archive directory that cannot be written to is named', () => {
  const gone = join(dir, 'gone')
  rmSync(gone, { recursive: true, force: true })
  const record = (): void => {
    recordingStored(gone, () => undefined)({ type: 'upload-done', name: 'a', size: 1 })
  }
  expect(record).toThrow(
    expect.objectContaining({ code: 'ARCHIVE_DIR', message: expect.stringContaining(gone) }),
  )
})
