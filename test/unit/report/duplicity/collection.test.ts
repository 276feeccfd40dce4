import { expect, test } from '@jest/globals'
import type { CollectionSummary, SetSummary } from '../../../../src/engine/events.ts'
import { formatPeople } from '../../../../src/format/time.ts'
import { describeCollection, describeWarning } from '../../../../src/report/duplicity/collection.ts'
import { formatRecord } from '../../../../src/report/duplicity/machine-log.ts'

const DAY = 86_400
const start = 1_700_000_000

function set(type: 'full' | 'inc', end: number, volumes = 1, encrypted = false): SetSummary {
  return { type, start: type === 'full' ? end : end - DAY, end, volumes, encrypted }
}

const summary: CollectionSummary = {
  archiveDir: '/home/u/.cache/duplicity/d612bce4a9284758c875e654aa8c00e3',
  secondary: [{ start, end: start + DAY, sets: [set('full', start), set('inc', start + DAY)] }],
  primary: { start: start + 2 * DAY, end: start + 2 * DAY, sets: [set('full', start + 2 * DAY, 12, true)] },
  orphanedSets: 0,
  incompleteSets: 0,
}

test('the report, byte by byte', () => {
  const report = describeCollection(summary)
  expect(report.forced).toBe(true)
  expect(report.text).toBe(`Collection Status
-----------------
Connecting with backend: BackendWrapper
Archive dir: /home/u/.cache/duplicity/d612bce4a9284758c875e654aa8c00e3

Found 1 secondary backup chain.
Secondary chain 1 of 1:
-------------------------
Chain start time: ${formatPeople(start)}
Chain end time: ${formatPeople(start + DAY)}
Number of contained backup sets: 2
Total number of contained volumes: 2
 Type of backup set:                            Time:      Num volumes:
                Full         ${formatPeople(start)}                 1
         Incremental         ${formatPeople(start + DAY)}                 1
-------------------------


Found primary backup chain with matching signature chain:
-------------------------
Chain start time: ${formatPeople(start + 2 * DAY)}
Chain end time: ${formatPeople(start + 2 * DAY)}
Number of contained backup sets: 1
Total number of contained volumes: 12
 Type of backup set:                            Time:      Num volumes:
                Full         ${formatPeople(start + 2 * DAY)}                12
-------------------------
No orphaned or incomplete backup sets found.`)
})

test('the data lines for machines', () => {
  expect(formatRecord(describeCollection({ ...summary, orphanedSets: 1, incompleteSets: 2 }))).toMatch(
    /^INFO 3 \nbackend BackendWrapper\narchive-dir \(\. dir\)\nchain-no-sig 0\n full 20231114T221320Z 1 noenc\n inc 20231115T221320Z 1 noenc\nchain-complete\n full 20231116T221320Z 12 enc\norphaned-sets-num 1\nincomplete-sets-num 2\n\. Collection Status\n/,
  )
})

test('an empty repository', () => {
  const { text } = describeCollection({
    ...summary,
    secondary: [],
    primary: undefined,
    orphanedSets: 1,
    incompleteSets: 0,
  })
  expect(text).toContain(
    '\n\nFound 0 secondary backup chains.\nNo backup chains with active signatures found\n' +
      'Also found 1 backup set not part of any chain,\nand 0 incomplete backup sets.\n' +
      'These may be deleted by running duplicity with the "cleanup" command.',
  )
})

test('warnings about stray files', () => {
  const orphaned = (names: string[]) =>
    describeWarning({ kind: 'orphaned-signatures', where: 'remote', names })
  expect(orphaned(['a'])).toEqual({
    level: 2,
    code: 2,
    text: 'Warning, found the following remote orphaned signature file:\na',
  })
  expect(orphaned(['a', 'b']).text).toBe(
    'Warning, found the following remote orphaned signature files:\na\nb',
  )
  expect(describeWarning({ kind: 'unmatched-signatures' }).code).toBe(4)
  expect(describeWarning({ kind: 'incomplete-sets', sets: [['x']] })).toEqual({
    level: 2,
    code: 5,
    text: 'Warning, found incomplete backup sets, probably left from aborted session',
  })
  expect(describeWarning({ kind: 'orphaned-sets', sets: [['m', 'v']] })).toEqual({
    level: 2,
    code: 6,
    text: 'Warning, found the following orphaned backup file:\n[m, v]',
  })
  expect(describeWarning({ kind: 'discarding-last-set' }).text).toMatch(
    /^Warning, discarding last backup set/,
  )
  expect(describeWarning({ kind: 'duplicate-file', name: 'a', kept: 'b' }).text).toMatch(/a and b/)
})
