import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { Journal, parseJournal, readJournal, removeJournal } from '../../../../src/engine/session/journal.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'duba-test-'))
})
afterEach(async () => {
  await rm(dir, { recursive: true, force: true })
})

const identity = { type: 'inc' as const, start: 100, end: 200 }
const signatures = { bytes: 1024, sha256: 'ab' }
const within = { action: 'diff' as const, sha256: 'cd' }
const head = '{"journal":1,"type":"full","start":1,"end":1,"recipients":[]}\n'

test('what is written is read back at every moment', async () => {
  const journal = await Journal.begin(dir, { identity, recipients: ['F'], signer: 'S' })
  expect(await readJournal(dir)).toEqual({
    identity,
    recipients: ['F'],
    signer: 'S',
    volumes: [],
    acknowledged: 0,
  })
  journal.addVolume({ volume: 1, size: 5, sha1: 'x', signatures })
  journal.addVolume({ volume: 2, size: 6, sha1: 'y', signatures, within })
  journal.acknowledge(1)
  const volumes = [
    { volume: 1, size: 5, sha1: 'x', signatures },
    { volume: 2, size: 6, sha1: 'y', signatures, within },
  ]
  expect(await readJournal(dir)).toEqual({
    identity,
    recipients: ['F'],
    signer: 'S',
    volumes,
    acknowledged: 1,
  })
  journal.close()
})

test('a new journal takes the place of another and says at once what is known', async () => {
  ;(await Journal.begin(dir, { identity, recipients: ['old'], signer: '' })).close()
  const volumes = [{ volume: 1, size: 5, sha1: 'x' }]
  ;(await Journal.begin(dir, { identity, recipients: [], signer: '', volumes, acknowledged: 1 })).close()
  expect(await readJournal(dir)).toEqual({ identity, recipients: [], signer: '', volumes, acknowledged: 1 })
  expect(await readdir(dir)).toEqual(['.duba-session.jsonl'])
  await removeJournal(dir)
  expect(await readJournal(dir)).toBeUndefined()
})

test('a journal need not say who signs', () => {
  expect(parseJournal(head)).toMatchObject({ signer: undefined, volumes: [] })
})

test('a torn line ends the journal; what stands before it holds', () => {
  const text = `${head}{"volume":1,"size":5,"sha1":"x"}\n{"acknowledged":1}\n{"volume":2,"si`
  expect(parseJournal(text)).toMatchObject({ volumes: [{ volume: 1 }], acknowledged: 1 })
})

test.each([
  ['nothing', ''],
  ['no JSON', 'x'],
  ['another version', '{"journal":2,"type":"full","start":1,"end":1,"recipients":[]}'],
  ['no times', '{"journal":1,"type":"full","recipients":[]}'],
  ['a list', '[1]'],
])('%s is no journal', (_, text) => {
  expect(parseJournal(text)).toBeUndefined()
})

test.each([
  ['a number left out', '{"volume":2,"size":5,"sha1":"x"}'],
  ['a negative size', '{"volume":1,"size":-5,"sha1":"x"}'],
  ['a number twice', '{"volume":1,"size":5,"sha1":"x"}\n{"volume":1,"size":5,"sha1":"x"}'],
])('%s ends the journal', (_, text) => {
  expect(parseJournal(head + text)?.volumes.length).toBeLessThanOrEqual(1)
})

test('more cannot be acknowledged than was recorded', () => {
  expect(parseJournal(`${head}{"acknowledged":7}`)).toMatchObject({ acknowledged: 0 })
})
