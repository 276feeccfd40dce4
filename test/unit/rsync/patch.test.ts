import { describe, expect, test } from '@jest/globals'
import { DeltaParser } from '../../../src/rsync/patch.ts'
import { expectBytes, noise, patched, stepsOf } from '../../support/rsync.ts'

const MAGIC = '72730236'

function parse(hex: string, basisSize = 2 ** 52, chunkSize = 1e6): unknown[] {
  const delta = Buffer.from(hex.replaceAll(' ', ''), 'hex')
  const parser = new DeltaParser(basisSize)
  const commands: unknown[] = []
  for (let at = 0; at < delta.length; at += chunkSize) {
    commands.push(...parser.push(delta.subarray(at, at + chunkSize)))
  }
  parser.end()
  return commands
}

function number(value: number, bytes: number): string {
  return value.toString(16).padStart(2 * bytes, '0')
}

describe('every command is read', () => {
  test('end', () => {
    expect(parse(`${MAGIC} 00`)).toEqual([])
  })

  test('literals of 1 to 64 bytes', () => {
    for (let size = 1; size <= 64; size += 1) {
      const bytes = noise('short', size)
      const delta = Buffer.from(`${MAGIC}${number(size, 1)}${bytes.toString('hex')}00`, 'hex')
      for (const chunkSize of [1, 1000]) expectBytes(patched(Buffer.alloc(0), delta, chunkSize), bytes)
    }
  })

  test.each([
    [0x41, 1, 1],
    [0x41, 1, 255],
    [0x42, 2, 65535],
    [0x43, 4, 70000],
    [0x44, 8, 70000],
  ])('literal 0x%s with a length in %d bytes', (code, width, size) => {
    const bytes = noise('long', size)
    const delta = Buffer.from(
      `${MAGIC}${number(code, 1)}${number(size, width)}${bytes.toString('hex')}00`,
      'hex',
    )
    for (const chunkSize of [1000, 65536, 1e6]) {
      expectBytes(patched(Buffer.alloc(0), delta, chunkSize), bytes)
    }
  })

  test('copies with all widths of offset and length, whole or byte by byte', () => {
    for (let o = 0; o < 4; o += 1) {
      for (let l = 0; l < 4; l += 1) {
        const offset = Math.min(2 ** (8 << o) - 1, 2 ** 51)
        const length = Math.min(2 ** (8 << l) - 1, 2 ** 51)
        const hex = `${MAGIC}${number(0x45 + 4 * o + l, 1)}${number(offset, 1 << o)}${number(length, 1 << l)}00`
        expect(parse(hex)).toEqual([{ copy: { offset, length } }])
        expect(parse(hex, 2 ** 52, 1)).toEqual([{ copy: { offset, length } }])
      }
    }
  })
})

test('a long literal is handed on as it comes', () => {
  const parser = new DeltaParser(0)
  expect(parser.push(Buffer.from(`${MAGIC}420300aabb`, 'hex'))).toEqual([
    { literal: Buffer.from('aabb', 'hex') },
  ])
  expect(parser.push(Buffer.from('cc', 'hex'))).toEqual([{ literal: Buffer.from('cc', 'hex') }])
})

test("rdiff's smallest deltas", () => {
  expect(stepsOf(Buffer.from(`${MAGIC}4600ffff00`, 'hex'), 65535)).toEqual([{ offset: 0, length: 65535 }])
  const appended = Buffer.from(`${MAGIC}09617070656e6465640a00`, 'hex')
  expect(patched(Buffer.alloc(0), appended).toString()).toBe('appended\n')
})

test.each([
  ['nothing at all', '', 'cut short after 0 bytes'],
  ['half a magic', '7273', 'cut short'],
  ['another magic', '72730136 00', 'does not begin'],
  ['no end', `${MAGIC} 01 61`, 'cut short after 6 bytes'],
  ['an end inside a literal', `${MAGIC} 02 61`, 'cut short'],
  ['an end inside a number', `${MAGIC} 42 01`, 'cut short'],
  ['bytes after the end', `${MAGIC} 00 00`, 'after its end at byte 5'],
  ['the first reserved command', `${MAGIC} 55 00`, 'reserved command 0x55 at byte 4'],
  ['the last reserved command', `${MAGIC} 01 61 ff`, 'reserved command 0xff at byte 6'],
  ['an empty literal', `${MAGIC} 41 00 00`, 'literal of no bytes'],
  ['an empty copy', `${MAGIC} 45 00 00 00`, 'copy of no bytes'],
  ['a copy past the basis', `${MAGIC} 45 01 64 00`, 'copies 100 bytes from offset 1 of a file of 100 bytes'],
  ['a copy far outside', `${MAGIC} 4d ffffffff 01 00`, 'does not fit'],
  ['a length above 2^53', `${MAGIC} 44 0020000000000000 00`, 'above 2^53'],
  ['an offset above 2^53', `${MAGIC} 51 ffffffffffffffff 01 00`, 'above 2^53'],
])('a delta with %s is refused', (_name, hex, message) => {
  for (const chunkSize of [1, 1e6]) {
    expect(() => parse(hex, 100, chunkSize)).toThrow(
      expect.objectContaining({ code: 'DELTA_INVALID', message: expect.stringContaining(message) }),
    )
  }
})

test('a copy may end where the basis ends', () => {
  expect(parse(`${MAGIC} 45 01 63 00`, 100)).toEqual([{ copy: { offset: 1, length: 99 } }])
})
