import { Readable } from 'node:stream'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  formatFileList,
  formatManifestHeader,
  formatManifestVolume,
  type Manifest,
  type ManifestVolume,
  mayContain,
} from '../../../src/format/manifest.ts'
import { parseManifest, parseManifestPieces } from '../../../src/format/manifest-parser.ts'
import { toBytes } from '../../../src/lib/bytestring.ts'
import { codeOf, fixture } from './fixtures.ts'

function volume(number: number, startPath: string, endPath: string, hash = 'ab'): ManifestVolume {
  return { number, startPath, startBlock: undefined, endPath, endBlock: undefined, hashes: { SHA1: hash } }
}

function format(manifest: Manifest): Buffer {
  return Buffer.concat([
    formatManifestHeader(manifest.hostname, manifest.localdir),
    ...manifest.volumes.map(formatManifestVolume),
    ...(manifest.fileList === undefined ? [] : [formatFileList(manifest.fileList.entries)]),
  ])
}

test.each([
  ['a-plain', 'duplicity-full.20231114T221320Z.manifest'],
  ['a-plain', 'duplicity-inc.20231114T221320Z.to.20231115T221320Z.manifest'],
  ['a-plain', 'duplicity-inc.20231115T221320Z.to.20231116T221320Z.manifest'],
  ['a-plain', 'duplicity-inc.20231116T221320Z.to.20231117T221320Z.manifest'],
  ['a-plain', 'duplicity-inc.20231117T221320Z.to.20231118T221320Z.manifest'],
  ['f6-single-file', 'duplicity-full.20231114T221320Z.manifest'],
  ['d-interrupted-full', 'duplicity-full.20231114T221320Z.manifest.part'],
])("duplicity's %s/%s is read and written back byte for byte", (scenario, name) => {
  const bytes = fixture(scenario, name)
  const manifest = parseManifest(bytes, { fileList: true })
  expect(format(manifest).toString('latin1')).toBe(bytes.toString('latin1'))
})

test('what a manifest says', () => {
  const bytes = fixture('a-plain', 'duplicity-inc.20231115T221320Z.to.20231116T221320Z.manifest')
  const manifest = parseManifest(bytes, { fileList: true })
  expect(manifest).toMatchObject({
    hostname: 'golden-host',
    localdir: 'src',
    volumes: [
      {
        number: 1,
        startPath: '',
        startBlock: undefined,
        endPath: 'big.bin',
        endBlock: 2,
        hashes: { SHA1: '2378c01c608b2c1d31b41ebced4e82437058d5da' },
      },
      {
        number: 2,
        startPath: 'big.bin',
        startBlock: undefined,
        endPath: 'type-reg-dir/inside',
        endBlock: undefined,
      },
    ],
  })
  expect(manifest.fileList?.count).toBe(11)
  expect(manifest.fileList?.entries[2]).toEqual({ status: 'new', path: 'dir/gone1' })
})

test('the list of files is read only if asked for', () => {
  const bytes = fixture('a-plain', 'duplicity-full.20231114T221320Z.manifest')
  expect(parseManifest(bytes).fileList).toBeUndefined()
  expect(parseManifest(bytes, { fileList: true }).fileList?.entries.length).toBeGreaterThan(40)
})

test('after a restart the last block of a number counts, and higher numbers are gone', () => {
  const blocks = [volume(1, '', 'a'), volume(2, 'a', 'b', 'A'), volume(3, 'b', 'c'), volume(2, 'a', 'b', 'B')]
  const bytes = Buffer.concat([
    formatManifestHeader('h', 'd'),
    ...blocks.slice(0, 3).map(formatManifestVolume),
    formatFileList([{ status: 'new', path: 'old' }]),
    ...blocks.slice(3).map(formatManifestVolume),
    formatFileList([{ status: 'new', path: 'new' }]),
  ])
  const manifest = parseManifest(bytes, { fileList: true })
  expect(manifest.volumes).toEqual([volume(1, '', 'a'), volume(2, 'a', 'b', 'B')])
  expect(manifest.fileList?.entries).toEqual([{ status: 'new', path: 'new' }])
})

test('spellings that duplicity accepts: no header, list of files first, other case, other blanks, empty lines', () => {
  const text = [
    'Filelist 1',
    '    new      "a\\x20b"',
    'volume 1:',
    '',
    '\tstartingpath\t.',
    '   \r',
    '  ENDINGPATH   caf\xe9\xa0x   7  ',
    '  hash MD5 00ff',
    '  hash SHA1 abcd',
    '  Unknown field',
  ].join('\n')
  expect(parseManifest(toBytes(text), { fileList: true })).toEqual({
    volumes: [
      {
        number: 1,
        startPath: '',
        startBlock: undefined,
        endPath: 'caf\xe9\xa0x',
        endBlock: 7,
        hashes: { MD5: '00ff', SHA1: 'abcd' },
      },
    ],
    fileList: { count: 1, entries: [{ status: 'new', path: 'a b' }] },
  })
})

