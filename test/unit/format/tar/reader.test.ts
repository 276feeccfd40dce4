import { randomBytes } from 'node:crypto'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import tar from 'tar-stream'
import { toText } from '../../../../src/lib/bytestring.ts'
import { formatTarHeader, type TarEntry } from '../../../../src/format/tar/header.ts'
import { TarReader } from '../../../../src/format/tar/reader.ts'
import { codeOfAsync, inPieces } from '../fixtures.ts'
import { entry, extension, member, sealHeader } from './archives.ts'

const ZEROS = Buffer.alloc(512)

async function readAll(source: AsyncIterable<Uint8Array>): Promise<[TarEntry, string][]> {
  const reader = new TarReader(source)
  const members: [TarEntry, string][] = []
  for (let found = await reader.next(); found !== undefined; found = await reader.next()) {
    members.push([found, (await reader.readAll(1e6)).toString('latin1')])
  }
  return members
}

async function namesIn(archive: Buffer): Promise<string[]> {
  return (await readAll(inPieces(archive, 4096))).map(([{ name }]) => name)
}

const archive = Buffer.concat([
  member({ name: 'snapshot/./', type: 'dir' }),
  member({ name: 'snapshot/a' }, Buffer.from('hello')),
  member({ name: 'snapshot/caf\xe9', uid: 3e6 }, randomBytes(1024)),
  member({ name: `snapshot/${'d'.repeat(300)}/`, type: 'dir' }),
  member({ name: 'multivol_snapshot/big/1' }, randomBytes(2000)),
  member({ name: 'multivol_snapshot/big/2' }),
  member({ name: 'snapshot/link', type: 'sym', link: 'target' }),
])

test('the pieces in which the bytes come make no difference', async () => {
  const expected = await readAll(inPieces(archive, archive.length))
  expect(expected.map(([{ size }]) => size)).toEqual([0, 5, 1024, 0, 2000, 0, 0])
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 1500 })), async (sizes) => {
      async function* source(): AsyncGenerator<Uint8Array> {
        let at = 0
        for (const size of [...sizes, archive.length]) {
          await Promise.resolve()
          yield new Uint8Array(archive.subarray(at, at + size))
          at += size
        }
      }
      expect(await readAll(source())).toEqual(expected)
    }),
  )
  expect(await readAll(inPieces(archive, 1))).toEqual(expected)
})

test('a body that is not read, or not to its end, is skipped', async () => {
  const reader = new TarReader(inPieces(archive, 700))
  const names: string[] = []
  for (let found = await reader.next(); found !== undefined; found = await reader.next()) {
    names.push(found.name.slice(0, 12))
    if (found.size === 1024) await reader.read()
  }
  expect(names).toEqual([
    'snapshot/./',
    'snapshot/a',
    'snapshot/caf',
    'snapshot/ddd',
    'multivol_sna',
    'multivol_sna',
    'snapshot/lin',
  ])
  expect(await reader.next()).toBeUndefined()
  expect(await reader.read()).toBeUndefined()
})

test('an empty source and a lone block of zeros hold nothing', async () => {
  expect(await namesIn(Buffer.alloc(0))).toEqual([])
  expect(await namesIn(ZEROS)).toEqual([])
  expect(await namesIn(Buffer.alloc(10240))).toEqual([])
})

test('behind one block of zeros nothing is looked at, but the source is read to its end', async () => {
  const junk = Buffer.concat([
    archive,
    ZEROS,
    Buffer.from('\x85junk'.repeat(999), 'latin1'),
    member({ name: 'snapshot/zz' }),
  ])
  expect(await namesIn(junk)).toEqual(await namesIn(archive))
  let read = 0
  async function* source(): AsyncGenerator<Buffer> {
    for await (const piece of inPieces(junk, 1000)) {
      read += piece.length
      yield piece
    }
    throw new RangeError('integrity')
  }
  await expect(readAll(source())).rejects.toThrow('integrity')
  expect(read).toBe(junk.length)
})

test('an end inside a member is an error wherever it is', async () => {
  const one = Buffer.concat([
    member({ name: 'snapshot/caf\xe9' }, Buffer.from('x')),
    member({}, Buffer.from('y')),
  ])
  for (let length = 1; length < one.length; length++) {
    if (length === 2048) continue // between the two members
    const code = await codeOfAsync(() => namesIn(one.subarray(0, length)))
    expect([length, code]).toEqual([length, 'ARCHIVE_INVALID'])
  }
  await expect(namesIn(one.subarray(0, 2100))).rejects.toThrow('after 2100 bytes')
})

