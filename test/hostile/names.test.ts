/** Names and links that would lead out of the target. Each test is named after what it stops. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { lstatSync, readFileSync, readlinkSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { useTempDir } from '../support/temp.ts'
import { extension, member } from '../unit/format/tar/archives.ts'
import { firstTime, type HostileSet, ROOT, Scene, tar } from './repository.ts'

const root = useTempDir('hostile')
let count = 0
const scene = (sets: readonly HostileSet[] | ((scenePath: string) => readonly HostileSet[])): Scene => {
  const path = join(root, `scene-${(count += 1)}`)
  return new Scene(path, typeof sets === 'function' ? sets(path) : sets)
}
const file = (name: string, body = 'evil'): Buffer => member({ name }, Buffer.from(body))
const dir = (name: string): Buffer => member({ name, type: 'dir', mode: 0o755 })
const link = (name: string, to: string): Buffer => member({ name, type: 'sym', mode: 0o777, link: to })
const one = (...members: Buffer[]): HostileSet[] => [{ volumes: [tar(ROOT, ...members)] }]

describe('a name that no backup program writes ends the restore, by name, and nothing is written outside', () => {
  test.each<[string, Buffer, string]>([
    ["a '..' component", file('snapshot/../victim/secret'), 'snapshot/../victim/secret'],
    [
      "a '..' component in the middle",
      file('snapshot/a/../../victim/secret'),
      'snapshot/a/../../victim/secret',
    ],
    ["a '..' at the end", dir('snapshot/a/../'), 'snapshot/a/../'],
    [
      "a '..' in a block of a large file",
      file('multivol_snapshot/../victim/secret/1'),
      'multivol_snapshot/../victim',
    ],
    ["a '..' in a delta", file('diff/../victim/secret'), 'diff/../victim/secret'],
    ["a '..' in a deletion", file('deleted/../victim/secret', ''), 'deleted/../victim/secret'],
    ["a '.' component", file('snapshot/a/./b'), 'snapshot/a/./b'],
    ['an absolute path', file('snapshot//etc/passwd'), 'snapshot//etc/passwd'],
    [
      'an absolute path in a block',
      file('multivol_snapshot//etc/passwd/1'),
      'multivol_snapshot//etc/passwd/1',
    ],
    ['an empty component', file('snapshot/a//b'), 'snapshot/a//b'],
    [
      'a NUL byte in a pax path',
      tar(extension('x', '21 path=snapshot/a\0b\n'), file('x')),
      'snapshot/a\\x00b',
    ],
    ["a '..' in a pax path", tar(extension('x', '20 path=snapshot/..\n'), file('snapshot/a')), 'snapshot/..'],
    [
      "a '..' in a GNU long name",
      tar(extension('L', 'snapshot/../x\0'), file('snapshot/a')),
      'snapshot/../x',
    ],
    ['an action that is none', file('evil/a'), 'evil/a'],
    [
      'a path longer than any that can be backed up',
      longPath('d/'.repeat(10_000) + 'x'),
      'snapshot/d/d/d/d/',
    ],
    ['a path of half a megabyte', longPath('d/'.repeat(250_000) + 'x'), 'snapshot/d/d/d/d/'],
  ])('%s', async (_, hostile, name) => {
    const place = scene(one(hostile, file('snapshot/zz')))
    const { status, said, escaped } = await place.restore()
    expect(said).toContain(name)
    expect(said.length).toBeLessThan(5_000)
    expect(status).toBe(30)
    expect(escaped).toBeUndefined()
    expect(place.restored()?.some((path) => path.includes('secret')) ?? false).toBe(false)
  })

  test('a newline in a name is part of the name, and shown so that it hides nothing', async () => {
    const path = 'snapshot/a\n\x1b[2Jb'
    const place = scene(one(tar(extension('x', pax('path', path)), file('x')), file('snapshot/a/below')))
    const { said, escaped } = await place.restore()
    expect(place.restored()).toContain('a\n\x1b[2Jb')
    expect(said).not.toContain('\x1b')
    expect(escaped).toBeUndefined()
  })

  test('a name longer than a file system takes is left out and told; the rest comes back', async () => {
    const name = 'n'.repeat(300)
    const place = scene(one(longPath(name), file('snapshot/z')))
    const { status, said, escaped } = await place.restore()
    expect(status).toBe(1)
    expect(said).toContain(name)
    expect(place.restored()).toEqual(['z'])
    expect(escaped).toBeUndefined()
  })

  test('two thousand directories in one another come back', async () => {
    const deep = Array.from({ length: 2_000 }, (_, depth) => {
      const path = `snapshot/${'d/'.repeat(depth + 1)}`
      return path.length > 100 ? tar(extension('x', pax('path', path)), dir('x/')) : dir(path)
    })
    const place = scene(one(...deep, file('snapshot/z')))
    const { status, escaped } = await place.restore()
    expect(status).toBe(0)
    expect(readFileSync(join(place.target, 'z'), 'utf8')).toBe('evil')
    expect(escaped).toBeUndefined()
    // Node removes directories by calls within calls.
    execFileSync('rm', ['-rf', place.root])
  })
})

describe('a link is written as a link, and what the archive puts below it is left out by name', () => {
  const victim = (path: string): string => join(path, 'victim')

  test.each<[string, (path: string) => HostileSet[], string]>([
    [
      'a child through a link of the same set',
      (path) => one(link('snapshot/link', victim(path)), file('snapshot/link/secret')),
      'link/secret',
    ],
    [
      'a child through a link to the directory above',
      () => one(link('snapshot/link', '..'), file('snapshot/link/victim/secret')),
      'link/victim/secret',
    ],
    [
      'a directory through a link',
      (path) => one(link('snapshot/link', victim(path)), dir('snapshot/link/directory/')),
      'link/directory',
    ],
    [
      'a child in the incremental through a link of the full',
      (path) => [
        { volumes: [tar(ROOT, link('snapshot/link', victim(path)))] },
        { volumes: [tar(file('snapshot/link/secret'))] },
      ],
      'link/secret',
    ],
    [
      'a child of the full through a link of the incremental',
      (path) => [
        { volumes: [tar(ROOT, dir('snapshot/link/'), file('snapshot/link/secret'))] },
        { volumes: [tar(link('snapshot/link', victim(path)))] },
      ],
      'link/secret',
    ],
    [
      'a link that comes as a delta',
      (path) => [
        { volumes: [tar(ROOT, dir('snapshot/link/'), file('snapshot/link/secret'))] },
        { volumes: [tar(link('diff/link', victim(path)))] },
      ],
      'link/secret',
    ],
    [
      'a link that comes as a block of a large file',
      (path) => one(link('multivol_snapshot/link/1', victim(path)), file('snapshot/link/secret')),
      'link/secret',
    ],
    ['a child below a file', () => one(file('snapshot/link'), file('snapshot/link/secret')), 'link/secret'],
    [
      'a link behind a chain of links',
      (path) =>
        one(link('snapshot/a', 'link'), link('snapshot/link', victim(path)), file('snapshot/link/secret')),
      'link/secret',
    ],
  ])('%s', async (_, sets, name) => {
    for (const options of [[], ['--force']]) {
      const place = scene(sets)
      const { status, said, escaped } = await place.restore(...options)
      expect(status).toBe(1)
      expect(said).toContain(name)
      expect(escaped).toBeUndefined()
      expect(readFileSync(join(place.victim, 'secret'), 'utf8')).toBe('secret')
      expect(lstatSync(join(place.target, 'link')).isDirectory()).toBe(false)
    }
  })

  test('a link that becomes a directory and a link again is what it is at each time', async () => {
    const place = scene((path) => [
      { volumes: [tar(ROOT, link('snapshot/x', victim(path)))] },
      { volumes: [tar(dir('snapshot/x/'), file('snapshot/x/secret', 'mine'))] },
      {
        volumes: [
          tar(link('snapshot/x', victim(path)), member({ name: 'deleted/x/secret', mode: 0, mtime: 0 })),
        ],
      },
    ])
    const second = await place.restore('--time', String(firstTime + 86_400))
    expect([second.status, second.escaped]).toEqual([0, undefined])
    expect(readFileSync(join(place.target, 'x', 'secret'), 'utf8')).toBe('mine')
    const third = await place.restore('--force', '--time', String(firstTime + 2 * 86_400))
    expect(third.escaped).toBeUndefined()
    expect(readFileSync(join(place.victim, 'secret'), 'utf8')).toBe('secret')
  })

  test('a target of a link may be anything that a link can hold; a longer one is left out and told', async () => {
    const absurd = '\x01../../..//etc\xff'
    const place = scene(
      one(
        tar(extension('x', pax('linkpath', absurd)), link('snapshot/a', 'x')),
        tar(extension('x', pax('linkpath', 'l'.repeat(5_000))), link('snapshot/b', 'x')),
        tar(extension('x', pax('linkpath', 'with\0nul')), link('snapshot/c', 'x')),
        link('snapshot/d', ''),
        file('snapshot/z'),
      ),
    )
    const { status, said, escaped } = await place.restore()
    expect(status).toBe(1)
    for (const name of ['b', 'c', 'd']) expect(said).toMatch(new RegExp(`processing ${name}|\\b${name}\\b`))
    expect(place.restored()).toEqual(['a', 'z'])
    expect(readlinkSync(join(place.target, 'a'), 'latin1')).toBe(absurd)
    expect(escaped).toBeUndefined()
  })

  test('a link in the place of the target is not what is written to', async () => {
    const place = scene([{ volumes: [tar(member({ name: 'snapshot/', type: 'sym', link: 'victim' }))] }])
    const { escaped } = await place.restore()
    expect(escaped).toBeUndefined()
    expect(readlinkSync(place.target)).toBe('victim')
  })
})

function longPath(path: string): Buffer {
  return tar(extension('x', pax('path', `snapshot/${path}`)), file('x'))
}

function pax(key: string, value: string): string {
  const rest = key.length + value.length + 3
  let length = rest + String(rest).length
  if (String(length).length > String(rest).length) length += 1
  return `${length} ${key}=${value}\n`
}
