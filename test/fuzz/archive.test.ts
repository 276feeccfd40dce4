/** Tar archives, member names and manifests: what a repository is made of. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  formatFileList,
  formatManifestHeader,
  formatManifestVolume,
  mayContain,
} from '../../src/format/manifest.ts'
import { parseManifest } from '../../src/format/manifest-parser.ts'
import { quote, quotePath, unquote, unquotePath } from '../../src/format/manifest-quote.ts'
import { formatVolumeMember, parseSignatureMember, parseVolumeMember } from '../../src/format/member.ts'
import { formatTarHeader, type TarEntry } from '../../src/format/tar/header.ts'
import { TarReader } from '../../src/format/tar/reader.ts'
import { fromBytes } from '../../src/lib/bytestring.ts'
import { fuzz, inPieces, isAnswer, runs } from './fuzz.ts'

fuzz({
  parser: 'tar',
  read: async (input, random) => {
    const reader = new TarReader(inPieces(input, random))
    let given = 0
    try {
      for (let entry = await reader.next(); entry !== undefined; entry = await reader.next()) {
        expectSane(entry)
        answered(() => parseVolumeMember(entry.name))
        answered(() => parseSignatureMember(entry.name))
        if (random(3) === 0) continue
        for (let piece = await reader.read(); piece !== undefined; piece = await reader.read()) {
          given += piece.length
        }
      }
    } finally {
      expect(given).toBeLessThanOrEqual(input.length)
      await reader.close()
    }
  },
  mend: withChecksums,
  words: [
    'ustar\x0000',
    'ustar  \0',
    '21 hdrcharset=BINARY\n',
    'path=',
    'size=',
    '\n',
    '\0'.repeat(512),
    '../',
  ],
})

fuzz({
  parser: 'member',
  read: (input) => {
    const name = fromBytes(input)
    answered(() => parseSignatureMember(name))
    const { path, action, block } = parseVolumeMember(name)
    expect(path.split('/').every((part) => part !== '..' && part !== '.')).toBe(true)
    expect(path.startsWith('/') || path.includes('\0') || path.includes('//')).toBe(false)
    const again = formatVolumeMember({
      action,
      path,
      directory: false,
      ...(block !== undefined && { block }),
    })
    expect(parseVolumeMember(again)).toEqual({ path, action, block })
  },
  words: ['snapshot/', 'diff/', 'deleted/', 'multivol_diff/', 'signature/', '/1', '..', './', '//', '\0'],
})

fuzz({
  parser: 'manifest',
  read: (input) => {
    const { volumes } = parseManifest(input, { fileList: true })
    expect(new Set(volumes.map(({ number }) => number)).size).toBe(volumes.length)
    for (const volume of volumes) mayContain(volume, 'a/b')
  },
  words: [
    'Volume 1:\n',
    'Volume ',
    '    StartingPath   ',
    '    EndingPath ',
    'Hash SHA1 ',
    'Filelist ',
    '"',
    '\\x',
  ],
})

const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => fromBytes(Buffer.from(array)))
const component = fc
  .uint8Array({ minLength: 1, maxLength: 20 })
  .map((array) => fromBytes(Buffer.from(array)).replace(/[/\0]/g, '_'))
  .filter((text) => text !== '.' && text !== '..')
const path = fc.array(component, { maxLength: 5 }).map((parts) => parts.join('/'))
const block = fc.option(fc.integer({ min: 1, max: 1e9 }), { nil: undefined })

test('a manifest that was written is read back', () => {
  const volume = fc.record({ startPath: path, startBlock: block, endPath: path, endBlock: block })
  const files = fc.array(fc.record({ status: fc.constantFrom('new', 'changed', 'deleted'), path }))
  fc.assert(
    fc.property(
      bytes,
      path,
      fc.array(volume, { maxLength: 6 }),
      files,
      (hostname, localdir, parts, entries) => {
        const volumes = parts.map((part, index) => ({
          number: index + 1,
          ...part,
          hashes: { SHA1: 'a'.repeat(40) },
        }))
        const written = Buffer.concat([
          formatManifestHeader(hostname, localdir),
          ...volumes.map((each) => formatManifestVolume(each)),
          formatFileList(entries),
        ])
        const { fileList, ...rest } = parseManifest(written, { fileList: true })
        expect(rest).toEqual({ hostname, localdir, volumes, closed: true })
        expect(fileList).toEqual({ count: entries.length, entries })
      },
    ),
    runs(200),
  )
})

test('a quoted word is read back, and no word is read as anything but itself or nothing', () => {
  fc.assert(
    fc.property(bytes, path, (word, name) => {
      expect(unquote(quote(word))).toBe(word)
      expect(unquotePath(quotePath(name))).toBe(name)
      unquote(word)
    }),
    runs(300),
  )
})

test('tar members that were written are read back, whatever the pieces', async () => {
  const entry: fc.Arbitrary<TarEntry> = fc.record({
    name: path.map((text) => `snapshot/${text === '' ? 'x' : text}`),
    type: fc.constant('reg' as const),
    mode: fc.integer({ min: 0, max: 0o7777 }),
    uid: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    gid: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    uname: component,
    gname: component,
    size: fc.integer({ min: 0, max: 2000 }),
    mtime: fc.integer({ min: 0, max: 2 ** 40 }),
    link: fc.constant(''),
    major: fc.constant(0),
    minor: fc.constant(0),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(entry, { maxLength: 5 }),
      fc.integer({ min: 1, max: 2000 }),
      async (entries, size) => {
        const members = entries.flatMap((each) => [
          formatTarHeader(each),
          Buffer.alloc(Math.ceil(each.size / 512) * 512, 'x'),
        ])
        const reader = new TarReader(inPieces(Buffer.concat(members), () => size))
        const found: TarEntry[] = []
        for (let each = await reader.next(); each !== undefined; each = await reader.next()) found.push(each)
        expect(found).toEqual(entries)
      },
    ),
    runs(100),
  )
})

function expectSane(entry: TarEntry): void {
  const numbers = [entry.mode, entry.uid, entry.gid, entry.size, entry.mtime, entry.major, entry.minor]
  expect(numbers.every((number) => Number.isSafeInteger(number))).toBe(true)
  expect(entry.size).toBeGreaterThanOrEqual(0)
  expect(entry.name.length).toBeLessThanOrEqual(1 << 20)
}

/** Does what may be refused. */
function answered(work: () => unknown): void {
  try {
    work()
  } catch (error) {
    if (!isAnswer(error)) throw error
  }
}

/** Right checksums in all blocks that look like headers. */
function withChecksums(input: Buffer): Buffer {
  for (let at = 0; at + 512 <= input.length; at += 512) {
    const block = input.subarray(at, at + 512)
    if (block.toString('latin1', 257, 262) !== 'ustar') continue
    block.fill(0x20, 148, 156)
    const sum = block.reduce((total, byte) => total + byte, 0)
    block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  }
  return input
}
