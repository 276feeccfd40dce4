/** The archive directory in every order of loss: what is lost or damaged is seen before it is used, and fetched again. */
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Backend } from '../../../../src/backend/backend.ts'
import { createMemoryBackend } from '../../../../src/backend/memory/memory.ts'
import { createCrypt } from '../../../../src/crypt/create.ts'
import { backup } from '../../../../src/engine/backup.ts'
import { listCurrentFiles } from '../../../../src/engine/list.ts'
import type { EngineContext } from '../../../../src/engine/request.ts'
import { backupRequest, plainSettings, testContext } from '../../../support/context.ts'

const T0 = 1_700_000_000
const DAY = 86_400
const MANIFEST = 'duplicity-full.20231114T221320Z.manifest'
const SIGNATURES = 'duplicity-full-signatures.20231114T221320Z.sigtar.gz'
let dir: string

beforeEach(() => {
  dir = fs.mkdtempSync(join(tmpdir(), 'duba-cache-'))
  fs.mkdirSync(join(dir, 'source'))
  for (const name of ['a', 'b']) fs.writeFileSync(join(dir, 'source', name), name.repeat(9000))
  for (const name of ['a', 'b', '']) fs.utimesSync(join(dir, 'source', name), T0 - 9, T0 - 9)
})
afterEach(() => {
  fs.rmSync(dir, { recursive: true, force: true })
})

const cached = (name: string): string => join(dir, 'archive', name)

function repository(passphrase?: string) {
  const backend = createMemoryBackend()
  const contextAt = (day: number, secret = passphrase) => {
    const context = testContext({ backend, dir, now: T0 + day * DAY })
    const settings = { ...plainSettings(context.tempDir), passphrase: secret, env: process.env }
    const crypt = createCrypt({ ...settings, encryption: passphrase === undefined ? 'none' : 'symmetric' })
    return { ...context, crypt }
  }
  const run = async (day: number, over: Partial<EngineContext> = {}) => {
    const context = { ...contextAt(day), ...over }
    const result = await backup(backupRequest(join(dir, 'source')), context)
    const { events } = context
    return {
      kind: result.kind,
      changes: events.filter(({ type }) => type === 'entry').length,
      damaged: events.flatMap((event) => (event.type === 'cache-damaged' ? [event.path] : [])),
      copied: events.flatMap((event) => (event.type === 'sync-copied' ? [event.name] : [])),
    }
  }
  return { backend, contextAt, run }
}

/** The backend with another listing. */
function listingAs(backend: Backend, list: Backend['list']): Backend {
  return {
    list,
    label: backend.label,
    traits: backend.traits,
    size: (name, signal) => backend.size(name, signal),
    put: (name, body, signal) => backend.put(name, body, signal),
    get: (name, signal) => backend.get(name, signal),
    delete: (name, signal) => backend.delete(name, signal),
    localPath: (name) => backend.localPath(name),
    close: () => backend.close(),
  }
}

const flip = (path: string): void => {
  const bytes = fs.readFileSync(path)
  const at = Math.floor(bytes.length / 2)
  bytes[at] = (bytes[at] ?? 0) ^ 1
  fs.writeFileSync(path, bytes)
}
const otherManifest =
  'Hostname other\nLocaldir /other\nVolume 1:\n    StartingPath   .  \n    EndingPath     .  \n'

const damages: Record<string, (path: string) => void> = {
  'a flipped bit': flip,
  'cut short': (path) => {
    fs.truncateSync(path, Math.floor(fs.statSync(path).size / 2))
  },
  garbage: (path) => {
    fs.writeFileSync(path, 'garbage\n'.repeat(99))
  },
  'the content of another repository': (path) => {
    fs.writeFileSync(path, path.endsWith('.gz') ? gzipSync(Buffer.alloc(10_240)) : otherManifest)
  },
}

describe.each(Object.entries(damages))('a cached file with %s', (_, damage) => {
  test.each([MANIFEST, SIGNATURES])('%s is seen, told and fetched again', async (name) => {
    const { run } = repository()
    await run(0)
    const before = fs.readFileSync(cached(name))
    damage(cached(name))
    const second = await run(1)
    expect(second).toEqual({ kind: 'inc', changes: 0, damaged: [cached(name)], copied: [name] })
    if (name === MANIFEST) expect(fs.readFileSync(cached(name))).toEqual(before)
    expect(await run(2)).toMatchObject({ kind: 'inc', changes: 0, damaged: [], copied: [] })
  })
})

describe.each([
  [
    'lost',
    (path: string) => {
      fs.rmSync(path)
    },
  ],
  [
    'emptied',
    (path: string) => {
      fs.truncateSync(path, 0)
    },
  ],
  [
    'a directory now',
    (path: string) => {
      fs.rmSync(path)
      fs.mkdirSync(path)
      fs.writeFileSync(join(path, 'inside'), 'kept')
    },
  ],
])('a cached file that is %s', (what, damage) => {
  test.each([MANIFEST, SIGNATURES])('%s is fetched again', async (name) => {
    const { run } = repository()
    await run(0)
    damage(cached(name))
    expect(await run(1)).toMatchObject({ kind: 'inc', changes: 0, copied: [name] })
    const aside = fs.readdirSync(join(dir, 'archive')).filter((entry) => entry.startsWith('.duba-aside-'))
    expect(aside).toHaveLength(what === 'a directory now' ? 1 : 0)
  })
})

