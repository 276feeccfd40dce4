import { expect, test } from '@jest/globals'
import { formatTarHeader } from '../../../../src/format/tar/header.ts'
import { hasValidChecksum, parseTarHeader, readHeader } from '../../../../src/format/tar/header-read.ts'
import { codeOf } from '../fixtures.ts'
import { entry, sealHeader } from './archives.ts'

test('a GNU header: its own magic, numbers in base 256, no prefix', () => {
  const block = formatTarHeader(entry({ name: 'snapshot/gnu' }))
  block.write('ustar  \0', 257, 'latin1')
  block.write('\x80\0\0\0\xff\xff\xff\xfe', 108, 'latin1')
  block.write('\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x00', 136, 'latin1')
  block.write('12345', 345, 'latin1')
  expect(parseTarHeader(sealHeader(block))).toMatchObject({
    name: 'snapshot/gnu',
    uid: 4294967294,
    mtime: -256,
  })
})

test('a POSIX header may put the beginning of the name into the prefix', () => {
  const block = formatTarHeader(entry({ name: 'file' }))
  block.write('snapshot/dir', 345, 'latin1')
  expect(parseTarHeader(sealHeader(block)).name).toBe('snapshot/dir/file')
})

test('old tars tell a directory by its name', () => {
  const directory = formatTarHeader(entry({ name: 'snapshot/d/' }))
  directory[156] = 0
  expect(parseTarHeader(sealHeader(directory)).type).toBe('dir')
  const file = formatTarHeader(entry({ name: 'snapshot/f' }))
  file[156] = 0
  expect(parseTarHeader(sealHeader(file)).type).toBe('reg')
  // duplicity's single-file source: a regular file although its name ends in a slash.
  expect(parseTarHeader(formatTarHeader(entry({ name: 'snapshot/' }))).type).toBe('reg')
})

test('a checksum over signed bytes is right as well', () => {
  const block = formatTarHeader(entry({}))
  block.write('\xe9\xff', 10, 'latin1')
  expect(hasValidChecksum(block)).toBe(false)
  expect(hasValidChecksum(sealHeader(block))).toBe(true)
  const sum = Number.parseInt(block.toString('latin1', 148, 154), 8) - 2 * 256
  block.write(sum.toString(8).padStart(6, '0'), 148)
  expect(hasValidChecksum(block)).toBe(true)
})

test('any single changed byte is noticed', () => {
  const block = formatTarHeader(entry({}))
  for (let at = 0; at < 512; at++) {
    if (at >= 148 && at < 156) continue
    const changed = Buffer.from(block)
    changed[at] = (changed[at] ?? 0) ^ 0x01
    expect(hasValidChecksum(changed)).toBe(false)
  }
  expect(codeOf(() => parseTarHeader(Buffer.alloc(512, 0x20)))).toBe('ARCHIVE_INVALID')
})

test.each([
  [0x31, 'hard link'],
  [0x37, 'unknown type "7"'],
  [0x53, 'unknown type "S"'],
  [0x07, 'unknown type "\\x07"'],
])('type %i is refused with the name of the member', (flag, message) => {
  const block = formatTarHeader(entry({ name: 'snapshot/x\x1b' }))
  block[156] = flag
  sealHeader(block)
  expect(codeOf(() => parseTarHeader(block))).toBe('ARCHIVE_INVALID')
  expect(() => parseTarHeader(block)).toThrow(message)
  expect(() => parseTarHeader(block)).toThrow('"snapshot/x\\x1b"')
})

test.each([
  ['mode', 100, '000x644\0'],
  ['uid', 108, '\xff\xff\xff\xff\xff\xff\xff\xff'],
  ['gid', 116, '\x80\x01\0\0\0\0\0\0'],
  ['size', 124, '\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff'],
  ['size', 124, '\x80\x7f\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff'],
  ['mtime', 136, '\x80\0\0\0\0\x1f\xff\xff\xff\xff\xff\xff'],
])('an impossible %s is refused', (field, at, bytes) => {
  const block = formatTarHeader(entry({}))
  block.write(bytes, at, 'latin1')
  expect(() => parseTarHeader(sealHeader(block))).toThrow(`impossible ${field}`)
})

test('what precedes a header overrides it', () => {
  const block = formatTarHeader(entry({ size: 3 }))
  const pax = new Map([
    ['path', 'snapshot/caf\xe9'],
    ['uid', '3000000'],
    ['mtime', '1600000000.75'],
    ['size', '10'],
    ['uname', 'someone'],
    ['SCHILY.xattr.user.x', 'ignored'],
  ])
  expect(
    readHeader(block, 0, { pax, longName: 'long', longLink: undefined, extra: undefined }),
  ).toMatchObject({
    name: 'snapshot/caf\xe9',
    uid: 3000000,
    mtime: 1600000000,
    size: 10,
    uname: 'someone',
  })
  const bad = new Map([['mtime', 'yesterday']])
  expect(() =>
    readHeader(block, 0, { pax: bad, longName: undefined, longLink: undefined, extra: undefined }),
  ).toThrow('impossible mtime')
})
