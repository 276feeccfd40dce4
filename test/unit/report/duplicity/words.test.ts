import { expect, test } from '@jest/globals'
import type { EngineEvent } from '../../../../src/engine/events.ts'
import { formatPeople } from '../../../../src/format/time.ts'
import { fromText } from '../../../../src/lib/bytestring.ts'
import { formatRecord } from '../../../../src/report/duplicity/machine-log.ts'
import { describe } from '../../../../src/report/duplicity/words.ts'

function log(event: EngineEvent, asynchronous = false): string {
  return describe(event, { asynchronous }).map(formatRecord).join('')
}

const time = 1700000000
const day = formatPeople(time)

const cases: [EngineEvent, string][] = [
  [{ type: 'last-full', time: undefined }, 'NOTICE 1\n. Last full backup date: none\n\n'],
  [{ type: 'last-full', time }, `NOTICE 1\n. Last full backup date: ${day}\n\n`],
  [
    { type: 'forcing-full', reason: 'too-old', detail: '' },
    'NOTICE 1\n. Last full backup is too old, forcing full backup\n\n',
  ],
  [
    { type: 'forcing-full', reason: 'no-signatures', detail: '' },
    'WARNING 1\n. No signatures found, switching to full backup.\n\n',
  ],
  [
    { type: 'forcing-full', reason: 'recipients-changed', detail: 'The chain is encrypted differently.' },
    'WARNING 1\n. The chain is encrypted differently. Forcing full backup.\n\n',
  ],
  [{ type: 'backup-began', kind: 'full', start: time, end: time }, ''],
  [{ type: 'backup-done', kind: 'full', start: time, end: time, volumes: 1 }, ''],
  [{ type: 'entry', change: 'new', path: '', kind: 'dir', size: 0 }, "INFO 4 '.'\n. A .\n\n"],
  [
    { type: 'entry', change: 'changed', path: 'sp ace', kind: 'reg', size: 1 },
    "INFO 5 'sp ace'\n. M sp ace\n\n",
  ],
  [{ type: 'entry', change: 'deleted', path: 'gone', kind: 'reg', size: 0 }, "INFO 6 'gone'\n. D gone\n\n"],
  [
    { type: 'trouble', trouble: 'unreadable', path: 'ud', fullPath: 's/ud', detail: 'EACCES: no' },
    "WARNING 10 's/ud'\n. Error accessing possibly locked file s/ud\n\n",
  ],
  [
    { type: 'trouble', trouble: 'io-error', path: 'x', fullPath: 's/x', detail: 'EIO: i/o error, read' },
    "WARNING 10 's/x'\n. Error reading s/x: [Errno 5] EIO: i/o error, read\n\n",
  ],
  [
    {
      type: 'trouble',
      trouble: 'vanished',
      path: 'x',
      fullPath: 's/x',
      detail: 'vanished before it was looked at',
    },
    "WARNING 9 's/x'\n. Skipping s/x: vanished before it was looked at\n\n",
  ],
  [
    { type: 'trouble', trouble: 'socket', path: 'sock', fullPath: 's3/sock', detail: '' },
    "INFO 15 's3/sock'\n. Skipping socket s3/sock\n\n",
  ],
  [{ type: 'volume-done', volume: 1, sourceBytes: 8211 }, 'INFO 2 8211\n. Processed volume 1\n\n'],
  [{ type: 'in-sync' }, 'NOTICE 1\n. Local and Remote metadata are synchronized, no sync needed.\n\n'],
  [{ type: 'sync-began' }, 'NOTICE 1\n. Synchronizing remote metadata to local cache...\n\n'],
  [{ type: 'sync-copied', name: 'n' }, 'NOTICE 1\n. Copying n to local cache.\n\n'],
  [
    { type: 'sync-deleted', path: '/ä/n' },
    fromText('NOTICE 1\n. Deleting local /ä/n (not authoritative at backend).\n\n'),
  ],
  [
    { type: 'sync-planned', copy: ['a', 'b'], remove: ['c'] },
    'NOTICE 1\n. Sync would copy the following from remote to local:\n. a\n. b\n\n' +
      'NOTICE 1\n. Sync would remove the following spurious local files:\n. c\n\n',
  ],
  [{ type: 'writing', path: 'a', kind: 'dir' }, "INFO 7 'a' dir\n. Writing a of type dir\n\n"],
  [{ type: 'restore-volume', done: 1, total: 2 }, 'INFO 2 1 2\n. Processed volume 1 of 2\n\n'],
  [{ type: 'restore-planned', volumes: ['v1'] }, 'NOTICE 1\n. Required volumes to restore:\n. \tv1\n\n'],
  [
    { type: 'restore-trouble', path: '', detail: 'EPERM: operation not permitted, chown' },
    "WARNING 12 '.'\n. Error '[Errno 1] EPERM: operation not permitted, chown' processing .\n\n",
  ],
  [{ type: 'restore-done', entries: 1, bytes: 1, troubles: 0, setTime: time }, ''],
  [
    { type: 'difference', path: 'x', text: 'Difference found: New file x' },
    'NOTICE 1\n. Difference found: New file x\n\n',
  ],
  [
    { type: 'verify-done', compared: 1, differences: 1, compareData: true },
    'NOTICE 1\n. Verify complete: 1 file compared, 1 difference found.\n\n',
  ],
  [
    { type: 'verify-done', compared: 7, differences: 0, compareData: false },
    'NOTICE 1\n. Verify complete: 7 files compared, 0 differences found.\n\n',
  ],
  [
    { type: 'listed', path: 'new file', mtime: time, kind: 'reg' },
    `INFO 10 20231114T221320Z 'new file' reg\n. ${day} new file\n\n`,
  ],
  [
    { type: 'list-oldest-used', time },
    'WARNING 11 20231114T221320Z\n. No signature chain for the requested time. ' +
      `Using oldest available chain, starting at time ${day}.\n\n`,
  ],
  [
    { type: 'retry', operation: 'list', attempt: 1, detail: 'ConnectionRefusedError: Connection refused' },
    'WARNING 1\n. Attempt of list Nr. 1 failed. ConnectionRefusedError: Connection refused\n\n',
  ],
  [
    { type: 'retry', operation: 'delete', attempt: 2, detail: 'x' },
    'WARNING 1\n. Attempt of _do_delete Nr. 2 failed. x\n\n',
  ],
  [{ type: 'note', level: 'debug', text: 'ö' }, fromText('DEBUG 1\n. ö\n\n')],
]

