import { expect, test } from '@jest/globals'
import { formatPeople } from '../../../../src/format/time.ts'
import { formatRecord } from '../../../../src/report/duplicity/machine-log.ts'
import { describeRemoval, type RemovalEvent } from '../../../../src/report/duplicity/removal.ts'

const [first, second] = [1700000000, 1700086400]
const [day, next] = [formatPeople(first), formatPeople(second)]

/** As duplicity 0.8.22 logs it, where it has such a message. */
const cases: [RemovalEvent, string][] = [
  [
    { type: 'removal-needed', times: [first, second] },
    `WARNING 1\n. There are backup set(s) at time(s):\n. ${day}\n. ${next}\n. Which can't be deleted because newer sets depend on them.\n\n`,
  ],
  [
    { type: 'removal-active-old' },
    'WARNING 1\n. Current active backup chain is older than specified time.  However, it will not be deleted.  To remove all your backups, manually purge the repository.\n\n',
  ],
  [
    { type: 'removal-found', times: [first], force: false },
    `NOTICE 1\n. Found old backup chain at the following time:\n. ${day}\n. Rerun command with --force option to actually delete.\n\n`,
  ],
  [
    { type: 'removal-found', times: [first, second], force: false },
    `NOTICE 1\n. Found old backup chains at the following times:\n. ${day}\n. ${next}\n. Rerun command with --force option to actually delete.\n\n`,
  ],
  [
    { type: 'removal-found', times: [first], force: true },
    `NOTICE 1\n. Deleting backup chain at time:\n. ${day}\n\n`,
  ],
  [
    { type: 'removal-found', times: [first, second], force: true },
    `NOTICE 1\n. Deleting backup chains at times:\n. ${day}\n. ${next}\n\n`,
  ],
  [
    { type: 'removal-nothing', command: 'remove' },
    'NOTICE 1\n. No old backup sets found, nothing deleted.\n\n',
  ],
  [
    { type: 'removal-nothing', command: 'cleanup' },
    'WARNING 1\n. No extraneous files found, nothing deleted in cleanup.\n\n',
  ],
  [
    { type: 'cleanup-found', names: ['a'], force: false },
    'NOTICE 1\n. Found the following file to delete:\n. a\n. Run duplicity again with the --force option to actually delete.\n\n',
  ],
  [
    { type: 'cleanup-found', names: ['a', 'b'], force: false },
    'NOTICE 1\n. Found the following files to delete:\n. a\n. b\n. Run duplicity again with the --force option to actually delete.\n\n',
  ],
  [
    { type: 'cleanup-found', names: ['a'], force: true },
    'NOTICE 1\n. Deleting this file from backend:\n. a\n\n',
  ],
  [
    { type: 'cleanup-found', names: ['a', 'b'], force: true },
    'NOTICE 1\n. Deleting these files from backend:\n. a\n. b\n\n',
  ],
  [
    { type: 'removing', reason: 'old-signatures', time: first },
    `NOTICE 1\n. Deleting complete signature chain ${day}\n\n`,
  ],
  [
    { type: 'removing', reason: 'old-backups', time: first },
    `NOTICE 1\n. Deleting complete backup chain ${day}\n\n`,
  ],
  [
    { type: 'removing', reason: 'old-incremental-signatures', time: first },
    `NOTICE 1\n. Deleting any incremental signature chain rooted at ${day}\n\n`,
  ],
  [
    { type: 'removing', reason: 'old-incrementals', time: first },
    `NOTICE 1\n. Deleting any incremental backup chain rooted at ${day}\n\n`,
  ],
  [{ type: 'removing', reason: 'orphaned-set', time: first }, ''],
  [{ type: 'file-deleted', where: 'remote', name: 'a' }, 'INFO 1\n. Deleting a\n\n'],
  [
    { type: 'removal-stopped', name: 'a', left: 2, detail: 'No permission.' },
    'WARNING 1\n. Warning, a could not be deleted: No permission.\n. The removal ended there with 2 files left; run the command again.\n\n',
  ],
  [
    { type: 'removal-stopped', name: 'a', left: 1, detail: 'No permission.' },
    'WARNING 1\n. Warning, a could not be deleted: No permission.\n. The removal ended there with 1 file left; run the command again.\n\n',
  ],
  [{ type: 'removal-done', deleted: 3, complete: true }, ''],
]

test.each(cases)('%j', (event, record) => {
  expect(describeRemoval(event).map(formatRecord).join('')).toBe(record)
})
