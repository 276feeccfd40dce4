import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import tar from 'tar-stream'
import { fromText, toText } from '../../../../src/lib/bytestring.ts'
import { formatTarHeader, type TarEntry } from '../../../../src/format/tar/header.ts'
import { TarReader } from '../../../../src/format/tar/reader.ts'
import { inPieces } from '../fixtures.ts'

const root: TarEntry = {
  name: 'snapshot/./',
  type: 'dir',
  mode: 0o755,
  uid: 0,
  gid: 0,
  uname: 'root',
  gname: 'root',
  size: 0,
  mtime: 1600000000,
  link: '',
  major: 0,
  minor: 0,
}
const file: TarEntry = { ...root, name: 'snapshot/f', type: 'reg', mode: 0o644 }

function field(header: Buffer, at: number, length: number): string {
  return header.toString('latin1', at, at + length)
}

test('a directory, byte for byte', () => {
  const expected = Buffer.alloc(512)
  expected.write('snapshot/./', 0)
  expected.write('0000755\x000000000\x000000000\x0000000000000\x0013727410000\x00011602\x00 5', 100)
  expected.write('ustar\x0000root', 257)
  expected.write('root', 297)
  expect(formatTarHeader(root)).toEqual(expected)
})

test('a small file', () => {
  const header = formatTarHeader({ ...file, name: 'snapshot/zz-last', size: 5 })
  expect(field(header, 124, 12)).toBe('00000000005\0')
  expect(field(header, 148, 9)).toBe('012767\x00 0')
})

test('a name that is not ASCII gets a pax header', () => {
  const header = formatTarHeader({ ...file, name: 'snapshot/caf\xe9' })
  expect(header.length).toBe(1536)
  expect(field(header, 0, 14)).toBe('././@PaxHeader')
  expect(field(header, 124, 12)).toBe('00000000053\0')
  expect(field(header, 148, 9)).toBe('010213\x00 x')
  expect(field(header, 512, 44)).toBe('21 hdrcharset=BINARY\n22 path=snapshot/caf\xe9\n\0')
  expect(field(header, 1024, 14)).toBe('snapshot/caf?\0')
})

test('what a field cannot hold goes to the pax header, in one order', () => {
  const header = formatTarHeader({
    ...file,
    name: `snapshot/${'x'.repeat(92)}`,
    uid: 8 ** 7,
    gid: 8 ** 7 - 1,
    uname: 'u'.repeat(33),
    gname: 'g'.repeat(32),
    size: 8 ** 11,
    mtime: 9000000000,
  })
  const records = field(header, 512, Number.parseInt(field(header, 124, 11), 8))
  expect(records.split('\n').map((line) => line.replace(/^\d+ /, '').slice(0, 12))).toEqual([
    'path=snapsho',
    'uname=uuuuuu',
    'uid=2097152',
    'size=8589934',
    'mtime=900000',
    '',
  ])
  const last = header.subarray(-512)
  expect(field(last, 108, 16)).toBe('0000000\x007777777\0')
  expect(field(last, 124, 24)).toBe('00000000000\x0000000000000\0')
  expect(field(last, 0, 101)).toBe(`snapshot/${'x'.repeat(91)}0`)
})

test('times are whole seconds and never before the epoch', () => {
  expect(field(formatTarHeader({ ...file, mtime: -5 }), 136, 12)).toBe('00000000000\0')
  expect(formatTarHeader({ ...file, mtime: -5 }).length).toBe(512)
  expect(field(formatTarHeader({ ...file, mtime: 1600000000.9 }), 136, 12)).toBe('13727410000\0')
})

