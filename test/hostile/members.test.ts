/** Members and manifests that contradict each other or themselves. Each test is named after what it stops. */
import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { formatTarHeader } from '../../src/format/tar/header.ts'
import { useTempDir } from '../support/temp.ts'
import { entry, extension, member, sealHeader } from '../unit/format/tar/archives.ts'
import { type HostileSet, manifestVolume, ROOT, Scene, tar } from './repository.ts'

const root = useTempDir('hostile')
let count = 0
const scene = (sets: readonly HostileSet[]): Scene => new Scene(join(root, `scene-${(count += 1)}`), sets)
const file = (name: string, body: string): Buffer => member({ name }, Buffer.from(body))
const one = (...members: Buffer[]): HostileSet[] => [{ volumes: [tar(ROOT, ...members)] }]
const content = (place: Scene, path: string): string => readFileSync(join(place.target, path), 'utf8')

describe('of two members for one path the first stands, and the other is told', () => {
  test.each<[string, HostileSet[], string]>([
    ['twice in one volume', one(file('snapshot/a', 'first'), file('snapshot/a', 'second')), 'first'],
    [
      'twice across volumes',
      [{ volumes: [tar(ROOT, file('snapshot/a', 'first')), file('snapshot/a', 'second')] }],
      'first',
    ],
    [
      'a whole file behind its blocks',
      one(
        file('multivol_snapshot/a/1', 'fi'),
        file('multivol_snapshot/a/2', 'rst'),
        file('snapshot/a', 'second'),
      ),
      'first',
    ],
    [
      'blocks behind the whole file, across volumes',
      [{ volumes: [tar(ROOT, file('snapshot/a', 'first')), tar(file('multivol_snapshot/a/1', 'second'))] }],
      'first',
    ],
    [
      'blocks with another file between them',
      one(
        file('multivol_snapshot/a/1', 'first'),
        file('snapshot/b', 'b'),
        file('multivol_snapshot/a/2', 'second'),
      ),
      'first',
    ],
    [
      'blocks of a delta among those of a file',
      one(file('multivol_snapshot/a/1', 'first'), file('multivol_diff/a/2', 'x')),
      'first',
    ],
    ['a deletion behind the file', one(file('snapshot/a', 'first'), file('deleted/a', '')), 'first'],
  ])('%s', async (_, sets, expected) => {
    const place = scene(sets)
    const { status, said, escaped } = await place.restore()
    expect(said).toMatch(/stands twice or out of order.*processing a\b/)
    expect(status).toBe(1)
    expect(content(place, 'a')).toBe(expected)
    expect(escaped).toBeUndefined()
    const verified = await place.engine('verify', place.url, place.target)
    expect(verified.status).toBe(1)
  })

  test('members out of order are told and left out; those in order come back', async () => {
    const place = scene(one(file('snapshot/b', 'b'), file('snapshot/a', 'a'), file('snapshot/c', 'c')))
    const { status, said } = await place.restore()
    expect(status).toBe(1)
    expect(said).toMatch(/stands twice or out of order.*processing a\b/)
    expect(place.restored()).toEqual(['b', 'c'])
  })
})

