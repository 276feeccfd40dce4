import { expect, test } from '@jest/globals'
import type { EngineEvent } from '../../../../src/engine/events.ts'
import { fromText } from '../../../../src/lib/bytestring.ts'
import { eventLine } from '../../../../src/report/duplicity/event-line.ts'

const entry: EngineEvent = { type: 'entry', change: 'new', path: 'a', kind: 'reg', size: 1 }

test('an event is one line of JSON', () => {
  expect(eventLine({ ...entry, path: 'new\nline' })).toBe(
    '{"type":"entry","change":"new","path":"new\\nline","kind":"reg","size":1}\n',
  )
})

test('names are text, from which their bytes can be had', () => {
  expect(JSON.parse(eventLine({ ...entry, path: fromText('ä') }))).toEqual({ ...entry, path: 'ä' })
  expect(JSON.parse(eventLine({ ...entry, path: 'bad\xff' }))).toEqual({ ...entry, path: 'bad\udcff' })
})

test('names inside lists and warnings are text too', () => {
  const warning = { kind: 'orphaned-sets' as const, sets: [[fromText('ä')]] }
  expect(JSON.parse(eventLine({ type: 'collection-warning', warning }))).toEqual({
    type: 'collection-warning',
    warning: { kind: 'orphaned-sets', sets: [['ä']] },
  })
  expect(JSON.parse(eventLine({ type: 'restore-planned', volumes: [fromText('ä')] }))).toEqual({
    type: 'restore-planned',
    volumes: ['ä'],
  })
  expect(JSON.parse(eventLine({ type: 'sync-deleted', path: '/ä' }))).toEqual({
    type: 'sync-deleted',
    path: '/ä',
  })
})

test('the last line tells how it ended', () => {
  const error = { code: 'LOCKED', message: 'Busy.' }
  expect(eventLine({ type: 'exit', status: 23, error })).toBe(
    '{"type":"exit","status":23,"error":{"code":"LOCKED","message":"Busy."}}\n',
  )
})