test('only regular files have a size, only directories get a slash, only devices have numbers', () => {
  expect(field(formatTarHeader({ ...file, type: 'fifo', size: 7 }), 124, 12)).toBe('00000000000\0')
  expect(field(formatTarHeader({ ...root, name: 'snapshot/d' }), 0, 12)).toBe('snapshot/d/\0')
  expect(field(formatTarHeader({ ...file, name: 'snapshot/' }), 0, 10)).toBe('snapshot/\0')
  expect(field(formatTarHeader({ ...file, type: 'chr', major: 1, minor: 3 }), 329, 16)).toBe(
    '0000001\x000000003\0',
  )
  expect(field(formatTarHeader({ ...file, major: 1, minor: 3 }), 329, 16)).toBe('\0'.repeat(16))
})

test('a header keeps its bytes when others are made', () => {
  const first = formatTarHeader(root)
  const copy = Buffer.from(first)
  for (let count = 0; count < 1000; count++) formatTarHeader(file)
  expect(first).toEqual(copy)
})

const bytes = (maxLength: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: 'grapheme-ascii', maxLength }),
    fc.string({ unit: fc.constantFrom('é', '€', '😀', 'a'), maxLength }).map(fromText),
    fc.string({ unit: fc.constantFrom('\xe9', '\xc3', '\xa9', '\n', '=', 'a'), maxLength }),
  )
const numbers = fc.oneof(fc.integer({ min: 0, max: 70000 }), fc.constantFrom(8 ** 7 - 1, 8 ** 7, 2 ** 32 - 1))
const entries = fc
  .record({
    name: bytes(150).map((name) => `snapshot/${name}`),
    type: fc.constantFrom('reg', 'dir', 'sym', 'fifo', 'chr', 'blk'),
    mode: fc.integer({ min: 0, max: 0o7777 }),
    uid: numbers,
    gid: numbers,
    uname: bytes(40),
    gname: bytes(40),
    mtime: fc.oneof(fc.integer({ min: 0, max: 2 ** 31 }), fc.constantFrom(8 ** 11 - 1, 8 ** 11, 1e10)),
    link: bytes(150),
    device: fc.integer({ min: 0, max: 4095 }),
  } as const)
  .map(({ device, ...entry }): TarEntry => {
    const isDevice = entry.type === 'chr' || entry.type === 'blk'
    return {
      ...entry,
      name: entry.type === 'dir' && !entry.name.endsWith('/') ? `${entry.name}/` : entry.name,
      link: entry.type === 'sym' ? entry.link : '',
      size: 0,
      major: isDevice ? device : 0,
      minor: isDevice ? device : 0,
    }
  })

test('our reader reads what is written', async () => {
  await fc.assert(
    fc.asyncProperty(entries, async (entry) => {
      expect(await new TarReader(inPieces(formatTarHeader(entry), 512)).next()).toEqual(entry)
    }),
  )
})

test('another reader reads it too', async () => {
  const utf8 = entries.filter(
    ({ name, link }) => fromText(toText(name)) === name && fromText(toText(link)) === link,
  )
  await fc.assert(
    fc.asyncProperty(utf8, async (entry) => {
      const header = await firstByTarStream(Buffer.concat([formatTarHeader(entry), Buffer.alloc(1024)]))
      expect(header.name.replace(/\/$/, '')).toBe(toText(entry.name).replace(/\/$/, ''))
      expect(header.mode).toBe(entry.mode)
      // tar-stream takes no numbers but sizes from pax headers.
      if (entry.uid < 8 ** 7) expect(header.uid).toBe(entry.uid)
      if (entry.mtime < 8 ** 11) expect(header.mtime.getTime()).toBe(entry.mtime * 1000)
      if (entry.type === 'sym' && entry.link !== '') expect(header.linkname).toBe(toText(entry.link))
    }),
  )
})

function firstByTarStream(archive: Buffer): Promise<tar.Header> {
  return new Promise((resolve, reject) => {
    const extract = tar.extract()
    extract.on('entry', (header, stream, next) => {
      resolve(header)
      stream.resume()
      next()
    })
    extract.on('error', reject)
    extract.end(archive)
  })
}
