import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Backend } from '../../../src/backend/backend.ts'
import { createMemoryBackend } from '../../../src/backend/memory/memory.ts'
import { backup } from '../../../src/engine/backup.ts'
import type { BackupRequest, RestoreRequest } from '../../../src/engine/request.ts'
import { checkTarget } from '../../../src/engine/restore/target.ts'
import { restore } from '../../../src/engine/restore.ts'
import { verify } from '../../../src/engine/verify.ts'
import { fileBodyOf } from '../../support/bodies.ts'
import { backupRequest, testContext, type TestContext } from '../../support/context.ts'

const T0 = 1700000000
const DAY = 86400
let dir: string
let source: string
let target: string
let backend: Backend

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'duba-test-'))
  source = join(dir, 'source')
  target = join(dir, 'target')
  await mkdir(source)
  backend = createMemoryBackend()
})
afterEach(async () => {
  await rm(dir, { recursive: true, force: true })
})

const at = (day: number): TestContext => testContext({ backend, dir, now: T0 + day * DAY })

async function save(day: number): Promise<void> {
  const request: BackupRequest = backupRequest(source, { kind: 'auto' })
  await backup(request, at(day))
}

async function load(day: number, over: Partial<RestoreRequest> = {}): Promise<TestContext> {
  const request: RestoreRequest = {
    target,
    path: '',
    time: T0 + day * DAY,
    force: false,
    dryRun: false,
    numericOwner: false,
    restoreOwner: true,
    ignoreErrors: false,
    renames: [],
    metadataSync: 'partial',
    ...over,
  }
  const context = at(day)
  await restore(request, context)
  return context
}

const text = (path: string): Promise<string> => readFile(join(target, path), 'utf8')

