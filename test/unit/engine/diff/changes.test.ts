import { expect, test } from '@jest/globals'
import { findChanges } from '../../../../src/engine/diff/changes.ts'
import { StateReader } from '../../../../src/engine/diff/state.ts'
import type { SourceEntry } from '../../../../src/engine/select/entry.ts'
import { OwnerTable } from '../../../../src/engine/select/owner.ts'
import type { WalkItem } from '../../../../src/engine/select/walk.ts'
import { formatTarHeader, type TarEntry } from '../../../../src/format/tar/header.ts'

const owners = new OwnerTable({ passwd: 'alice:x:1001:1001::/:\n', group: '' })

const base: SourceEntry = {
  place: '/source/path',
  path: '',
  kind: 'reg',
  mode: 0o644,
  uid: 0,
  gid: 0,
  size: 0,
  mtime: 1000,
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
