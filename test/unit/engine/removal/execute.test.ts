import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Backend } from '../../../../src/backend/backend.ts'
import { createMemoryBackend, type MemoryStore } from '../../../../src/backend/memory/memory.ts'
import { cleanup } from '../../../../src/engine/cleanup.ts'
import { readCollection } from '../../../../src/engine/chain/collection.ts'
import { removeOld } from '../../../../src/engine/remove.ts'
import type { RemoveRequest } from '../../../../src/engine/request.ts'
import { defaultNames } from '../../../../src/format/filename.ts'
import { Journal } from '../../../../src/engine/session/journal.ts'
import { UserError } from '../../../../src/lib/errors.ts'
import { testContext, type TestContext } from '../../../support/context.ts'
import { useTempDir } from '../../../support/temp.ts'
import { at, cached, full, inc, incManifest, incVolume, fullVolume, newSignatures } from './names.ts'

const root = useTempDir('execute')
let serial = 0

interface Repository {
  readonly store: MemoryStore
  readonly context: TestContext
  readonly remote: () => string[]
  readonly local: () => string[]
}

/** A repository of empty files whose backend may be changed by a test. */
function repository(
  names: readonly string[],
  change: (backend: Backend, store: MemoryStore) => Partial<Backend> = () => ({}),
): Repository {
  const store: MemoryStore = new Map(names.map((name) => [name, Buffer.from('x')]))
  const memory = createMemoryBackend(store)
  const backend: Backend = {
    label: memory.label,
    traits: memory.traits,
    list: (signal) => memory.list(signal),
    size: (name, signal) => memory.size(name, signal),
    put: (name, body, signal) => memory.put(name, body, signal),
    get: (name, signal) => memory.get(name, signal),
    delete: (name, signal) => memory.delete(name, signal),
    localPath: () => undefined,
    close: () => memory.close(),
    ...change(memory, store),
  }
  const context = testContext({ backend, dir: join(root, String((serial += 1))) })
  for (const name of cached(names)) writeFileSync(join(context.archiveDir, name), 'x')
  return {
    store,
    context,
    remote: () => [...store.keys()].sort(),
    local: () => readdirSync(context.archiveDir).sort(),
  }
}

const old = [...full(0, 3), ...inc(0, 1, 2), ...inc(1, 2)]
const active = [...full(3), ...inc(3, 4)]
const request: RemoveRequest = {
  age: { kind: 'but-n-full', count: 1 },
  incrementsOnly: false,
  force: true,
  dryRun: false,
}

test('deletes what is planned, in both places, and leaves no journal', async () => {
  const { context, remote, local } = repository([...old, ...active, 'foreign'])
  expect(await removeOld(request, context)).toEqual({ deleted: old.length, complete: true })
  expect(remote()).toEqual([...active, 'foreign'].sort())
  expect(local()).toEqual(cached(active).sort())
  expect(context.events.at(-1)).toEqual({ type: 'removal-done', deleted: old.length, complete: true })
})

test.each<[string, Partial<RemoveRequest>, number]>([
  ['without force', { force: false }, 0],
  ['in a dry run', { dryRun: true }, old.length],
  ['in a dry run without force', { force: false, dryRun: true }, 0],
])('%s nothing is deleted', async (_, change, deleted) => {
  const { context, remote, local } = repository([...old, ...active])
  expect(await removeOld({ ...request, ...change }, context)).toEqual({ deleted, complete: true })
  expect(remote()).toEqual([...old, ...active].sort())
  expect(local()).toEqual(cached([...old, ...active]).sort())
})