describe('the ledger', () => {
  const ledger = (): string => cached('.duba-cache.json')

  test.each(['', '{', '{"version":1,"files":{"x":{"size":"y"}}}', '[]'])(
    'is as good as none when it holds %j: files are validated and entered',
    async (text) => {
      const { run } = repository()
      await run(0)
      const before = fs.readFileSync(ledger(), 'utf8')
      fs.writeFileSync(ledger(), text)
      expect(await run(1)).toMatchObject({ kind: 'inc', damaged: [], copied: [] })
      const files = JSON.parse(fs.readFileSync(ledger(), 'utf8')) as { files: object }
      expect(Object.keys(files.files)).toEqual(
        expect.arrayContaining(Object.keys((JSON.parse(before) as { files: object }).files)),
      )
    },
  )

  test.each(Object.entries(damages).slice(1, 3))(
    'without it a file that is %s is still seen',
    async (_, damage) => {
      const { run } = repository()
      await run(0)
      for (const name of [MANIFEST, SIGNATURES]) damage(cached(name))
      fs.rmSync(ledger())
      expect(await run(1)).toMatchObject({ kind: 'inc', changes: 0, copied: [SIGNATURES, MANIFEST] })
    },
  )

  test('a cached manifest that names fewer volumes than there are is fetched again', async () => {
    const { run, backend, contextAt } = repository()
    await run(0)
    fs.rmSync(ledger())
    const volume = 'duplicity-full.20231114T221320Z.vol2.difftar.gz'
    await backend.put(
      volume,
      { size: 1, open: () => fs.createReadStream(join(dir, 'source/a'), { end: 0 }) },
      contextAt(1).signal,
    )
    expect(await run(1)).toMatchObject({ damaged: [cached(MANIFEST)], copied: [MANIFEST] })
  })

  test('a remote file of another size than recorded is fetched again', async () => {
    const { run, backend } = repository()
    await run(0)
    await run(1)
    const list: typeof backend.list = async (signal) =>
      (await backend.list(signal)).map((file) =>
        file.name === SIGNATURES ? { ...file, size: (file.size ?? 0) + 1 } : file,
      )
    expect(await run(2, { backend: listingAs(backend, list) })).toMatchObject({ copied: [SIGNATURES] })
  })

  test('an empty listing costs the cache nothing', async () => {
    const { run, backend, contextAt } = repository()
    await run(0)
    const names = fs.readdirSync(join(dir, 'archive'))
    const context = { ...contextAt(1), backend: listingAs(backend, () => Promise.resolve([])) }
    await listCurrentFiles({ time: T0 + DAY, metadataSync: 'partial' }, context)
    expect(fs.readdirSync(join(dir, 'archive'))).toEqual(names)
    expect(await run(2)).toMatchObject({ kind: 'inc', changes: 0, copied: [] })
  })
})

test('a damaged cache of an encrypted repository says that it needs the secret', async () => {
  const { run, contextAt } = repository('correct horse')
  await run(0)
  flip(cached(SIGNATURES))
  await expect(run(1, { crypt: contextAt(1, 'wrong').crypt })).rejects.toMatchObject({
    code: 'DECRYPT_FAILED',
    message: expect.stringContaining(SIGNATURES.replace('.gz', '.gpg')),
  })
  expect(await run(2)).toMatchObject({ kind: 'inc', changes: 0, damaged: [cached(SIGNATURES)] })
})

test('a dry run uses no damaged file, and repairs none', async () => {
  const { run, contextAt } = repository()
  await run(0)
  flip(cached(SIGNATURES))
  const before = fs.readFileSync(cached(SIGNATURES))
  const context = contextAt(1)
  await backup(backupRequest(join(dir, 'source'), { dryRun: true }), context)
  expect(context.events.filter(({ type }) => type === 'entry')).toEqual([])
  expect(context.events).toContainEqual({ type: 'sync-planned', copy: [SIGNATURES], remove: [] })
  expect(fs.readFileSync(cached(SIGNATURES))).toEqual(before)
})

test('a damaged remote file is told, and the chain is not built upon', async () => {
  const { run, backend, contextAt } = repository()
  await run(0)
  fs.rmSync(cached(SIGNATURES))
  const short = join(dir, 'short')
  fs.writeFileSync(short, 'not gzip')
  await backend.put(SIGNATURES, { size: 8, open: () => fs.createReadStream(short) }, contextAt(0).signal)
  const context = contextAt(1)
  const result = await backup(backupRequest(join(dir, 'source')), context)
  expect(result.kind).toBe('full')
  expect(context.events).toContainEqual(expect.objectContaining({ type: 'sync-failed', name: SIGNATURES }))
})
