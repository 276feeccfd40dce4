import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { keptSignatures } from '../../../../src/engine/session/kept-signatures.ts'
import { formatTarHeader, type TarEntry } from '../../../../src/format/tar/header.ts'

let dir: string
let path: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'duba-test-'))
  path = join(dir, 'sigtar.part')
})
afterEach(async () => {
  await rm(dir, { recursive: true, force: true })
})

function entry(name: string, size: number): Buffer {
  const header: TarEntry = {
    ...{ name, type: 'reg' as const, mode: 0o644, uid: 0, gid: 0, uname: '', gname: '', size },
    ...{ mtime: 0, link: '', major: 0, minor: 0 },
  }
  return Buffer.concat([formatTarHeader(header), Buffer.alloc(Math.ceil(size / 512) * 512, 's')])
}

const long = `signature/${'b'.repeat(200)}`
const entries = [entry('signature/a', 700), entry(long, 12), entry('signature/c', 12)]
const archive = Buffer.concat(entries)
const point = (name: string) => ({ volume: 1, path: name, inside: undefined, signatures: undefined })
const sizes = [0, 1, 2, 3].map((count) => Buffer.concat(entries.slice(0, count)).length)

test.each([
  ['a', 1],
  ['b'.repeat(200), 2],
  ['c', 3],
])('the entries up to %s are kept, extension headers included', async (name, count) => {
  await writeFile(path, archive)
  const kept = await keptSignatures(path, point(name))
  expect(kept?.bytes).toBe(sizes[count])
  const expected = createHash('sha256').update(archive.subarray(0, sizes[count])).digest('hex')
  expect(kept?.hash.digest('hex')).toBe(expected)
})

test('a tail torn behind the point does no harm', async () => {
  await writeFile(path, archive.subarray(0, (sizes[1] ?? 0) + 100))
  expect((await keptSignatures(path, point('a')))?.bytes).toBe(sizes[1])
})

test.each([
  ['torn inside the entry', archive.subarray(0, (sizes[1] ?? 0) - 1), 'a'],
  ['torn before the entry', archive.subarray(0, sizes[1]), 'c'],
  ['without the entry', archive, 'bb'],
  ['with zeros where it should be', Buffer.concat([archive.subarray(0, sizes[1]), Buffer.alloc(4096)]), 'c'],
  ['no tar at all', Buffer.alloc(2048, 'x'), 'a'],
  ['empty', Buffer.alloc(0), 'a'],
])('signatures %s are not kept', async (_, bytes, name) => {
  await writeFile(path, bytes)
  expect(await keptSignatures(path, point(name))).toBeUndefined()
})

test('where a journal tells, length and digest decide', async () => {
  await writeFile(path, archive)
  const bytes = sizes[2] ?? 0
  const sha256 = createHash('sha256').update(archive.subarray(0, bytes)).digest('hex')
  const inside = { block: 3, prefix: { action: 'snapshot' as const, sha256: 'p' } }
  const told = { volume: 1, path: 'bz', inside, signatures: { bytes, sha256 } }
  expect((await keptSignatures(path, told))?.bytes).toBe(bytes)
  expect(await keptSignatures(path, { ...told, signatures: { bytes, sha256: 'x' } })).toBeUndefined()
  await writeFile(path, archive.subarray(0, bytes - 1))
  expect(await keptSignatures(path, told)).toBeUndefined()
})
