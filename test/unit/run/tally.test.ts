import { expect, test } from '@jest/globals'
import type { EngineEvent, EntryTrouble } from '../../../src/engine/events.ts'
import { Tally } from '../../../src/run/tally.ts'

const trouble = (kind: EntryTrouble, path: string, detail = ''): EngineEvent => ({
  type: 'trouble',
  trouble: kind,
  path,
  fullPath: `/s/${path}`,
  detail,
})

function tallyOf(events: readonly EngineEvent[]): Tally {
  const tally = new Tally()
  for (const event of events) tally.take(event)
  return tally
}

test('grave troubles warn and name some paths', () => {
  const events = ['a', 'b', 'c', 'd'].map((path) => trouble('io-error', path, 'EIO'))
  expect(tallyOf(events).result(undefined)).toMatchObject({
    verdict: 'warning',
    reason: {
      code: 'io-error',
      text: '4 entries were left out because of errors: /s/a, /s/b, /s/c and 1 more. Look after the disk (journalctl -k)',
    },
  })
})

test('errors that only the statistics know warn too', () => {
  const statistics = {
    errors: 2,
    newFiles: 1,
    changedFiles: 0,
    deletedFiles: 0,
    totalDestinationSizeChange: 7,
  }
  const result = tallyOf([{ type: 'statistics', statistics: statistics as never }]).result(undefined)
  expect(result.reason).toEqual({
    code: 'unreadable',
    text: '2 entries were left out because of errors. Let duba read them, or exclude them',
  })
  expect(result).toMatchObject({ verdict: 'warning', bytesUploaded: 7, files: { new: 1 } })
})

test('a chain that is not whole warns before all else, and old backups stay', () => {
  const damaged: EngineEvent = { type: 'chain-damaged', kind: 'volume-size', detail: 'X is short' }
  const tally = tallyOf([
    damaged,
    trouble('unreadable', 'a'),
    { type: 'marker', state: 'shared', detail: 'a clone' },
    damaged,
  ])
  const reason = {
    code: 'volume-size',
    text: 'backups of the chain that this one continues cannot all be restored: X is short. Make a new full backup: duba backup --full JOB',
  }
  const { verdict, reason: told, notes } = tally.result(undefined)
  expect([verdict, told]).toEqual(['warning', reason])
  expect(notes.map(({ code }) => code)).toEqual(['marker-mismatch', 'unreadable'])
  expect(tally.broken).toContain('not whole')
  const failure = { code: 'x', text: 'y' }
  expect(tally.result(failure)).toMatchObject({ reason: failure, notes: expect.arrayContaining([reason]) })
})

test('notes of a kind are counted when they are many; a failure beats everything', () => {
  const events = [
    ...Array.from({ length: 50 }, (_, index) => trouble('vanished', String(index))),
    trouble('unreadable', 'x'),
    ...[1, 2].map((attempt): EngineEvent => ({ type: 'retry', operation: 'put', attempt, detail: '' })),
    { type: 'collection-warning', warning: { kind: 'incomplete-sets', sets: [['a']] } } as const,
  ]
  const failure = { code: 'x', text: 'y' }
  const { verdict, reason, notes } = tallyOf(events).result(failure)
  expect([verdict, reason]).toEqual(['failed', failure])
  expect(notes).toHaveLength(20 + 1 + 1 + 1 + 1)
  expect(notes.slice(-2)).toEqual([
    { code: 'vanished', text: '30 more of the kind "vanished"' },
    { code: 'retry', text: '2 operations on the destination were tried again' },
  ])
})

test('the newest chain grows by what was stored, a new one has no more than that', () => {
  const bytes = 5000
  const chains: EngineEvent = { type: 'chains', chains: [{ start: 1, end: 2 }], sets: 2, bytes }
  const stored = [1000, 200].map((size, index): EngineEvent => ({
    type: 'upload-done',
    name: String(index),
    size,
  }))
  const run = (kind: 'full' | 'inc', ...before: readonly EngineEvent[]): unknown => {
    const began: EngineEvent = { type: 'backup-began', kind, start: 2, end: 3 }
    const done: EngineEvent = { type: 'backup-done', kind, start: 2, end: 3, volumes: 1 }
    return tallyOf([...before, began, ...stored, done]).result(undefined).chain
  }
  expect(run('inc', chains)).toEqual({ fullAt: 1, sets: 3, bytes: 6200 })
  expect(run('full', chains)).toEqual({ fullAt: 3, sets: 1, bytes: 1200 })
  expect(run('inc', { ...chains, bytes: undefined })).toEqual({ fullAt: 1, sets: 3, bytes: undefined })
  // A part of it was stored by the session that was interrupted.
  const restart: EngineEvent = { type: 'restart-found', kind: 'full', start: 3, end: 3 }
  expect(run('full', chains, restart)).toEqual({ fullAt: 3, sets: 1, bytes: undefined })
})
