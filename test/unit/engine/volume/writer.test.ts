import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { gunzipSync, inflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Backend } from '../../../../src/backend/backend.ts'
import { createMemoryBackend } from '../../../../src/backend/memory/memory.ts'
import type { EngineEvent } from '../../../../src/engine/events.ts'
import { checkStored, uploadFile } from '../../../../src/engine/volume/upload.ts'
import { VolumeWriter } from '../../../../src/engine/volume/writer.ts'
import type { ManifestVolume } from '../../../../src/format/manifest.ts'
import { fileBodyOf } from '../../../support/bodies.ts'
import { testContext } from '../../../support/context.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'duba-test-'))
})
afterEach(async () => {
  await rm(dir, { recursive: true, force: true })
})

const header = Buffer.alloc(512, 'h')

async function build(volumeSize: number, blocks: { path: string; block?: number; body: Buffer }[]) {
  const backend = createMemoryBackend()
  const context = testContext({ backend, dir })
  const recorded: ManifestVolume[] = []
  const acknowledged: number[] = []
  const writer = new VolumeWriter({
    context,
    volumeSize,
    nameOf: (n) => `vol${n}`,
    record: ({ volume }) => {
      recorded.push(volume)
      return Promise.resolve()
    },
    acknowledge: (volume) => {
      acknowledged.push(volume)
    },
  })
  for (const { path, block, body } of blocks) await writer.add({ path, block }, header, body)
  await writer.finish()
  const files = new Map<string, Buffer>()
  for (const { name } of await backend.list(context.signal)) {
    files.set(name, Buffer.concat((await (await backend.get(name, context.signal)).toArray()) as Buffer[]))
  }
  return { recorded, acknowledged, files, writer }
}

test('a set without entries has one volume of nothing', async () => {
  const { recorded, files } = await build(1 << 20, [])
  expect(recorded).toEqual([expect.objectContaining({ number: 1, startPath: '', endPath: '' })])
  expect(gunzipSync(files.get('vol1') ?? Buffer.alloc(0))).toHaveLength(0)
})

test('volumes are cut between blocks, below the size asked for, and nothing is lost', async () => {
  const body = Buffer.alloc(65536)
  for (let i = 0; i < body.length; i += 1) body[i] = (i * 2654435761) >>> ((i % 3) * 8)
  const blocks = Array.from({ length: 60 }, (_, i) => ({ path: 'big', block: i + 1, body }))
  const { recorded, acknowledged, files } = await build(1 << 20, blocks)
  expect(recorded.length).toBeGreaterThan(1)
  expect(acknowledged).toEqual(recorded.map(({ number }) => number))
  for (const file of files.values()) expect(file.length).toBeLessThanOrEqual(1 << 20)
  const plain = recorded.map(({ number }) => gunzipSync(files.get(`vol${number}`) ?? Buffer.alloc(0)))
  expect(plain.every(({ length }) => length % 512 === 0)).toBe(true)
  expect(Buffer.concat(plain).equals(Buffer.concat(blocks.flatMap(() => [header, body])))).toBe(true)
  for (const [index, volume] of recorded.entries()) {
    const next = recorded[index + 1]
    if (next !== undefined) expect(next.startBlock).toBe((volume.endBlock ?? 0) + 1)
  }
})

test('access points stand about every 4 MiB at the header of a block, the last of each file, in every volume anew', async () => {
  const body = Buffer.alloc(65536, 'body ')
  const blocks = [
    ...Array.from({ length: 200 }, (_, i) => ({ path: 'large', block: i + 1, body })),
    ...Array.from({ length: 300 }, (_, i) => ({ path: `small ${String(i).padStart(3, '0')}`, body })),
  ]
  const { recorded, files } = await build(100_000, blocks)
  expect(recorded.length).toBeGreaterThan(1)
  const points = recorded.flatMap(({ number, access = [] }) =>
    access.map((point) => ({ ...point, stored: files.get(`vol${number}`) ?? Buffer.alloc(0) })),
  )
  expect(points.length).toBeGreaterThan(3)
  expect(points.filter(({ path }) => path === 'large').length).toBeLessThanOrEqual(recorded.length)
  for (const { offset, stored } of points) {
    const rest = inflateRawSync(stored.subarray(offset, -8))
    expect(rest.subarray(0, 512).equals(header)).toBe(true)
    expect(rest.length % (512 + 65536)).toBe(0)
  }
})

test('no temporary file is left behind', async () => {
  await build(1 << 20, [{ path: 'a', body: Buffer.from('x') }])
  expect(await readdir(join(dir, 'tmp'))).toEqual([])
})

test('a set is not finished while a volume of it is gone from the destination', async () => {
  const backend = createMemoryBackend()
  const context = testContext({ backend, dir })
  const stop = new AbortController()
  const emit = (event: EngineEvent): void => {
    if (event.type === 'upload-done' && event.name === 'vol2') void backend.delete('vol1', context.signal)
  }
  const writer = new VolumeWriter({
    context: { ...context, emit, signal: stop.signal },
    volumeSize: 140_000,
    nameOf: (n) => `vol${n}`,
    record: () => Promise.resolve(),
    acknowledge: () => undefined,
  })
  for (let block = 1; block <= 4; block += 1)
    await writer.add({ path: 'big', block }, header, randomBytes(65536))
  const finished = expect(writer.finish()).rejects.toMatchObject({ name: 'AbortError' })
  await setTimeout(300)
  stop.abort()
  await finished
})

test('volumes that went or shrank are VOLUME_MISSING, by name', async () => {
  const backend = createMemoryBackend()
  const context = testContext({ backend, dir })
  await backend.put('vol1', fileBodyOf(Buffer.from('one')), context.signal)
  await checkStored(context, new Map([['vol1', 3]]), [])
  const wanted = new Map([
    ['vol1', 4],
    ['vol2', 3],
  ])
  const failure = { code: 'VOLUME_MISSING', message: expect.stringContaining('vol1, vol2') }
  await expect(checkStored(context, wanted, [])).rejects.toMatchObject(failure)
})

test('where a destination tells no sizes a name is enough', async () => {
  const memory = createMemoryBackend()
  const backend: Backend = {
    label: memory.label,
    traits: memory.traits,
    put: (...args) => memory.put(...args),
    get: (...args) => memory.get(...args),
    delete: (...args) => memory.delete(...args),
    localPath: () => undefined,
    close: () => memory.close(),
    list: async (signal) => (await memory.list(signal)).map(({ name }) => ({ name, size: undefined })),
    size: () => Promise.resolve(undefined),
  }
  const context = testContext({ backend, dir })
  const path = join(dir, 'upload')
  await writeFile(path, 'one')
  await uploadFile(context, 'vol1', path, 3)
  expect(context.events).toContainEqual({ type: 'upload-done', name: 'vol1', size: 3 })
  await checkStored(context, new Map([['vol1', 3]]), [])
  const gone = checkStored(context, new Map([['vol2', 3]]), [])
  await expect(gone).rejects.toMatchObject({ code: 'VOLUME_MISSING' })
})