describe('a listing that fails', () => {
  const failing = (which: number) => (memory: Backend) => {
    let count = 0
    return {
      list: (signal: AbortSignal) => {
        count += 1
        if (count === which) return Promise.reject(new UserError('BACKEND_ERROR', 'The connection broke.'))
        return memory.list(signal)
      },
    }
  }
  test.each([1, 2])('listing %i: nothing is deleted', async (which) => {
    const { context, remote, local } = repository([...old, ...active], failing(which))
    await expect(removeOld(request, context)).rejects.toMatchObject({ code: 'BACKEND_ERROR' })
    expect(remote()).toEqual([...old, ...active].sort())
    expect(local()).toEqual(cached([...old, ...active]).sort())
  })

  test.each([1, 2, 3])('cleanup, listing %i: nothing is deleted', async (which) => {
    const names = [...active, incVolume(4, 5)]
    const { context, remote } = repository(names, failing(which))
    const wish = { force: true, dryRun: false, metadataSync: 'partial' } as const
    await expect(cleanup(wish, context)).rejects.toMatchObject({ code: 'BACKEND_ERROR' })
    expect(remote()).toEqual([...names].sort())
  })
})

/** Names appear in, and vanish from, every listing but the first. */
const later =
  (appear: readonly string[], vanish: readonly string[] = []) =>
  (memory: Backend, store: MemoryStore) => {
    let first = true
    return {
      list: async (signal: AbortSignal) => {
        if (!first) for (const name of appear) store.set(name, Buffer.from('x'))
        if (!first) for (const name of vanish) store.delete(name)
        first = false
        return memory.list(signal)
      },
    }
  }

describe('files that appear between plan and deletion', () => {
  test.each<[string, string[]]>([
    ['an incremental that continues an old chain', inc(2, 5)],
    ['the first volume of one', [incVolume(2, 5)]],
    ['signatures of one', [newSignatures(2, 5)]],
    ['a volume of a set that goes', [fullVolume(0, 4)]],
  ])('%s: nothing is deleted', async (_, appear) => {
    const { context, remote } = repository([...old, ...active], later(appear))
    await expect(removeOld(request, context)).rejects.toMatchObject({ code: 'REPOSITORY_CHANGED' })
    expect(remote()).toEqual([...old, ...active, ...appear].sort())
  })

  test('the manifest of an unfinished set, whose session ended on another machine', async () => {
    const { context, remote } = repository(
      [...active, incVolume(4, 5), newSignatures(4, 5)],
      later([incManifest(4, 5)]),
    )
    // The first listing is that of the synchronisation, the second makes the plan.
    const wish = { force: true, dryRun: false, metadataSync: 'partial' } as const
    await cleanup(wish, context)
    expect(remote()).toEqual([...active, ...inc(4, 5)].sort())
  })

  test('what depends on nothing that goes is no hindrance', async () => {
    const { context, remote } = repository([...old, ...active], later([...inc(4, 5), 'foreign']))
    await removeOld(request, context)
    expect(remote()).toEqual([...active, ...inc(4, 5), 'foreign'].sort())
  })

  test('the chain that was to stay has gone: nothing is deleted', async () => {
    const { context, remote } = repository([...old, ...active], later([], active))
    await expect(removeOld(request, context)).rejects.toMatchObject({ code: 'REPOSITORY_CHANGED' })
    expect(remote()).toEqual([...old].sort())
  })

  test('names that have vanished are fine', async () => {
    const gone = [incManifest(1, 2), incVolume(1, 2), newSignatures(0, 1), fullVolume(0, 2)]
    const { context, remote } = repository([...old, ...active], later([], gone))
    await removeOld(request, context)
    expect(remote()).toEqual([...active].sort())
  })
})