test('the first Hostname and Localdir count, and are unquoted', () => {
  const manifest = parseManifest(toBytes('Hostname one\nLocaldir "my\\x20dir"\nHostname two\n'))
  expect(manifest).toEqual({ hostname: 'one', localdir: 'my dir', volumes: [] })
})

test('a manifest is closed by a list of files behind its volumes', () => {
  const volume = 'Volume 1:\n    StartingPath   .  \n    EndingPath     a  \n    Hash SHA1 ab\n'
  const list = 'Filelist 1\n    new      a\n'
  const isClosed = (text: string): boolean => parseManifest(toBytes(text)).closed === true
  expect(isClosed(volume + list)).toBe(true)
  expect(isClosed(`${volume}Filelist 0\n`)).toBe(true)
  expect(isClosed(volume)).toBe(false)
  expect(isClosed(list + volume)).toBe(false)
  expect(isClosed(volume + list + volume)).toBe(false)
})

test('a number that the list of files does not keep is there to be compared', () => {
  const manifest = parseManifest(toBytes('Filelist 3\n    new      a\n'), { fileList: true })
  expect(manifest.fileList).toEqual({ count: 3, entries: [{ status: 'new', path: 'a' }] })
})

const head = 'Hostname h\nVolume 1:\n'
test.each([
  ['', 'line 0'],
  ['\0\0\0\0', 'line 1'],
  ['\n\nVolume x:\n', 'line 3'],
  ['Volume 0:\n', 'line 1'],
  ['Localdir "x\n', 'line 1'],
  ['Hostname h\nFilelist x\n', 'line 2'],
  [`${head}    EndingPath .\nVolume 2:\n`, 'line 2: volume 1 has no StartingPath'],
  [`${head}    StartingPath .\n`, 'line 2: volume 1 has no EndingPath'],
  [`${head}    StartingPath\n`, 'line 3'],
  [`${head}    StartingPath "a\n`, 'line 3'],
  [`${head}    StartingPath a b\n`, 'line 3: the number of a block is expected: "    StartingPath a b"'],
  [`${head}    Hash SHA1\n`, 'line 3'],
  ['Filelist 1\n    odd  a\n', 'line 2'],
  ['Filelist 1\n    new\n', 'line 2'],
  [`${head}    StartingPath \x1b[2J x\n`, '\\x1b[2J'],
])('%j cannot be read, and the line is named', (text, message) => {
  const parse = (): Manifest => parseManifest(toBytes(text), { fileList: true })
  expect(codeOf(parse)).toBe('MANIFEST_UNREADABLE')
  expect(parse).toThrow(message)
})

test('no bytes make the parser fail otherwise', () => {
  const lines = fc.constantFrom(
    'Volume 1:',
    'Volume 2:',
    '    StartingPath .',
    '    EndingPath a 3',
    '    Hash __proto__ x',
    'Filelist 2',
    '    new a',
    '',
    '\xff',
    '"',
  )
  fc.assert(
    fc.property(fc.array(lines), (parts) => {
      expect(['none', 'MANIFEST_UNREADABLE']).toContain(
        codeOf(() => parseManifest(toBytes(parts.join('\n')), { fileList: true })),
      )
    }),
  )
})

const path = fc
  .array(
    fc.string({ unit: fc.constantFrom('a', 'b', ' ', '-', '"', '\n', '\xe9'), minLength: 1, maxLength: 2 }),
    { maxLength: 3 },
  )
  .map((parts) => parts.join('/'))
const block = fc.option(fc.integer({ min: 1, max: 1e6 }), { nil: undefined })
const manifests = fc.record({
  hostname: fc.constantFrom('host', 'host.example'),
  localdir: fc.constantFrom('/etc', 'my dir', '.', '/caf\xe9'),
  volumes: fc
    .array(fc.record({ startPath: path, startBlock: block, endPath: path, endBlock: block }))
    .map((list) => list.map((rest, index) => ({ number: index + 1, ...rest, hashes: { SHA1: 'ab' } }))),
  fileList: fc
    .array(
      fc.record({ status: fc.constantFrom('new' as const, 'changed' as const, 'deleted' as const), path }),
    )
    .map((entries) => ({ count: entries.length, entries })),
})

