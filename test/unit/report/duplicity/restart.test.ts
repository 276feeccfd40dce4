import { expect, test } from '@jest/globals'
import type { EngineEvent } from '../../../../src/engine/events.ts'
import { formatMoment } from '../../../../src/format/time.ts'
import { describe } from '../../../../src/report/duplicity/words.ts'

const time = 1700000000
const day = formatMoment(time)

const cases: [EngineEvent, string][] = [
  [
    { type: 'restart-found', kind: 'full', start: time, end: time },
    'Last full backup left a partial set, restarting.',
  ],
  [
    { type: 'restart-found', kind: 'inc', start: 1, end: time },
    'Last inc backup left a partial set, restarting.',
  ],
  [
    { type: 'restart-dropped', from: 4, to: 5 },
    'RESTART: Volumes 4 to 5 failed to upload before termination.\n         Restarting backup at volume 4.',
  ],
  [
    { type: 'restart-after', volume: 3, path: 'file-05', block: undefined },
    'Restarting after volume 3, file file-05, block 0',
  ],
  [
    { type: 'restart-after', volume: 3, path: 'big', block: 7 },
    'Restarting after volume 3, file big, block 7',
  ],
  [
    { type: 'restart-after', volume: 1, path: '', block: undefined },
    'Restarting after volume 1, file ., block 0',
  ],
  [
    { type: 'restart-anew', why: 'nothing-stored', kind: 'full', end: time, removed: [] },
    'RESTART: The first volume failed to upload before termination.\n         Restart is impossible...starting backup from beginning.',
  ],
  [
    { type: 'restart-anew', why: 'full-wanted', kind: 'inc', end: time, removed: ['a'] },
    `RESTART: The partial incremental set of ${day} cannot be finished: a full backup is to be made.\n` +
      '         Removed 1 file of it from the destination, starting backup from beginning.',
  ],
  [
    { type: 'restart-anew', why: 'file-changed', kind: 'full', end: time, removed: ['a', 'b'] },
    `RESTART: The partial full set of ${day} cannot be finished: the file that it was storing has changed.\n` +
      '         Removed 2 files of it from the destination, starting backup from beginning.',
  ],
  [
    { type: 'restart-anew', why: 'signer-unknown', kind: 'full', end: time, removed: ['a'] },
    `RESTART: The partial full set of ${day} cannot be finished: who signed its volumes can only be seen with the secret key to them.\n` +
      '         Removed 1 file of it from the destination, starting backup from beginning.',
  ],
  [
    { type: 'restart-settled', name: 'x.manifest.part', kept: true },
    'The session of x.manifest.part was complete; the file has its final name now.',
  ],
  [
    { type: 'restart-settled', name: 'x.manifest.part', kept: false },
    'The session of x.manifest.part was complete; the file was removed and is fetched again.',
  ],
  [
    { type: 'restart-outdated', paths: 1 },
    '1 path has changed since the interrupted session stored it; an incremental backup follows.',
  ],
  [
    { type: 'restart-outdated', paths: 2 },
    '2 paths have changed since the interrupted session stored them; an incremental backup follows.',
  ],
]

test.each(cases)('%j', (event, text) => {
  expect(describe(event, { asynchronous: false })).toEqual([{ level: 3, code: 1, text }])
})
