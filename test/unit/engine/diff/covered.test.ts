import { expect, test } from '@jest/globals'
import type { Change } from '../../../../src/engine/diff/changes.ts'
import { behindCovered, listCovered } from '../../../../src/engine/diff/covered.ts'
import { StateReader } from '../../../../src/engine/diff/state.ts'
import type { SourceEntry } from '../../../../src/engine/select/entry.ts'
import { formatTarHeader, type TarEntry } from '../../../../src/format/tar/header.ts'

const entry = (path: string): SourceEntry => ({
  ...{ path, place: path, ctime: 1, kind: 'reg', mode: 0o644, uid: 0, gid: 0, size: 1, mtime: 1, link: '' },
  ...{ major: 0, minor: 0, dev: 0, ino: 0, nlink: 1 },
})

async function* changes(...list: Change[]): AsyncGenerator<Change> {
  for (const change of list) yield await Promise.resolve(change)
}

const found: Change[] = [
  { change: 'unchanged', entry: entry('') },
  { change: 'new', entry: entry('a') },
  { change: 'deleted', path: 'b', kind: 'reg' },
  { change: 'none', item: { item: 'trouble', path: 'c', trouble: 'socket', detail: '' } },
  { change: 'new', entry: entry('d') },
  { change: 'new', entry: entry('d/x') },
]

test.each([
  [false, ['unchanged', 'none', 'new d/x'], 3],
  [true, ['unchanged', 'none', 'new d', 'new d/x'], 2],
])('changes of what is stored are only counted; inside a file: %s', async (inside, expected, outdated) => {
  let count = 0
  const shown: string[] = []
  const range = { path: 'd', inside }
  const rest = behindCovered(changes(...found), range, () => {
    count += 1
  })
  for await (const change of rest)
    shown.push(change.change === 'new' ? `new ${change.entry.path}` : change.change)
  expect(shown).toEqual(expected)
  expect(count).toBe(outdated)
})

function archive(...names: string[]): { name: string; bytes: AsyncIterable<Buffer> } {
  const headers = names.map((name) => {
    const type: TarEntry['type'] = name.startsWith('snapshot/') ? 'dir' : 'reg'
    const fields = { name, type, mode: 0o644, uid: 0, gid: 0, uname: '', gname: '', size: 0, mtime: 0 }
    return formatTarHeader({ ...fields, link: '', major: 0, minor: 0 })
  })
  const bytes = async function* (): AsyncGenerator<Buffer> {
    yield await Promise.resolve(Buffer.concat(headers))
  }
  return { name: 'test', bytes: bytes() }
}

test('the list of files names what became new, changed and deleted, regular files only', async () => {
  const kept = archive('snapshot/', 'deleted/b', 'deleted/c', 'signature/d', 'signature/e', 'snapshot/f/')
  const base = new StateReader([
    archive('snapshot/', 'signature/a', 'signature/b', 'snapshot/c/', 'signature/d'),
  ])
  const listed: string[] = []
  await listCovered(kept, base, (status, path) => listed.push(`${status} ${path}`))
  expect(listed).toEqual(['deleted b', 'changed d', 'new e'])
})

test('in a full every file is new', async () => {
  const listed: string[] = []
  await listCovered(archive('snapshot/', 'signature/a'), undefined, (status, path) =>
    listed.push(`${status} ${path}`),
  )
  expect(listed).toEqual(['new a'])
})