describe('a header that cannot be is refused with the name of its member', () => {
  const raw = (size: string | Buffer): Buffer => {
    const header = Buffer.from(formatTarHeader(entry({ name: 'snapshot/absurd' })))
    header.fill(0, 124, 136)
    header.set(typeof size === 'string' ? Buffer.from(size) : size, 124)
    return tar(sealHeader(header), Buffer.alloc(512, 'x'))
  }
  const base256 = (value: bigint): Buffer => {
    const bytes = Buffer.alloc(12)
    bytes[0] = 0x80
    bytes.writeBigUInt64BE(value, 4)
    return bytes
  }
  const type = (flag: string): Buffer => {
    const header = Buffer.from(formatTarHeader(entry({ name: 'snapshot/absurd', link: '' })))
    header.write(flag, 156)
    header.write('snapshot/zz', 157)
    return sealHeader(header)
  }
  test.each<[string, Buffer]>([
    ['a negative size in base 256', raw(Buffer.alloc(12, 0xff))],
    ['a size of 2^63', raw(base256(2n ** 63n))],
    ['a size of 2^53', raw(base256(2n ** 53n))],
    ['a size beyond the archive', raw('00000100000\0')],
    ['the largest size in octal', raw('77777777777\0')],
    ['a size that is no number', raw('1x345678901\0')],
    ['a hard link', type('1')],
    ['a GNU sparse file', type('S')],
    ['a type that nobody knows', type('Z')],
    ['a contiguous file', type('7')],
    ['a size in a pax header that is no number', tar(extension('x', '13 size=1e99\n'), raw('00000000000\0'))],
    ['a negative size in a pax header', tar(extension('x', '11 size=-1\n'), raw('00000000000\0'))],
    ['an owner beyond 32 bits', tar(extension('x', '18 uid=4294967296\n'), raw('00000000000\0'))],
    ['a time beyond all calendars', tar(extension('x', '25 mtime=999999999999999\n'), raw('00000000000\0'))],
  ])('%s', async (_, hostile) => {
    const place = scene(one(file('snapshot/a', 'a'), hostile))
    const { status, said, escaped } = await place.restore()
    expect(said).toContain('absurd')
    expect(status).not.toBe(0)
    expect(existsSync(join(place.target, 'absurd'))).toBe(false)
    expect(escaped).toBeUndefined()
  })

  test.each<[string, Buffer]>([
    ['a pax header of 4 GB', sizedExtension(0xffff_ffffn)],
    ['a pax header of 2^62 bytes', sizedExtension(2n ** 62n)],
    ['a pax record longer than its header', extension('x', '99 path=snapshot/a\n')],
    ['a pax record without a length', extension('x', 'path=snapshot/a\n')],
    ['a pax header at the very end', extension('x', '19 path=snapshot/a\n')],
  ])('%s', async (_, hostile) => {
    const place = scene(one(hostile))
    const { status, said, escaped } = await place.restore()
    expect(status).toBe(30)
    expect(said).toMatch(/tar header|pax header|middle of a member/)
    expect(escaped).toBeUndefined()
  })

  function sizedExtension(size: bigint): Buffer {
    const header = Buffer.from(extension('x', '').subarray(0, 512))
    header.fill(0, 124, 136)
    header.set(base256(size), 124)
    return sealHeader(header)
  }
})

describe('deltas that do not fit are refused, and the file is left out by name', () => {
  const delta = (...bytes: number[]): Buffer =>
    member({ name: 'diff/a' }, Buffer.concat([Buffer.from('rs\x026', 'latin1'), Buffer.from(bytes)]))
  test.each<[string, Buffer]>([
    ['a copy from behind the end', delta(0x45, 4, 2, 0)],
    ['a copy of 2^63 bytes', delta(0x54, ...Array<number>(8).fill(0), 0x80, ...Array<number>(7).fill(0), 0)],
    ['a copy from offset 2^63', delta(0x54, 0x80, ...Array<number>(14).fill(0), 1, 0)],
    ['a literal of 2^62 bytes', delta(0x44, 0x40, ...Array<number>(7).fill(0), 1, 2, 3)],
    ['a copy of nothing', delta(0x45, 0, 0, 0)],
    ['a reserved command', delta(0x55, 0)],
    ['no end', delta(0x45, 0, 5)],
    ['bytes behind the end', delta(0x45, 0, 5, 0, 0)],
    ['nothing at all', member({ name: 'diff/a' })],
    ['no delta', file('diff/a', 'not a delta')],
  ])('%s', async (_, hostile) => {
    const place = scene([
      { volumes: [tar(ROOT, file('snapshot/a', 'basis'), file('snapshot/b', 'b'))] },
      { volumes: [hostile] },
    ])
    const { status, said, escaped } = await place.restore()
    expect(status).toBe(1)
    expect(said).toMatch(/\ba\b/)
    expect(place.restored()).toEqual(['b'])
    expect(escaped).toBeUndefined()
  })

  test('a delta of a directory, a link or nothing has no basis', async () => {
    const place = scene([
      {
        volumes: [
          tar(
            ROOT,
            member({ name: 'snapshot/a', type: 'sym', link: '/etc/passwd' }),
            file('snapshot/z', 'z'),
          ),
        ],
      },
      { volumes: [tar(delta(0x45, 0, 5, 0), file('diff/b', 'rs\x026\0'))] },
    ])
    const { status, escaped } = await place.restore()
    expect(status).toBe(1)
    expect(place.restored()).toEqual(['z'])
    expect(escaped).toBeUndefined()
  })
})

