import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { inDirectory, localFailure } from '../../../src/engine/local-failure.ts'
import { Spool } from '../../../src/engine/pack/spool.ts'
import { Appender } from '../../../src/engine/session/appender.ts'
import { SealedFile } from '../../../src/engine/volume/sealed-file.ts'

const full = (): never => {
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28 })
}

test('a full disk is told with its directory, what is no system error stays', () => {
  expect(() => inDirectory('TEMP_SPACE', '/t', full)).toThrow(
    expect.objectContaining({
      code: 'TEMP_SPACE',
      message: expect.stringContaining('directory /t'),
    }),
  )
  const bug = new TypeError('bug')
  expect(localFailure(bug, 'ARCHIVE_DIR', '/a')).toBe(bug)
})

test('files of a directory that vanished are errors with words', async () => {
  const gone = join(tmpdir(), 'duba-gone', 'x')
  expect(() => new Appender(gone)).toThrow(expect.objectContaining({ code: 'ARCHIVE_DIR' }))
  const seal = () => {
    throw new Error('not reached')
  }
  await expect(SealedFile.create(gone, seal)).rejects.toMatchObject({ code: 'TEMP_SPACE' })
  const spool = new Spool(gone)
  expect(() => {
    spool.add(Buffer.alloc(17 << 20))
  }).toThrow(expect.objectContaining({ code: 'TEMP_SPACE' }))
})
