import { expect, test } from '@jest/globals'
import { findChanges } from '../../../../src/engine/diff/changes.ts'
import { StateReader } from '../../../../src/engine/diff/state.ts'
import type { SourceEntry } from '../../../../src/engine/select/entry.ts'
import { OwnerTable } from '../../../../src/engine/select/owner.ts'
import type { WalkItem } from '../../../../src/engine/select/walk.ts'
import { formatRecords } from '../../../../src/format/records.ts'
import { formatSignatureHeader } from '../../../../src/rsync/signature-header.ts'
import { formatTarHeader, type TarEntry } from '../../../../src/format/tar/header.ts'

const owners = new OwnerTable({ passwd: 'alice:x:1001:1001::/:\n', group: '' })

const recorded = (values: { size?: number; ctime?: number }): Map<string, string> => formatRecords(values)

const base: SourceEntry = {
  place: '/source/path',
  path: '',
  kind: 'reg',
  mode: 0o644,
  uid: 0,
  gid: 0,
  size: 0,
  mtime: 1000,
  ctime: 0,
  link: '',
  major: 0,
  minor: 0,
  dev: 1,
  ino: 1,
  nlink: 1,
}
const here = (path: string, over: Partial<SourceEntry> = {}): WalkItem => ({
  item: 'entry',
  entry: { ...base, path, ...over },
})
const root = here('', { kind: 'dir' })

function stored(name: string, over: Partial<TarEntry> = {}): Buffer {
  const header: TarEntry = {
    name,
    type: 'reg',
    mode: 0o644,
    uid: 0,
    gid: 0,
    uname: '',
    gname: '',
    size: 0,
    mtime: 1000,
    link: '',
    major: 0,
    minor: 0,
  }
  return formatTarHeader({ ...header, ...over })
}
const storedRoot = stored('snapshot/', { type: 'dir' })

function state(...archives: Buffer[][]): StateReader {
  const bytes = async function* (blocks: Buffer[]): AsyncGenerator<Buffer> {
    yield await Promise.resolve(Buffer.concat([...blocks, Buffer.alloc(1024)]))
  }
  return new StateReader(
    archives.map((blocks, index) => ({ name: `archive ${index}`, bytes: bytes(blocks) })),
  )
}

async function changes(source: WalkItem[], reader: StateReader | undefined): Promise<string[]> {
  const found: string[] = []
  for await (const change of findChanges(source, reader, { owners, numericOwner: false })) {
    if (change.change === 'unchanged') continue
    const path =
      change.change === 'deleted' ? change.path : 'entry' in change ? change.entry.path : change.item.path
    found.push(`${change.change} ${path}`)
  }
  return found
}

test('against nothing everything is new', async () => {
  expect(await changes([root, here('a')], undefined)).toEqual(['new ', 'new a'])
})

test.each<[string, Partial<SourceEntry>, string, Partial<TarEntry>, string[]]>([
  ['the same file', {}, 'signature/a', {}, []],
  ['another time', { mtime: 1001 }, 'signature/a', {}, ['changed a']],
  ['both times before the epoch', { mtime: -5 }, 'signature/a', { mtime: 0 }, []],
  ['another mode', { mode: 0o600 }, 'signature/a', {}, ['changed a']],
  ['another owner', { uid: 5 }, 'signature/a', {}, ['changed a']],
  ['the name decides over the number', { uid: 1001 }, 'signature/a', { uid: 77, uname: 'alice' }, []],
  ['an unknown name leaves the number', { uid: 77 }, 'signature/a', { uid: 77, uname: 'bob' }, []],
  [
    'a link with the same target',
    { kind: 'sym', link: 'x', mtime: 5 },
    'snapshot/a',
    { type: 'sym', link: 'x' },
    [],
  ],
  [
    'a link with another target',
    { kind: 'sym', link: 'y' },
    'snapshot/a',
    { type: 'sym', link: 'x' },
    ['new a'],
  ],
  ['another size', { size: 7 }, 'signature/a', { records: recorded({ size: 6 }) }, ['changed a']],
  ['the same size', { size: 6 }, 'signature/a', { records: recorded({ size: 6 }) }, []],
  [
    'another change time, of content with its time set back or of attributes',
    { ctime: 1_000_000 },
    'signature/a',
    { records: recorded({ ctime: 1_000_001 }) },
    ['changed a'],
  ],
  [
    'another change time of a link',
    { kind: 'sym', link: 'x', ctime: 2 },
    'snapshot/a',
    { type: 'sym', link: 'x', records: recorded({ ctime: 1 }) },
    ['new a'],
  ],
  [
    'another change time of a device',
    { kind: 'chr', ctime: 2 },
    'snapshot/a',
    { type: 'chr', records: recorded({ ctime: 1 }) },
    ['new a'],
  ],
  ['a malformed record', {}, 'signature/a', { records: new Map([['DUBA.ctime', 'x']]) }, ['changed a']],
  ['a file that was a link', {}, 'snapshot/a', { type: 'sym', link: 'x' }, ['new a']],
  [
    'a device at another time',
    { kind: 'chr', major: 1, minor: 3, mtime: 9 },
    'snapshot/a',
    { type: 'chr', major: 1, minor: 3 },
    [],
  ],
  [
    'another device',
    { kind: 'chr', major: 1, minor: 5 },
    'snapshot/a',
    { type: 'chr', major: 1, minor: 3 },
    ['new a'],
  ],
])('%s', async (_, entry, name, header, expected) => {
  expect(await changes([root, here('a', entry)], state([storedRoot, stored(name, header)]))).toEqual(expected)
})

