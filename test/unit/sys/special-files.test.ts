import { lstatSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { deviceNumber, mkfifo, mknod } from '../../../src/sys/special-files.ts'

test('device numbers as Linux encodes them', () => {
  expect(deviceNumber(1, 3)).toBe(0x103n)
  expect(deviceNumber(8, 17)).toBe(0x811n)
  expect(deviceNumber(259, 300)).toBe(0x11032cn)
  expect(deviceNumber(0xfffff, 0xffffff)).toBe(0xff00fffffffffn)
})

test('no two devices share a number', () => {
  const part = fc.nat(0xffffffff)
  fc.assert(
    fc.property(part, part, (major, minor) => {
      const dev = deviceNumber(major, minor)
      const back = [
        ((dev >> 8n) & 0xfffn) | ((dev >> 32n) & 0xfffff000n),
        (dev & 0xffn) | ((dev >> 12n) & 0xffffff00n),
      ]
      expect(back).toEqual([BigInt(major), BigInt(minor)])
    }),
  )
})

test('pipes and devices by path', () => {
  const dir = mkdtempSync(join(tmpdir(), 'duba-special-'))
  try {
    mkfifo(join(dir, 'p'), 0o600)
    expect(lstatSync(join(dir, 'p')).isFIFO()).toBe(true)
    expect(() => {
      mkfifo(join(dir, 'p'), 0o600)
    }).toThrow(/EEXIST/)
    if (process.getuid?.() !== 0) return
    mknod(join(dir, 'c'), 'chr', 0o600, 1, 3)
    mknod(join(dir, 'b'), 'blk', 0o600, 259, 300)
    expect(lstatSync(join(dir, 'c')).isCharacterDevice()).toBe(true)
    expect(lstatSync(join(dir, 'b')).isBlockDevice()).toBe(true)
    expect(BigInt(lstatSync(join(dir, 'b')).rdev)).toBe(deviceNumber(259, 300))
  } finally {
    rmSync(dir, { recursive: true })
  }
})