test.each(cases)('%j', (event, expected) => {
  expect(log(event)).toBe(expected)
})

test('uploads of volumes have other codes when they run in the background', () => {
  const name = 'duplicity-full.20231114T221320Z.vol1.difftar.gz'
  const began: EngineEvent = { type: 'upload-began', name }
  const done: EngineEvent = { type: 'upload-done', name, size: 1 }
  expect(log(began)).toBe(
    `INFO 11\n. AsyncScheduler: running task synchronously (asynchronicity disabled)\n\nINFO 1\n. Writing ${name}\n\n`,
  )
  expect(log(done)).toBe('INFO 13\n. AsyncScheduler: task completed successfully\n\n')
  expect(log(began, true)).toContain(
    'INFO 12\n. AsyncScheduler: scheduling task for asynchronous execution\n',
  )
  expect(log(done, true)).toBe('INFO 14\n. AsyncScheduler: task execution done (success: True)\n\n')
  expect(log({ type: 'upload-done', name: 'duplicity-full.20231114T221320Z.manifest', size: 1 })).toBe('')
})

test('the listing and the statistics are shown whatever the verbosity is', () => {
  const [listed] = describe({ type: 'listed', path: '', mtime: 0, kind: 'dir' }, { asynchronous: false })
  expect(listed).toMatchObject({ forced: true, level: 5, text: `${formatPeople(0)} .` })
})

test('names stand in the words as their bytes', () => {
  const [message] = describe(
    { type: 'listed', path: 'bad\xff', mtime: 0, kind: 'reg' },
    { asynchronous: false },
  )
  expect(message?.text).toBe(`${formatPeople(0)} bad\xff`)
})