test.each([
  [0, 0, true],
  [0, 1, false],
  [1, 0, false],
  [1, 1, true],
  [1, 512, true],
  [1, 513, false],
  [3, 1024, false],
  [3, 1025, true],
  [3, 1536, true],
])('a signature of %d blocks by another program and a file of %d bytes', async (blocks, size, same) => {
  const signature = Buffer.alloc(12 + 12 * blocks)
  signature.set(formatSignatureHeader(512, 8))
  const archive = [storedRoot, stored('signature/a', { size: signature.length }), signature]
  const padding = Buffer.alloc(-signature.length & 511)
  expect(await changes([root, here('a', { size })], state([...archive, padding]))).toEqual(
    same ? [] : ['changed a'],
  )
})

test('a signature that was looked at is read from its beginning', async () => {
  const signature = Buffer.concat([formatSignatureHeader(512, 8), Buffer.alloc(12, 7)])
  const archive = Buffer.concat([
    storedRoot,
    stored('signature/a', { size: signature.length }),
    signature,
    Buffer.alloc(488),
  ])
  const bytes = async function* (): AsyncGenerator<Buffer> {
    // In pieces of five bytes, so that the header of the signature comes in several.
    for (let at = 0; at < archive.length; at += 5) yield await Promise.resolve(archive.subarray(at, at + 5))
  }
  const reader = new StateReader([{ name: 'pieces', bytes: bytes() }])
  await reader.next()
  const entry = await reader.next()
  expect((await entry?.signatureHead())?.length).toBeGreaterThanOrEqual(12)
  await entry?.signatureHead()
  const pieces: Buffer[] = []
  for (let piece = await entry?.readSignature(); piece !== undefined; piece = await entry?.readSignature())
    pieces.push(piece)
  expect(Buffer.concat(pieces)).toEqual(signature)
  expect(await reader.next()).toBeUndefined()
})

test('what is gone is deleted, each descendant on its own, in order', async () => {
  const before = [
    storedRoot,
    stored('snapshot/d/', { type: 'dir' }),
    stored('signature/d/x'),
    stored('signature/e'),
  ]
  expect(await changes([root], state(before))).toEqual(['deleted d', 'deleted d/x', 'deleted e'])
})

test('a directory that became a file loses its children', async () => {
  const before = [storedRoot, stored('snapshot/d/', { type: 'dir' }), stored('signature/d/x')]
  expect(await changes([root, here('d')], state(before))).toEqual(['new d', 'deleted d/x'])
})

test('what is blocked is kept with everything below it, and only that', async () => {
  const before = [
    storedRoot,
    stored('snapshot/d/', { type: 'dir' }),
    stored('signature/d/x'),
    stored('signature/d-x'),
    stored('signature/e'),
  ]
  const blocked: WalkItem = { item: 'blocked', path: 'd', reason: 'io-error', detail: 'EIO' }
  expect(await changes([root, blocked, here('e')], state(before))).toEqual(['blocked d', 'deleted d-x'])
})

test('newer archives win, a deletion in one hides the entry of an older one', async () => {
  const full = [storedRoot, stored('signature/a'), stored('signature/b'), stored('signature/c')]
  const first = [stored('signature/a', { mtime: 2000 }), stored('deleted/b', { mtime: 0 })]
  const second = [stored('deleted/a', { mtime: 0 }), stored('signature/b', { mtime: 3000 })]
  expect(await changes([root, here('b', { mtime: 3000 }), here('c')], state(full, first, second))).toEqual([])
  expect(await changes([root, here('a'), here('c')], state(full, first))).toEqual(['changed a'])
})

test('an archive out of order is refused', async () => {
  const damaged = [storedRoot, stored('signature/b'), stored('signature/a')]
  await expect(changes([root], state(damaged))).rejects.toMatchObject({ code: 'ARCHIVE_INVALID' })
})
