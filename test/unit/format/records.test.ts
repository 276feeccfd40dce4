import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  exactTime,
  type FileRecords,
  formatRecords,
  NO_RECORDS,
  parseRecords,
  recordableTime,
} from '../../../src/format/records.ts'
import { formatTarHeader, type TarEntry } from '../../../src/format/tar/header.ts'
import { TarReader } from '../../../src/format/tar/reader.ts'
import { codeOf, inPieces } from './fixtures.ts'

const entry: TarEntry = {
  name: 'snapshot/f',
  type: 'reg',
  mode: 0o644,
  uid: 0,
  gid: 0,
  uname: 'root',
  gname: 'root',
  size: 0,
  mtime: 1_600_000_000,
  link: '',
  major: 0,
  minor: 0,
}

const bytes = (limits: { minLength?: number; maxLength: number }): fc.Arbitrary<string> =>
  fc.uint8Array(limits).map((array) => Buffer.from(array).toString('latin1'))
const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined })
const attributeName = bytes({ minLength: 1, maxLength: 60 }).map(
  (name) => `user.${name.replaceAll('\0', '=')}`,
)

const someRecords: fc.Arbitrary<FileRecords> = fc.record({
  sha256: optional(fc.stringMatching(/^[A-Za-z0-9_-]{43}$/)),
  size: optional(fc.maxSafeNat()),
  mtime: optional(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })),
  ctime: optional(fc.maxSafeNat()),
  link: optional(
    fc.record({
      file: fc.constantFrom('1:2', '64768:18446744073709551615'),
      names: fc.integer({ min: 2, max: 65000 }),
    }),
  ),
  sparse: fc.boolean(),
  accessAcl: optional(bytes({ minLength: 1, maxLength: 40 })),
  defaultAcl: optional(bytes({ minLength: 1, maxLength: 40 })),
  selinux: optional(bytes({ minLength: 1, maxLength: 40 })),
  xattrs: fc
    .uniqueArray(fc.tuple(attributeName, bytes({ maxLength: 300 })), { selector: ([name]) => name })
    .map((pairs) => new Map(pairs)),
})

function never(what: string): void {
  throw new Error(what)
}

async function throughTar(header: TarEntry): Promise<TarEntry> {
  const archive = Buffer.concat([
    formatTarHeader(header),
    formatTarHeader({ ...entry, name: 'snapshot/next' }),
  ])
  const reader = new TarReader(inPieces(archive, 700))
  const read = await reader.next()
  const next = await reader.next()
  expect(next?.records).toBeUndefined()
  if (read === undefined) throw new Error('nothing was read')
  return read
}

test('what is written is read back, through the headers of an archive', async () => {
  await fc.assert(
    fc.asyncProperty(someRecords, fc.constantFrom('snapshot/f', 'snapshot/caf\xe9'), async (values, name) => {
      const read = await throughTar({ ...entry, name, records: formatRecords(values) })
      expect(read.name).toBe(name)
      expect(read.mtime).toBe(entry.mtime)
      expect(parseRecords(read.records, never)).toEqual(values)
    }),
  )
})

test('names of attributes with = and %, values of 64 KiB, empty ones, and ones that look like records', async () => {
  const xattrs = new Map([
    ['user.a=b', ''],
    ['user.100%', '\0\xff\n'],
    ['user.two\nlines', '30 path=/etc/passwd\n'],
    ['user.large', '\xfe'.repeat(65536)],
  ])
  const read = await throughTar({ ...entry, records: formatRecords({ xattrs }) })
  expect(read.name).toBe('snapshot/f')
  expect([...(read.records?.keys() ?? [])]).toContain('SCHILY.xattr.user.a%3Db')
  expect(parseRecords(read.records, never).xattrs).toEqual(xattrs)
})

test('binary values do not make the names binary', () => {
  const header = formatTarHeader({ ...entry, records: new Map([['SCHILY.xattr.user.x', '\xff']]) })
  expect(header.toString('latin1')).not.toContain('hdrcharset')
})

test('a file without records has the header it always had', () => {
  expect(formatTarHeader({ ...entry, records: new Map() })).toEqual(formatTarHeader(entry))
  expect(formatTarHeader(entry).length).toBe(512)
})

test('times before the epoch', () => {
  expect(formatRecords({ mtime: -1_500_000_000n }).get('DUBA.mtime')).toBe('-1.500000000')
  expect(parseRecords(new Map([['DUBA.mtime', '-1.5']]), never).mtime).toBe(-1_500_000_000n)
})

test.each([
  ['DUBA.size', '12x'],
  ['DUBA.size', '99999999999999999'],
  ['DUBA.mtime', 'yesterday'],
  ['DUBA.mtime', '999999999999999'],
  ['DUBA.ctime', '-'],
  ['DUBA.link', '1:2'],
  ['DUBA.link', '1:2:1'],
  ['SCHILY.xattr.', 'x'],
  ['SCHILY.xattr.user.nul\0', 'x'],
  [`SCHILY.xattr.user.${'n'.repeat(300)}`, 'x'],
  ['SCHILY.xattr.user.big', 'x'.repeat(65537)],
])('%s of %j is left out and told', (key, value) => {
  const told: string[] = []
  const records = new Map([[key, value]])
  expect(parseRecords(records, (what) => told.push(what))).toEqual(NO_RECORDS)
  expect(told).toHaveLength(1)
})

test.each([
  [
    'a fraction',
    1_600_000_000_500_000_000n,
    1_600_000_000,
    { seconds: 1_600_000_000, nanoseconds: 500_000_000 },
  ],
  ['before the epoch', -1_500_000_000n, 0, { seconds: -2, nanoseconds: 500_000_000 }],
  ['before the epoch, whole', -2_000_000_000n, -2, { seconds: -2, nanoseconds: 0 }],
  // The number of the walk cannot hold the last nanoseconds of a second, neither can duplicity's.
  [
    'rounded up',
    1_600_000_000_999_999_999n,
    1_600_000_001,
    { seconds: 1_600_000_000, nanoseconds: 999_999_999 },
  ],
])('a time with %s is recorded and found again', (_, exact, seconds, expected) => {
  expect(recordableTime(exact, seconds)).toBe(exact)
  expect(exactTime(exact, seconds)).toEqual(expected)
})

test('a time that the header says, or says otherwise, is not', () => {
  expect(recordableTime(1_600_000_000_000_000_000n, 1_600_000_000)).toBeUndefined()
  expect(recordableTime(1_600_000_000_500_000_000n, 1_599_999_999)).toBeUndefined()
  expect(exactTime(1_600_000_000_500_000_000n, 5)).toEqual({ seconds: 5, nanoseconds: 0 })
  expect(exactTime(undefined, 5)).toEqual({ seconds: 5, nanoseconds: 0 })
})

test('a malformed checksum is no missing one', () => {
  expect(codeOf(() => parseRecords(new Map([['DUBA.sha256', 'f'.repeat(42)]]), never))).toBe(
    'ARCHIVE_INVALID',
  )
})

test('keys of a later version are passed over', () => {
  expect(parseRecords(new Map([['DUBA.future', 'x']]), never)).toEqual(NO_RECORDS)
})
