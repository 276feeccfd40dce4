import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createMemoryBackend } from '../../../src/backend/memory/memory.ts'
import { removeOld } from '../../../src/engine/remove.ts'
import { testContext } from '../../support/context.ts'
import { useTempDir } from '../../support/temp.ts'
import { at, cached, full } from './removal/names.ts'

const root = useTempDir('remove')
let serial = 0

test.each([
  [
    'says what would help',
    { force: false, dryRun: false },
    /Make a full backup first.*or give an earlier time/,
  ],
  ['in a dry run too', { force: true, dryRun: true }, /Make a full backup first.*or give an earlier time/],
  ['and what to do when it is done', { force: true, dryRun: false }, /Make a full backup now/],
])('the newest chain without signatures goes, which %s', async (_, how, says) => {
  const names = full(0).filter((name) => !name.includes('sigtar'))
  const backend = createMemoryBackend(new Map(names.map((name) => [name, Buffer.from('x')])))
  const context = testContext({ backend, dir: join(root, String((serial += 1))) })
  for (const name of cached(names)) writeFileSync(join(context.archiveDir, name), 'x')
  await removeOld({ age: { kind: 'older-than', time: at(9) }, incrementsOnly: false, ...how }, context)
  const warnings = context.events.filter((event) => event.type === 'note' && event.level === 'warning')
  expect(warnings).toMatchObject([{ text: expect.stringMatching(says) }])
})
