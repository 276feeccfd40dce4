import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Backend } from '../../../../src/backend/backend.ts'
import { createMemoryBackend } from '../../../../src/backend/memory/memory.ts'
import { claim, mark, MARKER_NAME } from '../../../../src/engine/session/marker.ts'
import { testContext, type TestContext } from '../../../support/context.ts'
import { useTempDir } from '../../../support/temp.ts'

const dir = useTempDir('marker')
const us = { host: 'h1', machine: 'm1', job: '/etc', takeOver: false }
let context: TestContext
let backend: Backend

beforeEach(() => {
  rmSync(join(dir, 'archive'), { recursive: true, force: true })
  backend = createMemoryBackend()
  context = testContext({ backend, dir })
})

const states = (): unknown[] =>
  context.events.map((event) => (event.type === 'marker' ? event.state : event.type))
const copy = (): string => join(context.archiveDir, '.duba-marker.json')

describe('the marker beside the backups', () => {
  test('is made once, and then known', async () => {
    await mark(us, false, context)
    await mark(us, false, context)
    expect(states()).toEqual(['made', 'same'])
    expect((await backend.list(context.signal)).map(({ name }) => name)).toEqual([MARKER_NAME])
    expect(JSON.parse(readFileSync(copy(), 'utf8'))).toMatchObject({ host: 'h1', machine: 'm1', job: '/etc' })
  })

  test.each([
    ['another machine', { host: 'h2', machine: 'm2' }],
    ['another machine of the same name', { host: 'h1', machine: 'm2' }],
    ['a machine that has got another name', { host: 'h2', machine: 'm1' }],
    ['a host without identity', { host: 'h2', machine: undefined }],
  ])('keeps out %s, and changes nothing then', async (_, who) => {
    await mark(us, false, context)
    const before = readFileSync(copy(), 'utf8')
    const trying = mark({ ...us, ...who }, false, context)
    await expect(trying).rejects.toMatchObject({ code: 'MARKER_MISMATCH' })
    expect(readFileSync(copy(), 'utf8')).toBe(before)
    expect(states()).toEqual(['made'])
  })

  test('keeps a destination out that has lost all its backups, until it is taken over', async () => {
    const manifest = 'duplicity-full.20260101T000000Z.manifest'
    writeFileSync(join(context.archiveDir, manifest), '')
    const trying = mark(us, false, context)
    await expect(trying).rejects.toMatchObject({ code: 'DESTINATION_LOST' })
    expect(await backend.list(context.signal)).toEqual([])
    await mark({ ...us, takeOver: true }, false, context)
    expect(states()).toEqual(['made'])
  })

  test('is made where backups are and it is not', async () => {
    const manifest = 'duplicity-full.20260101T000000Z.manifest'
    writeFileSync(join(context.archiveDir, manifest), '')
    const body = { size: 1, open: () => Readable.from([Buffer.from('x')]) }
    await backend.put(`${manifest}.gpg`, body, context.signal)
    await mark(us, false, context)
    expect(states()).toEqual(['made'])
  })

  test.each([
    ['its own machine', { host: 'h1', machine: 'm1', unmarked: false }, undefined],
    ['its host, by hand on another machine', { host: 'h1', machine: undefined, unmarked: false }, undefined],
    ['a clone', { host: 'h1', machine: 'm2', unmarked: true }, 'MARKER_MISMATCH'],
    ['another host', { host: 'h2', machine: undefined, unmarked: true }, 'MARKER_MISMATCH'],
  ])('says whether backups may be deleted by %s', async (_, request, code) => {
    await mark(us, false, context)
    const claimed = claim(request, context)
    if (code === undefined) await claimed
    else await expect(claimed).rejects.toMatchObject({ code })
  })

  test('must be there, unless backups are remembered', async () => {
    const ours = { host: 'h1', machine: 'm1' }
    await claim({ ...ours, unmarked: true }, context)
    await expect(claim({ ...ours, unmarked: false }, context)).rejects.toMatchObject({
      code: 'MARKER_MISMATCH',
    })
    await backend.put(MARKER_NAME, { size: 1, open: () => Readable.from([Buffer.from('x')]) }, context.signal)
    await expect(claim({ ...ours, unmarked: true }, context)).rejects.toMatchObject({
      code: 'MARKER_MISMATCH',
    })
  })

  test('is replaced where that is asked for', async () => {
    await mark(us, false, context)
    await mark({ ...us, host: 'h2', takeOver: true }, false, context)
    await mark({ ...us, host: 'h2' }, false, context)
    expect(states()).toEqual(['made', 'taken-over', 'same'])
  })

  test('tells of a clone that wrote meanwhile, once', async () => {
    await mark(us, false, context)
    const ours = readFileSync(copy(), 'utf8')
    await mark(us, false, context)
    writeFileSync(copy(), ours)
    await mark(us, false, context)
    await mark(us, false, context)
    expect(states()).toEqual(['made', 'same', 'shared', 'same'])
  })

  test('does not mistrust a lost cache', async () => {
    await mark(us, false, context)
    rmSync(copy())
    await mark(us, false, context)
    expect(states()).toEqual(['made', 'same'])
  })

  test('is only looked at in a dry run', async () => {
    await mark(us, true, context)
    expect(await backend.list(context.signal)).toEqual([])
  })

  test.each([['no JSON'], ['{"version":2}'], ['null'], ['x'.repeat(70_000)]])(
    'that cannot be read is replaced: %#',
    async (text) => {
      const bytes = Buffer.from(text)
      const body = { size: bytes.length, open: () => Readable.from([bytes]) }
      await backend.put(MARKER_NAME, body, context.signal)
      await mark(us, false, context)
      await mark(us, false, context)
      expect(states()).toEqual(['unreadable', 'same'])
    },
  )
})
