import { appendFileSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { BLOCK_SIZE, FileReader } from '../../../../src/engine/pack/file-reader.ts'

let dir: string
let path: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'duba-test-'))
  path = join(dir, 'file')
})
afterEach(() => {
  rmSync(dir, { recursive: true })
})

function open(): FileReader {
  const reader = FileReader.open(path, false)
  if (reader instanceof FileReader) return reader
  throw new Error(reader.detail)
}

test('a large file that is written to while it is read is rewritten, also where its size stays', () => {
  writeFileSync(path, Buffer.alloc(BLOCK_SIZE * 2))
  utimesSync(path, 1000, 1000)
  const reader = open()
  reader.fill(Buffer.alloc(BLOCK_SIZE))
  expect(reader.rewritten).toBe(false)
  writeFileSync(path, Buffer.alloc(BLOCK_SIZE * 2, 1))
  expect(reader.rewritten).toBe(true)
  reader.close()
})

test.each([
  ['written before the backup began', 100.2, 100.5, 100.9, false],
  ['written since then, in the present second', 100.5, 100.2, 100.9, true],
  ['written since then, in a second that is over', 100.5, 100.2, 101, false],
  ['dated in the future', 200.5, 100.2, 100.9, false],
])('%s', (_, modified, since, now, fresh) => {
  writeFileSync(path, '')
  utimesSync(path, modified, modified)
  const reader = open()
  expect(reader.isFresh(since, () => now)).toBe(fresh)
  reader.close()
})

test('what is missing, a link or a directory is told, not thrown', () => {
  expect(FileReader.open(path, false)).toMatchObject({ trouble: 'vanished' })
  expect(FileReader.open(dir, false)).toMatchObject({ trouble: 'changed-while-read' })
  appendFileSync(path, 'x')
  const reader = open()
  expect(reader.fill(Buffer.alloc(10))).toBe(1)
  expect(reader.trouble).toBeUndefined()
  reader.close()
})
