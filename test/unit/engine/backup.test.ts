import { chmod, chown, mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createMemoryBackend } from '../../../src/backend/memory/memory.ts'
import { backup } from '../../../src/engine/backup.ts'
import type { EngineEvent } from '../../../src/engine/events.ts'
import { listCurrentFiles } from '../../../src/engine/list.ts'
import type { BackupRequest } from '../../../src/engine/request.ts'
import { collectionStatus } from '../../../src/engine/status.ts'
import { backupRequest, testContext } from '../../support/context.ts'

const T0 = 1700000000
const DAY = 86400
let dir: string
let source: string

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'duba-test-'))
  source = join(dir, 'source')
  await mkdir(source)
})
afterEach(async () => {
  await rm(dir, { recursive: true, force: true })
})

function request(over: Partial<BackupRequest> = {}): BackupRequest {
  return backupRequest(source, { kind: 'auto', ...over })
}

/** Runs backups at successive days against one memory backend. */
function repository() {
  const backend = createMemoryBackend()
  const at = (day: number) => testContext({ backend, dir, now: T0 + day * DAY })
  const changes = (events: readonly EngineEvent[]): string[] =>
    events.flatMap((event) => (event.type === 'entry' ? [`${event.change} ${event.path}`] : []))
  return {
    backend,
    at,
    async run(day: number, over: Partial<BackupRequest> = {}) {
      const context = at(day)
      const result = await backup(request(over), context)
      return { result, changes: changes(context.events), events: context.events }
    },
    async list(day: number): Promise<string[]> {
      const context = at(day)
      await listCurrentFiles({ time: T0 + day * DAY, metadataSync: 'partial' }, context)
      return context.events.flatMap((event) => (event.type === 'listed' ? [event.path] : []))
    },
  }
}

describe('a chain over days', () => {
  test('a file written to in the second in which it is read is looked at again, once', async () => {
    const repo = repository()
    await writeFile(join(source, 'log'), 'one')
    await utimes(join(source, 'log'), T0 + 0.5, T0 + 0.5)
    await utimes(source, T0, T0)
    await repo.run(0)
    await writeFile(join(source, 'log'), 'one, two')
    await utimes(join(source, 'log'), T0 + 0.7, T0 + 0.7)
    expect((await repo.run(1)).changes).toEqual(['changed log'])
    expect((await repo.run(2)).changes).toEqual([])
  })

  test('the first backup is full, the next only what changed, and each day lists as it was', async () => {
    const repo = repository()
    await writeFile(join(source, 'a'), 'one')
    await mkdir(join(source, 'd'))
    await writeFile(join(source, 'd', 'x'), Buffer.alloc(200000, 'x'))
    await symlink('a', join(source, 'link'))
    await utimes(source, T0, T0)
    const first = await repo.run(0)
    expect(first.result.kind).toBe('full')
    expect(first.changes).toEqual(['new ', 'new a', 'new d', 'new d/x', 'new link'])

    const second = await repo.run(1)
    expect(second.result.kind).toBe('inc')
    expect(second.changes).toEqual([])

    await writeFile(join(source, 'a'), 'one and more')
    await utimes(join(source, 'a'), T0, T0)
    await rm(join(source, 'd'), { recursive: true })
    const third = await repo.run(2)
    expect(third.changes).toEqual(['new ', 'changed a', 'deleted d', 'deleted d/x'])
    expect(third.result.statistics).toMatchObject({
      newFiles: 1,
      changedFiles: 1,
      deletedFiles: 2,
      deltaEntries: 4,
    })

    expect(await repo.list(0)).toEqual(['', 'a', 'd', 'd/x', 'link'])
    expect(await repo.list(1)).toEqual(['', 'a', 'd', 'd/x', 'link'])
    expect(await repo.list(2)).toEqual(['', 'a', 'link'])
  })

  test('the manifest is uploaded last, and no work file stays in the archive directory', async () => {
    const repo = repository()
    await writeFile(join(source, 'a'), 'one')
    const { events } = await repo.run(0)
    const uploads = events.flatMap((event) => (event.type === 'upload-done' ? [event.name] : []))
    expect(uploads.map((name) => name.replace(/.*Z\./, ''))).toEqual([
      'vol1.difftar.gz',
      'sigtar.gz',
      'manifest',
    ])
    expect((await readdir(join(dir, 'archive'))).sort()).toEqual([
      '.duba-cache.json',
      '.duba-stored',
      'duplicity-full-signatures.20231114T221320Z.sigtar.gz',
      'duplicity-full.20231114T221320Z.manifest',
    ])
    expect(await readdir(join(dir, 'tmp'))).toEqual([])
  })

  test('a lost cache is rebuilt from the remote', async () => {
    const repo = repository()
    await writeFile(join(source, 'a'), 'one')
    await repo.run(0)
    await rm(join(dir, 'archive'), { recursive: true })
    const { result, changes, events } = await repo.run(1)
    expect(result.kind).toBe('inc')
    expect(changes).toEqual([])
    expect(events.filter(({ type }) => type === 'sync-copied')).toHaveLength(2)
  })

  test('an empty listing of the remote never empties the cache', async () => {
    const repo = repository()
    await writeFile(join(source, 'a'), 'one')
    await repo.run(0)
    const cached = await readdir(join(dir, 'archive'))
    const elsewhere = testContext({ backend: createMemoryBackend(), dir, now: T0 + DAY })
    await backup(request({ dryRun: true }), elsewhere)
    expect(await readdir(join(dir, 'archive'))).toEqual(cached)
  })
})