describe('manifests that lie', () => {
  test('a volume with an absurd number is missing, by name', async () => {
    const place = scene([{ volumes: [], manifest: manifestVolume(99999999999, 'a'.repeat(40)) }])
    const { status, said } = await place.restore()
    expect(status).toBe(52)
    expect(said).toContain('Volume 99999999999')
  })

  test('a million volumes are read, and the first that is not there is told', async () => {
    const volumes = (count: number): HostileSet[] => {
      const blocks = Array.from({ length: count }, (_, index) => manifestVolume(index + 1, 'a'.repeat(40)))
      return [{ volumes: [ROOT], manifest: blocks.join('') }]
    }
    const { status, said } = await scene(volumes(1_000_000)).restore()
    expect(status).toBe(21)
    expect(said).toContain('Manifest hash')
    // Here each of them is told.
    const ignored = await scene(volumes(20_000)).restore('--ignore-errors')
    expect(ignored.status).not.toBe(0)
    expect(ignored.status).not.toBeNull()
  }, 180_000)

  test('ranges that overlap or are the wrong way round leave nothing out', async () => {
    const place = scene([{ volumes: [tar(ROOT, file('snapshot/a', 'a')), tar(file('snapshot/b', 'b'))] }])
    expect((await place.restore()).status).toBe(0)
    expect(place.restored()).toEqual(['a', 'b'])
  })
})

test('device files and set-user-id programs come back as recorded: whoever restores trusts who signed', async () => {
  const place = scene(
    one(
      member({ name: 'snapshot/null', type: 'chr', mode: 0o666, major: 1, minor: 3 }),
      member({ name: 'snapshot/suid', mode: 0o4755 }, Buffer.from('#!')),
    ),
  )
  const { status, escaped } = await place.restore()
  expect([status, escaped]).toEqual([0, undefined])
  expect(lstatSync(join(place.target, 'null')).isCharacterDevice()).toBe(true)
  expect(lstatSync(join(place.target, 'suid')).mode & 0o7777).toBe(0o4755)
})

describe('the same names in signature archives are refused where these are read', () => {
  const sets = (...members: Buffer[]): HostileSet[] => [
    { volumes: [ROOT], signatures: tar(member({ name: 'snapshot/', type: 'dir', mode: 0o755 }), ...members) },
  ]
  test.each<[string, Buffer[], RegExp]>([
    ["a '..' component", [file('signature/../x', '')], /signature\/\.\.\/x/],
    ['an absolute path', [file('signature//etc/passwd', '')], /signature\/\/etc\/passwd/],
    ['an action that is none', [file('multivol_snapshot/a/1', '')], /multivol_snapshot\/a\/1/],
    ['the same path twice', [file('signature/a', ''), file('signature/a', '')], /order at "a"/],
    ['paths out of order', [file('signature/b', ''), file('signature/a', '')], /order at "a"/],
    ['a hard link', [sealHeader(typed('signature/a', '1'))], /signature\/a/],
  ])('%s', async (_, members, named) => {
    const place = scene(sets(...members))
    const source = join(place.root, 'victim')
    for (const command of [
      ['list-current-files', place.url],
      ['incremental', source, place.url],
    ]) {
      const { status, said } = await place.engine(...command)
      expect(said).toMatch(named)
      expect(status).not.toBe(0)
    }
  })

  test.each<[string, Buffer]>([
    ['a signature with blocks of no bytes', signature(0, 8)],
    ['a signature with blocks of 4 GB', signature(0xffff_ffff, 8)],
    ['a signature with strong sums of no bytes', signature(512, 0)],
    ['a signature with strong sums of 17 bytes', signature(512, 17)],
    ['a signature that is none', Buffer.from('not a signature, not at all')],
    ['an empty signature', Buffer.alloc(0)],
  ])('%s: the file is stored whole, or the backup says what is wrong', async (_, body) => {
    const place = scene(sets(member({ name: 'signature/secret', mtime: 1 }, body)))
    const { status, said, escaped } = await place.engine('incremental', place.victim, place.url)
    expect(status).not.toBeNull()
    expect(said).not.toMatch(/RangeError|TypeError|at .*\.js:\d/)
    // The repository itself got a new set, if that went well.
    if (status !== 0) expect(escaped).toBeUndefined()
    if (status === 0) {
      const restored = await place.engine('restore', place.url, place.target)
      expect(restored.status).toBe(0)
      expect(content(place, 'secret')).toBe('secret')
    }
  })

  function signature(blockLength: number, strongLength: number): Buffer {
    const bytes = Buffer.alloc(12 + 24, 'x')
    bytes.writeUInt32BE(0x72730136, 0)
    bytes.writeUInt32BE(blockLength, 4)
    bytes.writeUInt32BE(strongLength, 8)
    return bytes
  }

  function typed(name: string, flag: string): Buffer {
    const header = Buffer.from(formatTarHeader(entry({ name })))
    header.write(flag, 156)
    return header
  }
})