describe('what was stored comes back', () => {
  test('a cached manifest that was cut short between two volumes is not believed', async () => {
    await writeFile(join(source, 'big'), randomBytes(2_500_000))
    await save(0)
    const archive = join(dir, 'archive')
    const name = (await readdir(archive)).find((each) => each.endsWith('.manifest')) ?? ''
    const manifest = await readFile(join(archive, name), 'latin1')
    await writeFile(join(archive, name), manifest.slice(0, manifest.indexOf('Volume 2:')))
    await load(0)
    expect((await readFile(join(target, 'big'))).equals(await readFile(join(source, 'big')))).toBe(true)
  })

  test('types, modes, times, links and content, at each time', async () => {
    await writeFile(join(source, 'file'), 'first')
    await chmod(join(source, 'file'), 0o4750)
    await utimes(join(source, 'file'), 1, T0 - 1000)
    await mkdir(join(source, 'dir'), { mode: 0o500 })
    await symlink('nowhere', join(source, 'link'))
    execFileSync('mkfifo', [join(source, 'fifo')])
    const big = Buffer.alloc(3_000_000)
    for (let i = 0; i < big.length; i += 4) big.writeUInt32LE(Math.imul(i, 2654435761) >>> 0, i)
    await writeFile(join(source, 'big'), big)
    await utimes(join(source, 'big'), 1, T0 - 1000)
    await save(0)
    const changed = Buffer.concat([
      big.subarray(0, 1_000_000),
      Buffer.from('inserted'),
      big.subarray(1_000_000),
    ])
    await writeFile(join(source, 'big'), changed)
    await rm(join(source, 'file'))
    await mkdir(join(source, 'file'))
    await save(1)
    await writeFile(join(source, 'big'), changed.subarray(0, 2_500_000))
    await utimes(join(source, 'big'), 1, T0 - 500)
    await save(2)

    await load(0)
    expect((await readFile(join(target, 'big'))).equals(big)).toBe(true)
    expect(await text('file')).toBe('first')
    const stats = await lstat(join(target, 'file'))
    expect([stats.mode & 0o7777, Math.floor(stats.mtimeMs / 1000)]).toEqual([0o4750, T0 - 1000])
    expect((await lstat(join(target, 'dir'))).mode & 0o7777).toBe(0o500)
    expect(await readlink(join(target, 'link'))).toBe('nowhere')
    expect((await lstat(join(target, 'fifo'))).isFIFO()).toBe(true)

    target = join(dir, 'second')
    await load(1)
    expect((await readFile(join(target, 'big'))).equals(changed)).toBe(true)
    expect((await lstat(join(target, 'file'))).isDirectory()).toBe(true)

    target = join(dir, 'third')
    await load(2)
    expect((await readFile(join(target, 'big'))).equals(changed.subarray(0, 2_500_000))).toBe(true)
  })

  test('one file, one directory, and a path that is not there', async () => {
    await mkdir(join(source, 'a', 'b'), { recursive: true })
    await writeFile(join(source, 'a', 'b', 'c'), 'deep')
    await writeFile(join(source, 'a-b'), 'beside')
    await save(0)
    await load(0, { path: 'a/b/c' })
    expect(await readFile(target, 'utf8')).toBe('deep')
    await rm(target)
    await load(0, { path: 'a' })
    expect(await text('b/c')).toBe('deep')
    await rm(target, { recursive: true })
    await expect(load(0, { path: 'a/x' })).rejects.toMatchObject({ code: 'PATH_NOT_FOUND' })
    await expect(lstat(target)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('a path can be given another name', async () => {
    await mkdir(join(source, 'a'))
    await writeFile(join(source, 'a', 'x'), '1')
    await writeFile(join(source, 'z'), '2')
    await save(0)
    await load(0, { renames: [{ from: 'a', to: 'renamed' }] })
    expect([await text('renamed/x'), await text('z')]).toEqual(['1', '2'])
  })

  test('only the volumes that are needed are fetched', async () => {
    const noise = Buffer.alloc(1_500_000)
    for (let i = 0; i < noise.length; i += 4)
      noise.writeUInt32LE(Math.imul(i ^ (i >>> 7), 2246822519) >>> 0, i)
    for (const name of ['1', '2', '3']) await writeFile(join(source, name), noise)
    await writeFile(join(source, '4'), 'last')
    await save(0)
    const context = await load(0, { path: '4' })
    const volumes = context.events.filter(({ type }) => type === 'restore-volume')
    expect(volumes).toHaveLength(1)
  })
})

describe('the target', () => {
  test('an existing empty directory is accepted, another is refused without force', async () => {
    await mkdir(target)
    expect(() => {
      checkTarget(target, false, process.getuid?.() ?? 0)
    }).not.toThrow()
    await writeFile(join(target, 'mine'), 'mine')
    expect(() => {
      checkTarget(target, false, process.getuid?.() ?? 0)
    }).toThrow(expect.objectContaining({ code: 'TARGET_EXISTS' }))
    expect(() => {
      checkTarget(target, true, process.getuid?.() ?? 0)
    }).not.toThrow()
  })

  test('with force files are replaced, links are not followed, other files stay', async () => {
    await writeFile(join(source, 'a'), 'from the backup')
    await save(0)
    await mkdir(target)
    await writeFile(join(dir, 'victim'), 'untouched')
    await symlink(join(dir, 'victim'), join(target, 'a'))
    await writeFile(join(target, 'mine'), 'mine')
    await load(0, { force: true })
    expect(await text('a')).toBe('from the backup')
    expect(await readFile(join(dir, 'victim'), 'utf8')).toBe('untouched')
    expect(await text('mine')).toBe('mine')
  })
})

describe('damage', () => {
  const onlyVolume = async (): Promise<string> => {
    const names = (await backend.list(new AbortController().signal)).map(({ name }) => name)
    return names.find((name) => name.includes('.vol1.')) ?? ''
  }

  test('a volume with another hash is refused and named', async () => {
    await writeFile(join(source, 'a'), 'a')
    await save(0)
    const name = await onlyVolume()
    await backend.put(name, fileBodyOf(Buffer.from('something else')), new AbortController().signal)
    await expect(load(0)).rejects.toMatchObject({
      code: 'HASH_MISMATCH',
      message: expect.stringContaining(name),
    })
  })

  test('a missing volume is named; with ignoreErrors the rest comes back', async () => {
    await writeFile(join(source, 'a'), 'a')
    await save(0)
    await writeFile(join(source, 'b'), 'b')
    await save(1)
    const name = await onlyVolume()
    await backend.delete(name, new AbortController().signal)
    await expect(load(1)).rejects.toMatchObject({
      code: 'VOLUME_MISSING',
      message: expect.stringMatching(/^Volume 1 of the .* backup of \d{4}-\d\d-\d\d [\d:]{8} is not on/),
    })
    const context = await load(1, { ignoreErrors: true })
    expect(await text('b')).toBe('b')
    expect(context.events.at(-1)).toMatchObject({ type: 'salvage-done', whole: false, losses: 1 })
  })
})

describe('verify', () => {
  const check = async (compareData: boolean): Promise<string[]> => {
    const context = at(0)
    await verify(
      {
        directory: source,
        path: '',
        time: T0,
        rules: [],
        copyLinks: false,
        compareData,
        numericOwner: false,
        metadataSync: 'partial',
      },
      context,
    )
    return context.events.flatMap((event) => (event.type === 'difference' ? [event.text] : []))
  }

  test('tells every kind of difference, and nothing where there is none', async () => {
    for (const name of ['content', 'gone', 'mode', 'same']) await writeFile(join(source, name), 'as it was')
    await symlink('one', join(source, 'link'))
    await utimes(join(source, 'content'), T0, T0)
    await utimes(source, T0, T0)
    await save(0)
    expect(await check(true)).toEqual([])
    await writeFile(join(source, 'content'), 'AS IT WAS')
    await utimes(join(source, 'content'), T0, T0)
    await rm(join(source, 'gone'))
    await chmod(join(source, 'mode'), 0o600)
    await writeFile(join(source, 'new'), '')
    await rm(join(source, 'link'))
    await symlink('two', join(source, 'link'))
    await utimes(source, T0, T0)
    expect(await check(true)).toEqual([
      'Difference found: Data for file content is different',
      'Difference found: File gone is missing',
      'Difference found: Symlink link points to two, expected one',
      expect.stringMatching(
        /^Difference found: File mode has permissions \d+:\d+ 600, expected \d+:\d+ 644$/,
      ),
      'Difference found: New file new',
    ])
    expect(await check(false)).toEqual([])
  })
})