describe('decisions', () => {
  test('incremental without signatures is refused', async () => {
    await expect(repository().run(0, { kind: 'incremental' })).rejects.toMatchObject({
      code: 'NO_SIGNATURES',
    })
  })

  test('an old full forces a new one', async () => {
    const repo = repository()
    await repo.run(0)
    const { result, events } = await repo.run(40, { fullIfOlderThan: T0 + 10 * DAY })
    expect(result.kind).toBe('full')
    expect(events).toContainEqual({ type: 'forcing-full', reason: 'too-old', detail: '' })
  })

  test('another host and another source are refused, unless allowed', async () => {
    const repo = repository()
    await repo.run(0)
    const other = { ...repo.at(1), host: { hostname: 'other', fqdn: 'other.example' } }
    await expect(backup(request(), other)).rejects.toMatchObject({ code: 'HOST_CHANGED' })
    await expect(repo.run(1, { source: join(dir, 'tmp') })).rejects.toMatchObject({ code: 'SOURCE_CHANGED' })
    await expect(repo.run(1, { source: join(dir, 'tmp'), allowSourceMismatch: true })).resolves.toBeDefined()
  })

  test('two backups in one second get times of their own; a clock far behind is refused', async () => {
    const repo = repository()
    const first = await repo.run(0)
    const second = await repo.run(0)
    expect(second.result.end).toBe(first.result.end + 1)
    await expect(repo.run(-1)).rejects.toMatchObject({ code: 'CLOCK' })
  })

  test('a dry run writes nothing and tells what it would do', async () => {
    const repo = repository()
    await writeFile(join(source, 'a'), 'one')
    const { changes, result } = await repo.run(0, { dryRun: true })
    expect(changes).toEqual(['new ', 'new a'])
    expect(result.statistics).toMatchObject({
      sourceFiles: 2,
      rawDeltaSize: 0,
      totalDestinationSizeChange: 0,
    })
    expect(await repo.backend.list(new AbortController().signal)).toEqual([])
  })
})

