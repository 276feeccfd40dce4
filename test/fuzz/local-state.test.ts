/** What the engine finds in its archive directory and in records of headers: written by it, but not always read whole. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Ledger } from '../../src/engine/session/ledger.ts'
import { formatRecords, parseRecords } from '../../src/format/records.ts'
import { parsePaxRecords, type PaxRecords } from '../../src/format/tar/pax.ts'
import { fromBytes } from '../../src/lib/bytestring.ts'
import { fuzz, runs } from './fuzz.ts'

const folder = mkdtempSync(join(tmpdir(), 'duba-fuzz-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

fuzz({
  parser: 'records',
  read: (input) => {
    const pax: PaxRecords = new Map()
    parsePaxRecords(input, pax)
    const problems: string[] = []
    const { size, mtime, ctime, link, xattrs } = parseRecords(pax, (what) => problems.push(what))
    expect([size ?? 0, ctime ?? 0, link?.names ?? 0].every((number) => Number.isSafeInteger(number))).toBe(
      true,
    )
    expect(
      mtime === undefined ||
        typeof mtime === 'bigint' ||
        typeof mtime === 'number' ||
        typeof mtime === 'object',
    ).toBe(true)
    for (const name of xattrs.keys()) expect(name).not.toMatch(/\0/)
    expect(problems.length).toBeLessThanOrEqual(pax.size)
  },
  mend: withLengths,
  words: [
    'DUBA.sha256=',
    'DUBA.size=',
    'DUBA.mtime=',
    'DUBA.link=',
    'SCHILY.xattr.',
    'SCHILY.acl.access=',
    '\n',
    '=',
    '%',
  ],
})

fuzz({
  parser: 'ledger',
  read: async (input) => {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, '.duba-cache.json'), input)
    const ledger = await Ledger.read(folder)
    const entry = ledger.get('duplicity-full.20231114T221320Z.manifest')
    if (entry !== undefined) expect([typeof entry.size, typeof entry.sha256]).toEqual(['number', 'string'])
  },
  words: ['"version":1', '"files":', '"sha256":', '"size":', '{', '}', '"__proto__":', 'null', '1e999'],
})

test('records that were written are read back', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 30 }).map((array) => fromBytes(Buffer.from(array)))
  const name = bytes.filter((text) => !text.includes('\0'))
  const count = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
  const values = fc.record({
    size: count,
    sparse: fc.boolean(),
    selinux: bytes,
    xattrs: fc.array(fc.tuple(name, bytes), { maxLength: 4 }).map((pairs) => new Map(pairs)),
  })
  fc.assert(
    fc.property(values, (written) => {
      const problems: string[] = []
      const read = parseRecords(formatRecords(written), (what) => problems.push(what))
      expect(problems).toEqual([])
      expect(read).toMatchObject(written)
    }),
    runs(200),
  )
})

/** Right lengths in front of all lines: what is behind them is reached. */
function withLengths(input: Buffer): Buffer {
  const lines = input.toString('latin1').split('\n')
  const records = lines.slice(0, -1).map((line) => {
    const rest = line.replace(/^\d* ?/, '')
    const size = rest.length + 2
    let length = size + String(size).length
    if (String(length).length > String(size).length) length += 1
    return `${length} ${rest}\n`
  })
  return Buffer.from(records.join(''), 'latin1')
}