test('headers that describe a next one need one', async () => {
  const lonely = extension('x', '9 path=a\n')
  expect(await codeOfAsync(() => namesIn(lonely))).toBe('ARCHIVE_INVALID')
  expect(await codeOfAsync(() => namesIn(Buffer.concat([lonely, ZEROS])))).toBe('ARCHIVE_INVALID')
})

test('GNU long names and long links', async () => {
  const long = `snapshot/${'n'.repeat(150)}`
  const target = 't'.repeat(150)
  const bytes = Buffer.concat([
    extension('K', `${target}\0`),
    extension('L', `${long}\0`),
    member({ name: long.slice(0, 100), type: 'sym', link: target.slice(0, 100) }),
    member({ name: 'snapshot/next' }),
  ])
  const [first, second] = await readAll(inPieces(bytes, 1000))
  expect(first?.[0]).toMatchObject({ name: long, link: target })
  expect(second?.[0].name).toBe('snapshot/next')
})

test('a global pax header holds until it is changed, one for the next member does not', async () => {
  const bytes = Buffer.concat([
    extension('g', '11 uname=g\n'),
    member({ name: 'snapshot/1' }),
    extension('x', '11 uname=x\n'),
    member({ name: 'snapshot/2' }),
    member({ name: 'snapshot/3' }),
    extension('g', '9 uname=\n'),
    member({ name: 'snapshot/4' }),
  ])
  const members = await readAll(inPieces(bytes, 1000))
  expect(members.map(([{ uname }]) => uname)).toEqual(['g', 'x', 'g', 'root'])
})

test('the size of a body may come from a pax header', async () => {
  const bytes = Buffer.concat([
    extension('x', '13 size=3.99\n'),
    member({ name: 'snapshot/1' }),
    Buffer.concat([Buffer.from('abc'), Buffer.alloc(509)]),
    member({ name: 'snapshot/2' }),
  ])
  const members = await readAll(inPieces(bytes, 333))
  expect(members.map(([{ name }, body]) => [name, body])).toEqual([
    ['snapshot/1', 'abc'],
    ['snapshot/2', ''],
  ])
})

test('extensions cannot be used to fill the memory', async () => {
  for (const flag of ['x', 'g', 'L', 'K']) {
    for (const size of ['00004000001\0', '\xff'.repeat(12), 'x']) {
      const header = formatTarHeader(entry({}))
      header.write(flag, 156, 'latin1')
      header.write(size, 124, 'latin1')
      await expect(namesIn(sealHeader(header))).rejects.toThrow('at byte 0 announces')
    }
  }
})

test('a body longer than the caller allows is refused before it is read', async () => {
  const reader = new TarReader(inPieces(member({ name: 'signature/x\x1b' }, randomBytes(100)), 512))
  await reader.next()
  await expect(reader.readAll(99)).rejects.toThrow('"signature/x\\x1b" has 100 bytes')
  expect((await reader.readAll(100)).length).toBe(100)
})

test('damage is found wherever a header is', async () => {
  const damaged = Buffer.from(archive)
  damaged.write('X', 512 + 3)
  await expect(namesIn(damaged)).rejects.toThrow('at byte 512 has a wrong checksum')
  expect(await codeOfAsync(() => namesIn(Buffer.from('not a tar archive'.repeat(100))))).toBe(
    'ARCHIVE_INVALID',
  )
})

test('closing lets go of the source without reading on', async () => {
  let released = false
  let pieces = 0
  async function* source(): AsyncGenerator<Buffer> {
    try {
      for await (const piece of inPieces(archive, 512)) {
        pieces += 1
        yield piece
      }
    } finally {
      released = true
    }
  }
  const reader = new TarReader(source())
  await reader.next()
  await reader.close()
  await reader.close()
  expect(released).toBe(true)
  expect(pieces).toBe(1)
  expect(await reader.next()).toBeUndefined()
})

test('what another program packs is read', async () => {
  const pack = tar.pack()
  const mtime = new Date(1600000000 * 1000)
  pack.entry({ name: 'snapshot/d', type: 'directory', mtime, mode: 0o700 })
  pack.entry({ name: `snapshot/d/${'é'.repeat(80)}`, mtime, uid: 5, uname: 'someone' }, 'content')
  pack.entry({ name: 'snapshot/l', type: 'symlink', linkname: 'd', mtime })
  pack.finalize()
  const members = await readAll(pack as AsyncIterable<Buffer>)
  expect(
    members.map(([found, body]) => [toText(found.name).replace(/\/$/, ''), found.type, found.mtime, body]),
  ).toEqual([
    ['snapshot/d', 'dir', 1600000000, ''],
    [`snapshot/d/${'é'.repeat(80)}`, 'reg', 1600000000, 'content'],
    ['snapshot/l', 'sym', 1600000000, ''],
  ])
})