test('a stored signature that makes no sense has its file stored whole, which is told', async () => {
  const repo = repository()
  for (const name of ['a', 'log']) await writeFile(join(source, name), `one ${name}`.repeat(200))
  await utimes(join(source, 'log'), T0 - 100, T0 - 100)
  await repo.run(0)
  const remote = await repo.backend.list(repo.at(0).signal)
  const name = remote.map((file) => file.name).find((each) => each.includes('signatures')) ?? ''
  const plain = gunzipSync(await buffer(await repo.backend.get(name, repo.at(0).signal)))
  const at = plain.indexOf('signature/log')
  // Behind the header and its records: the magic number of a signature.
  const magic = plain.indexOf('rs\x016', at)
  expect(at).toBeGreaterThan(0)
  plain.write('XX', magic)
  const bytes = gzipSync(plain)
  await repo.backend.put(name, { size: bytes.length, open: () => Readable.from([bytes]) }, repo.at(0).signal)
  await rm(join(dir, 'archive'), { recursive: true })

  await writeFile(join(source, 'log'), 'two log'.repeat(200))
  const { changes, events } = await repo.run(1)
  expect(changes).toEqual(['changed log'])
  expect(events).toContainEqual({
    type: 'note',
    level: 'warning',
    text: expect.stringContaining('log is stored whole, because its stored signature is malformed'),
  })
  const volume = (await repo.backend.list(repo.at(1).signal)).find(({ name: each }) => /inc.*vol1/.test(each))
  const stored = gunzipSync(await buffer(await repo.backend.get(volume?.name ?? '', repo.at(1).signal)))
  expect(stored.includes('snapshot/log')).toBe(true)
  expect(stored.includes('two log')).toBe(true)
  await writeFile(join(source, 'log'), 'three log'.repeat(300))
  expect((await repo.run(2)).changes).toEqual(['changed log'])
})

test('a dry run with a cold cache compares with the remote and leaves the cache cold', async () => {
  const repo = repository()
  await writeFile(join(source, 'a'), 'one')
  await repo.run(0)
  await rm(join(dir, 'archive'), { recursive: true })
  const { result, changes } = await repo.run(1, { dryRun: true })
  expect([result.kind, changes]).toEqual(['inc', []])
  expect(await readdir(join(dir, 'archive'))).toEqual([])
})

test('what cannot be read is told, counted, and kept as it was', async () => {
  const repo = repository()
  await mkdir(join(source, 'closed'))
  await writeFile(join(source, 'closed', 'inside'), 'secret')
  await writeFile(join(source, 'b'), 'b')
  await repo.run(0)
  await chmod(join(source, 'closed'), 0)
  const context = { ...repo.at(1), uid: NOBODY }
  const { statistics } = await asNobody(() => backup(request(), context))
  expect(statistics).toMatchObject({ errors: 1, deletedFiles: 0 })
  expect(context.events.filter(({ type }) => type === 'trouble')).toEqual([
    expect.objectContaining({ trouble: 'unreadable', path: 'closed' }),
  ])
  await chmod(join(source, 'closed'), 0o755)
  expect(await repo.list(1)).toEqual(['', 'b', 'closed', 'closed/inside'])
})

test('status counts chains, sets and volumes', async () => {
  const repo = repository()
  await writeFile(join(source, 'a'), 'one')
  await repo.run(0)
  await repo.run(1)
  const summary = await collectionStatus(repo.at(1))
  expect(summary.primary?.sets).toEqual([
    { type: 'full', start: T0, end: T0, volumes: 1, encrypted: false },
    { type: 'inc', start: T0, end: T0 + DAY, volumes: 1, encrypted: false },
  ])
})

const NOBODY = 65534

/** Runs as a user whom modes concern; the tests themselves run as root, who reads everything. */
async function asNobody<T>(run: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return run()
  for (const path of [dir, join(dir, 'archive'), join(dir, 'tmp')]) await chown(path, NOBODY, NOBODY)
  for (const name of await readdir(join(dir, 'archive')))
    await chown(join(dir, 'archive', name), NOBODY, NOBODY)
  process.seteuid?.(NOBODY)
  try {
    return await run()
  } finally {
    process.seteuid?.(0)
  }
}
