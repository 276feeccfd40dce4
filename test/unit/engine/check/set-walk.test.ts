import { createHash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { Findings } from '../../../../src/engine/check/findings.ts'
import { SetWalk } from '../../../../src/engine/check/set-walk.ts'
import { formatRecords } from '../../../../src/format/records.ts'
import { formatTarHeader } from '../../../../src/format/tar/header.ts'

interface Member {
  readonly name: string
  readonly body?: string
  readonly sha256?: string
  readonly size?: number
}

function volume(...members: readonly Member[]): Buffer {
  return Buffer.concat(
    members.flatMap(({ name, body = '', sha256, size }) => {
      const content = Buffer.from(body)
      const header = formatTarHeader({
        ...{
          name,
          type: name.endsWith('/') ? 'dir' : 'reg',
          mode: 0o644,
          uid: 0,
          gid: 0,
          uname: '',
          gname: '',
        },
        ...{ size: content.length, mtime: 0, link: '', major: 0, minor: 0 },
        records: formatRecords({ sha256, size }),
      })
      return [header, content, Buffer.alloc(-content.length & 511)]
    }),
  )
}

const root = { name: 'snapshot/./' }
const hash = (text: string): string => createHash('sha256').update(text).digest('base64url')

async function* pieces(bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes)
}

/** Walks volumes (undefined: one that is not read); gives the findings, each as its kind and its text. */
async function walk(type: 'full' | 'inc', ...volumes: readonly (Buffer | undefined)[]): Promise<string[]> {
  const findings = new Findings()
  const walker = new SetWalk(type, findings)
  for (const each of volumes) {
    if (each === undefined) walker.skip()
    else await walker.volume(undefined, pieces(each))
  }
  walker.finish()
  return findings.list.map(({ kind, detail }) => `${kind}: ${detail}`)
}

test('a sound set, with a file over two volumes', async () => {
  const file = { sha256: hash('onetwo'), size: 6 }
  const first = volume(
    root,
    { name: 'snapshot/a', body: 'x', sha256: hash('x') },
    { name: 'multivol_snapshot/b/1', body: 'one!' },
  )
  const second = volume({ name: 'multivol_snapshot/b/2', body: 'two', sha256: hash('one!two'), size: 7 })
  expect(await walk('full', first, second)).toEqual([])
  expect(await walk('full', volume(root, { name: 'snapshot/b', body: 'onetwo', ...file }))).toEqual([])
})

test('content that is not what was read is told', async () => {
  expect(
    await walk('full', volume(root, { name: 'snapshot/b', body: 'other', sha256: hash('onetwo') })),
  ).toEqual(['content: "b" is not what was read: its SHA-256 is another.'])
  expect(await walk('full', volume(root, { name: 'snapshot/b', body: 'other', size: 6 }))).toEqual([
    'content: "b" has 5 bytes in the volumes, 6 when it was read.',
  ])
})

test('a volume that is not read excuses what it holds, and nothing else', async () => {
  const first = volume(root, { name: 'multivol_snapshot/b/1', body: 'one!' })
  const third = volume(
    { name: 'multivol_snapshot/b/3', body: 'two', sha256: hash('?') },
    { name: 'snapshot/c' },
  )
  expect(await walk('full', first, undefined, third)).toEqual([])
  expect(await walk('full', undefined, third)).toEqual([])
  expect(await walk('full', first, third)).toEqual(['blocks: "b" lacks blocks 2 to 2.'])
  expect(await walk('full', volume(root), third)).toEqual(['blocks: "b" lacks blocks 1 to 2.'])
})

test('order, duplicates, a missing root, deltas in a full', async () => {
  const twice = volume(root, { name: 'snapshot/b' }, { name: 'snapshot/a' }, { name: 'snapshot/a' })
  expect(await walk('full', twice)).toEqual([
    'order: "a" stands twice or out of order in the volumes; a restore leaves this copy out.',
    'order: "a" stands twice or out of order in the volumes; a restore leaves this copy out.',
  ])
  expect(await walk('full', volume({ name: 'snapshot/a' }))).toEqual([
    'order: The set does not begin with the root directory.',
  ])
  const delta = { name: 'diff/a', body: 'rs\x026\0' }
  expect(await walk('inc', volume(delta))).toEqual([])
  expect(await walk('full', volume(root, delta))).toEqual(['archive: "a" is a delta in a full backup.'])
})

test('a hostile name and a broken delta are told, and the walk goes on', async () => {
  const members = [
    { name: 'snapshot/../etc' },
    { name: 'other/x' },
    { name: 'diff/a', body: 'no delta' },
    { name: 'diff/b', body: 'rs\x026' },
    { name: 'snapshot/c', body: 'c', sha256: hash('') },
  ]
  const found = await walk('inc', volume(...members))
  expect(found.map((each) => each.split(':', 1)[0])).toEqual([
    'hostile',
    'hostile',
    'archive',
    'archive',
    'content',
  ])
})

test('a file that ends with a full block may be cut short', async () => {
  const blocks = [1, 2].map((n) => ({ name: `multivol_snapshot/b/${n}`, body: 'y'.repeat(600) }))
  expect(await walk('full', volume(root, ...blocks))).toEqual([
    'blocks: "b" may be cut short: its last block is a full one.',
  ])
})