test('what is formatted is parsed back', () => {
  fc.assert(
    fc.property(manifests, (manifest) => {
      expect(parseManifest(format(manifest), { fileList: true })).toEqual({ ...manifest, closed: true })
    }),
  )
})

test.each([
  ['', '', 'z', true],
  ['a', 'b', 'd', false],
  ['e', 'b', 'd', false],
  ['c', 'b', 'd', true],
  ['b', 'b/x', 'd', true],
  ['d', 'b', 'd/x', true],
  ['d/y', 'b', 'd/x', false],
  ['b/a', 'b/x', 'd', false],
  ['b/x/y', 'b/x', 'd', true],
  ['b', '', '', false],
  ['a/b', 'a b', 'z', false],
  ['b', '', 'a', false],
])('%j in a volume from %j to %j: %j', (path, start, end, expected) => {
  expect(mayContain(volume(1, start, end), path)).toBe(expected)
})

test('a volume may contain every path between its ends, and their ancestors', () => {
  fc.assert(
    fc.property(fc.array(path, { minLength: 3, maxLength: 3 }), (paths) => {
      const [start = '', middle = '', end = ''] = paths.sort((a, b) => (a === b ? 0 : order(a, b)))
      for (let wanted = middle; ; wanted = wanted.slice(0, wanted.lastIndexOf('/'))) {
        expect(mayContain(volume(1, start, end), wanted)).toBe(true)
        if (!wanted.includes('/')) break
      }
    }),
  )
})

function order(a: string, b: string): number {
  const key = (path: string): string => path.replaceAll('/', '\0')
  return key(a) < key(b) ? -1 : 1
}

test('in pieces of any length a manifest says the same', async () => {
  const bytes = fixture('a-plain', 'duplicity-inc.20231115T221320Z.to.20231116T221320Z.manifest')
  const whole = parseManifest(bytes, { fileList: true })
  for (const length of [1, 7, 64, 1000]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / length) }, (_, n) =>
      bytes.subarray(n * length, (n + 1) * length),
    )
    expect(await parseManifestPieces(Readable.from(pieces), { fileList: true })).toEqual(whole)
  }
  const open = Readable.from([Buffer.from('Volume 1:\n StartingPath . \n Hash'), Buffer.from(' SHA1')])
  await expect(parseManifestPieces(open)).rejects.toMatchObject({
    code: 'MANIFEST_UNREADABLE',
    message: expect.stringContaining('line 3'),
  })
})

test('no line is longer than the longest there can be, be it in one piece or in many', async () => {
  const path = '\\xff'.repeat(4096)
  const longest = `Volume 1:\n    StartingPath   "${path}"  \n    EndingPath     "${path}" \n`
  expect(parseManifest(toBytes(longest)).volumes[0]?.endPath).toHaveLength(4096)
  const endless = toBytes(`Volume 1:\n    Other ${'x'.repeat(1 << 16)}`)
  const refused = {
    code: 'MANIFEST_UNREADABLE',
    message: expect.stringContaining('line 2: it has more than 65536'),
  }
  expect(() => parseManifest(endless)).toThrow(expect.objectContaining(refused))
  const forEver = async function* (): AsyncGenerator<Buffer> {
    yield toBytes('Volume 1:\n')
    for (;;) yield await Promise.resolve(Buffer.alloc(1000, 'x'))
  }
  await expect(parseManifestPieces(forEver())).rejects.toMatchObject(refused)
})

test('what is held is bounded by the stored size', async () => {
  const pieces = function* (): Generator<Buffer> {
    yield toBytes('Filelist 1000000\n')
    for (let n = 0; n < 1000; n += 1) yield toBytes('    new      a\n'.repeat(1000))
  }
  const parse = (stored: number, fileList = true): Promise<unknown> =>
    parseManifestPieces(Readable.from(pieces()), { fileList, stored })
  await expect(parse(1000)).rejects.toMatchObject({
    code: 'MANIFEST_UNREADABLE',
    message: expect.stringContaining('far more than its stored bytes'),
  })
  await expect(parse(1_000_000)).resolves.toMatchObject({ volumes: [] })
  await expect(parse(1000, false)).resolves.toMatchObject({ volumes: [] })
})

test('a manifest is not read on after the run was ended', async () => {
  const ending = new AbortController()
  const pieces = function* (): Generator<Buffer> {
    yield toBytes('Filelist 1\n')
    ending.abort(new Error('ended'))
    yield toBytes('    new      a\n')
  }
  await expect(parseManifestPieces(Readable.from(pieces()), { signal: ending.signal })).rejects.toThrow(
    'ended',
  )
})
