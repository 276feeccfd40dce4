import { closeSync, ftruncateSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { dataSegments } from '../../../src/sys/seek.ts'

const MIB = 1 << 20
let dir: string
let fd: number
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'duba-seek-'))
  fd = openSync(join(dir, 'f'), 'w+')
})
afterEach(() => {
  closeSync(fd)
  rmSync(dir, { recursive: true })
})

test('data between holes, with a hole at both ends', () => {
  ftruncateSync(fd, 8 * MIB)
  writeSync(fd, Buffer.alloc(MIB, 1), 0, MIB, 2 * MIB)
  writeSync(fd, Buffer.alloc(MIB, 2), 0, MIB, 5 * MIB)
  const segments = dataSegments(fd, 8 * MIB)
  for (const at of [2 * MIB, 3 * MIB - 1, 5 * MIB, 6 * MIB - 1]) {
    expect(segments.some(({ start, end }) => start <= at && at < end)).toBe(true)
  }
  const sum = segments.reduce((total, { start, end }) => total + end - start, 0)
  expect(segments.map(({ start, end }) => end > start)).toEqual(segments.map(() => true))
  expect(sum).toBeLessThanOrEqual(8 * MIB)
  expect(segments.at(-1)?.end).toBeLessThanOrEqual(8 * MIB)
})

test('an empty file, one without holes, one that is a hole, one that grew', () => {
  expect(dataSegments(fd, 0)).toEqual([])
  writeSync(fd, Buffer.alloc(1000, 1), 0, 1000, 0)
  expect(dataSegments(fd, 1000)).toEqual([{ start: 0, end: 1000 }])
  expect(dataSegments(fd, 500)).toEqual([{ start: 0, end: 500 }])
})

test('the file position stays', () => {
  writeSync(fd, Buffer.from('0123456789'), 0, 10, 0)
  const byte = Buffer.alloc(1)
  readSync(fd, byte, 0, 1, null)
  dataSegments(fd, 10)
  readSync(fd, byte, 0, 1, null)
  expect(byte.toString()).toBe('1')
})

test('without koffi the file is one segment', () => {
  ftruncateSync(fd, MIB)
  expect(dataSegments(fd, MIB, () => undefined)).toEqual([{ start: 0, end: MIB }])
})

test('a descriptor that cannot be asked is an error', () => {
  expect(() => dataSegments(9999, 10)).toThrow(/EBADF/)
})
