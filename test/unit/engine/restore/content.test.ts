import { hash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { expect, test } from '@jest/globals'
import { readContent } from '../../../../src/engine/restore/content.ts'
import { PROVEN, type SetItem } from '../../../../src/engine/restore/set-reader.ts'
import { formatRecords } from '../../../../src/format/records.ts'
import type { TarEntry } from '../../../../src/format/tar/header.ts'
import { UserError } from '../../../../src/lib/errors.ts'

const header: TarEntry = {
  name: 'snapshot/f',
  type: 'reg',
  mode: 0o644,
  uid: 0,
  gid: 0,
  uname: '',
  gname: '',
  size: 0,
  mtime: 0,
  link: '',
  major: 0,
  minor: 0,
}

function item(pieces: string[], records?: Map<string, string>, whole = true): SetItem {
  const left = [...pieces]
  return {
    path: 'f',
    action: 'snapshot',
    header,
    whole,
    records,
    read: () => {
      const piece = left.shift()
      return Promise.resolve(piece === undefined ? undefined : Buffer.from(piece))
    },
    proven: PROVEN,
  }
}

async function read(one: SetItem): Promise<string> {
  let text = ''
  await readContent([one], tmpdir(), (piece) => {
    text += piece.toString()
    return true
  })
  return text
}

const sha256 = hash('sha256', 'onetwo', 'base64url')

test('content with the recorded checksum, with another one, and with none', async () => {
  expect(await read(item(['one', 'two'], formatRecords({ sha256, size: 6 })))).toBe('onetwo')
  await expect(read(item(['one', 'tw0'], formatRecords({ sha256 })))).rejects.toMatchObject({
    code: 'CONTENT_MISMATCH',
    message: `the content is not what was backed up: it has the SHA-256 ${hash('sha256', 'onetw0', 'base64url')} instead of ${sha256}`,
  })
  expect(await read(item(['one'], formatRecords({ mtime: 1n })))).toBe('one')
  expect(await read(item(['one']))).toBe('one')
  expect(await read(item(['one', 'two'], undefined, false))).toBe('onetwo')
})

test('a file in one piece, an empty one, and one of which no more is wanted', async () => {
  const records = formatRecords({ sha256, size: 6 })
  const ofSize = (size: number, one: SetItem): SetItem => ({ ...one, header: { ...header, size } })
  expect(await read(ofSize(6, item(['onetwo'], records)))).toBe('onetwo')
  await expect(read(ofSize(6, item(['onetw0'], records)))).rejects.toMatchObject({ code: 'CONTENT_MISMATCH' })
  const empty = formatRecords({ sha256: hash('sha256', '', 'base64url'), size: 0 })
  expect(await read(item([], empty))).toBe('')
  await expect(read(item([], records))).rejects.toThrow('has 0 bytes instead of 6')
  const pieces: string[] = []
  await readContent([item(['one', 'tw0'], records)], tmpdir(), (piece) => pieces.push(piece.toString()) > 1)
  expect(pieces).toEqual(['one'])
})

test('another size is told as such', async () => {
  await expect(read(item(['one'], formatRecords({ sha256, size: 6 })))).rejects.toThrow(
    'has 3 bytes instead of 6',
  )
})

test('a malformed checksum is no missing one', async () => {
  await expect(read(item(['one'], new Map([['DUBA.sha256', 'x']])))).rejects.toMatchObject({
    code: 'ARCHIVE_INVALID',
  })
})

test('content of a volume that turns out to be damaged is not complete', async () => {
  const damaged = new UserError('HASH_MISMATCH', 'the volume is damaged')
  const one = { ...item(['all ', 'of it']), proven: () => Promise.reject(damaged) }
  const pieces: string[] = []
  const reading = readContent([one], tmpdir(), (piece) => pieces.push(piece.toString()) > 0)
  await expect(reading).rejects.toBe(damaged)
  expect(pieces.join('')).toBe('all of it')
})
