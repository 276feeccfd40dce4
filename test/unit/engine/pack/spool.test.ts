import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Spool } from '../../../../src/engine/pack/spool.ts'
import { noise } from '../../../support/rsync.ts'

let dir: string
let spool: Spool
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'duba-spool-'))
  spool = new Spool(dir)
})
afterEach(() => {
  spool.close()
  rmSync(dir, { recursive: true })
})

test.each([1, 40])('%d MB that are filled again after they were added are kept as they were', (count) => {
  const expected: Buffer[] = []
  const piece = Buffer.alloc(1 << 20)
  for (let index = 0; index < count; index += 1) {
    noise(`piece ${index}`, piece.length).copy(piece)
    spool.addPassing(piece)
    const lasting = noise(`lasting ${index}`, 1000)
    spool.add(lasting)
    expected.push(Buffer.from(piece), lasting)
  }
  piece.fill(0)
  const all = Buffer.concat(expected)
  expect(spool.size).toBe(all.length)
  expect(Buffer.concat([...spool.pieces()]).equals(all)).toBe(true)
  const room = Buffer.alloc(5000)
  for (const offset of [0, 1_000_000, all.length - 100]) {
    const part = all.subarray(offset, offset + 5000)
    expect(spool.read(offset, part.length).equals(part)).toBe(true)
    expect(spool.view(offset, part.length, room).equals(part)).toBe(true)
    expect(spool.view(offset, 7000, room).equals(part)).toBe(true)
  }
  expect(readdirSync(dir)).toEqual([])
})