describe('stopped at any deletion', () => {
  const stops = Array.from({ length: old.length }, (_, index) => index)
  const stopping = (at: number, error: Error) => (memory: Backend) => {
    let count = 0
    return {
      delete: (name: string, signal: AbortSignal) => {
        count += 1
        return count > at && count <= at + 1 ? Promise.reject(error) : memory.delete(name, signal)
      },
    }
  }

  test.each(stops)(
    'deletion %i: every set is whole, and the next run ends as if nothing had been',
    async (stop) => {
      const broken = repository([...old, ...active, 'foreign'], stopping(stop, new Error('killed')))
      await expect(removeOld(request, broken.context)).rejects.toThrow('killed')
      expectWholeSets(broken.remote())
      expect(await removeOld(request, broken.context)).toMatchObject({ complete: true })
      expect(broken.remote()).toEqual([...active, 'foreign'].sort())
      expect(broken.local()).toEqual(cached(active).sort())
    },
  )

  test.each(stops)('deletion %i is refused: told, not an error, and done by the next run', async (stop) => {
    const refused = new UserError('BACKEND_DENIED', 'Permission denied.')
    const { context, remote } = repository([...old, ...active], stopping(stop, refused))
    expect(await removeOld(request, context)).toEqual({ deleted: stop, complete: false })
    expect(context.events).toContainEqual(
      expect.objectContaining({
        type: 'removal-stopped',
        left: old.length - stop,
        detail: 'Permission denied.',
      }),
    )
    await removeOld(request, context)
    expect(remote()).toEqual([...active].sort())
  })

  test('without force the next run tells what was left, and leaves it', async () => {
    const { context, remote } = repository([...old, ...active], stopping(old.length - 1, new Error('killed')))
    await expect(removeOld(request, context)).rejects.toThrow('killed')
    await removeOld({ ...request, force: false }, context)
    expect(remote()).toContain(fullVolume(0, 1))
    expect(context.events).toContainEqual({
      type: 'note',
      level: 'notice',
      text: 'An earlier removal was interrupted: 1 files that it left go too with --force.',
    })
  })

  test('what a damaged journal says is not believed', async () => {
    const { context, remote } = repository([...active, fullVolume(0)])
    for (const text of [
      '{',
      '[]',
      '{"remote":5,"local":[7]}',
      `{"remote":["${fullVolume(3)}"],"local":[]}`,
    ]) {
      writeFileSync(join(context.archiveDir, '.duba-removal.json'), text)
      expect(await removeOld(request, context)).toEqual({ deleted: 0, complete: true })
    }
    expect(remote()).toEqual([...active, fullVolume(0)].sort())
  })
})

describe('a cleanup of an interrupted session', () => {
  const names = [...active, incVolume(4, 5)]
  const interrupted = async () => {
    const { context, remote, local } = repository(names)
    const identity = { type: 'inc' as const, start: at(4), end: at(5) }
    writeFileSync(join(context.archiveDir, `${incManifest(4, 5)}.part`), 'x')
    ;(await Journal.begin(context.archiveDir, { identity, recipients: [], signer: '' })).close()
    return { context, remote, local }
  }

  test('takes its journal along', async () => {
    const { context, remote, local } = await interrupted()
    await cleanup({ force: true, dryRun: false, metadataSync: 'partial' }, context)
    expect(remote()).toEqual([...active].sort())
    expect(local().filter((name) => /part$|session/.test(name))).toEqual([])
  })

  test.each([
    ['without force', { force: false, dryRun: false }],
    ['in a dry run', { force: true, dryRun: true }],
  ])('%s leaves it', async (_, wish) => {
    const { context, remote, local } = await interrupted()
    await cleanup({ ...wish, metadataSync: 'partial' }, context)
    expect(remote()).toEqual([...names].sort())
    expect(local()).toEqual(expect.arrayContaining(['.duba-session.jsonl', `${incManifest(4, 5)}.part`]))
  })
})

/** Each set that has a manifest has all its volumes, and each incremental one what it starts from. */
function expectWholeSets(names: string[]): void {
  const expected = new Map([
    [at(0), 3],
    [at(1), 2],
  ])
  const { chains, orphanedSets } = readCollection(names, [], defaultNames)
  expect(orphanedSets).toEqual([])
  for (const { end, volumes } of chains.flatMap(({ sets }) => sets)) {
    expect(volumes.size).toBe(expected.get(end) ?? 1)
  }
}

test('an aborted removal stops before the next deletion', async () => {
  const controller = new AbortController()
  const { context, remote } = repository([...old, ...active], (memory) => ({
    delete: async (name, signal) => {
      await memory.delete(name, signal)
      controller.abort(new Error('SIGTERM'))
    },
  }))
  await expect(removeOld(request, { ...context, signal: controller.signal })).rejects.toThrow('SIGTERM')
  expect(remote()).toHaveLength(old.length + active.length - 1)
})
