import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { nextSegment, type Segment } from '../../../src/sys/seek.ts'

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

function segments(size: number): Segment[] {
  const found: Segment[] = []
  for (let at = 0; at < size;) {
    const segment = nextSegment(fd, at, size)
    if (segment.end > segment.start) found.push(segment)
    at = segment.end
  }
  return found
}

test('data between holes, with a hole at both ends', () => {
  ftruncateSync(fd, 8 * MIB)
  writeSync(fd, Buffer.alloc(MIB, 1), 0, MIB, 2 * MIB)
  writeSync(fd, Buffer.alloc(MIB, 2), 0, MIB, 5 * MIB)
  const found = segments(8 * MIB)
  for (const at of [2 * MIB, 3 * MIB - 1, 5 * MIB, 6 * MIB - 1]) {
    expect(found.some(({ start, end }) => start <= at && at < end)).toBe(true)
  }
  const sum = found.reduce((total, { start, end }) => total + end - start, 0)
  expect(sum).toBeLessThanOrEqual(8 * MIB)
  expect(found.at(-1)?.end).toBeLessThanOrEqual(8 * MIB)
})

test('one without holes, one that is a hole, one that grew', () => {
  writeSync(fd, Buffer.alloc(1000, 1), 0, 1000, 0)
  expect(nextSegment(fd, 0, 1000)).toEqual({ start: 0, end: 1000 })
  expect(nextSegment(fd, 100, 500)).toEqual({ start: 100, end: 500 })
  expect(nextSegment(fd, 2000, 3000)).toEqual({ start: 3000, end: 3000 })
})

test('without koffi everything is data', () => {
  ftruncateSync(fd, MIB)
  expect(nextSegment(fd, 0, MIB, () => undefined)).toEqual({ start: 0, end: MIB })
})

test('a descriptor that cannot be asked is an error', () => {
  expect(() => nextSegment(9999, 0, 10)).toThrow(/EBADF/)
})
