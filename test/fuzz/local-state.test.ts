/** What the engine finds in its archive directory and in records of headers: written by it, but not always read whole. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { takeInventory } from '../../src/engine/removal/inventory.ts'
import { leftOver, parseJournal as parseRemoval } from '../../src/engine/removal/journal.ts'
import { parseJournal as parseSession } from '../../src/engine/session/journal.ts'
import { Ledger } from '../../src/engine/session/ledger.ts'
import { formatAcl, parseAcl } from '../../src/format/acl.ts'
import { defaultNames } from '../../src/format/filename.ts'
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

fuzz({
  parser: 'session',
  read: (input) => {
    const journal = parseSession(input.toString())
    if (journal === undefined) return
    const { identity, recipients, signer, volumes, acknowledged } = journal
    expect(['full', 'inc']).toContain(identity.type)
    expect([...recipients, signer ?? ''].every((text) => typeof text === 'string')).toBe(true)
    expect(volumes.map(({ volume }) => volume)).toEqual(volumes.map((_, index) => index + 1))
    const { start, end } = identity
    const counts = [start, end, ...volumes.flatMap(({ size, signatures }) => [size, signatures?.bytes ?? 0])]
    expect(counts.every((count) => Number.isSafeInteger(count) && count >= 0)).toBe(true)
    expect(acknowledged).toBeLessThanOrEqual(volumes.length)
  },
  words: [
    '{"journal":1,"type":"full","start":1,"end":1,"recipients":[]}\n',
    '{"volume":1,"size":1,"sha1":""}\n',
    '{"acknowledged":1}\n',
    '"signatures":{"bytes":1,"sha256":""}',
    '"within":{"action":"diff","sha256":""}',
    '"signer":',
    '"__proto__":',
    'null',
    '1e999',
    '\n',
  ],
})

const remote = [
  'duplicity-full.20231114T221320Z.vol1.difftar.gz',
  'duplicity-full.20231114T221320Z.vol2.difftar.gz',
  'duplicity-full.20231115T221320Z.manifest',
  'duplicity-full.20231115T221320Z.vol1.difftar.gz',
]
const local = ['duplicity-full.20231115T221320Z.manifest', 'duplicity-full.20231113T221320Z.manifest']
const listed = (names: readonly string[]) => names.map((name) => ({ name }))
const inventory = takeInventory(listed(remote), listed(local), defaultNames)

fuzz({
  parser: 'removal',
  read: (input) => {
    const journal = parseRemoval(input.toString())
    if (journal === undefined) return
    for (const step of leftOver(journal, inventory)) {
      // What is in a chain, and what is not there, is none of an old journal's business.
      expect(remote.slice(0, 2)).toEqual(expect.arrayContaining([...step.remote]))
      expect(local.slice(1)).toEqual(expect.arrayContaining([...step.local]))
    }
  },
  words: [...remote, ...local, '"remote":', '"local":', '[', ']', '"__proto__":', 'null', '..', '/'],
})

fuzz({
  parser: 'acl',
  read: (input) => {
    const text = fromBytes(input)
    const names = { userName: () => '', groupName: () => '' }
    const numbers = { userId: () => undefined, groupId: () => undefined }
    const shown = formatAcl(text, names)
    if (shown !== undefined) parseAcl(shown, numbers, { numeric: false })
    const list = parseAcl(text, numbers, { numeric: true })
    if (list === undefined) return
    expect(list.length).toBeLessThanOrEqual(65_536)
    expect(parseAcl(formatAcl(list, names) ?? '', numbers, { numeric: true })).toBe(list)
  },
  words: [
    'user::rw-',
    'user:lisa:rwx:1001',
    'group::r--',
    'mask::---',
    'other::---',
    ',',
    '\n',
    ':',
    Buffer.from([2, 0, 0, 0]),
  ],
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
