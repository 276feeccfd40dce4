import { expect, test } from '@jest/globals'
import { type RestoreReport, reportText } from '../../../src/report/restore-report.ts'

test.each([
  ['unsigned', 'nobody vouches for the backup'],
  ['owner-map', 'owners are mapped'],
] as const)('says why what gives power was left out: %s', (strip, why) => {
  const report: RestoreReport = {
    job: '/etc',
    path: '/etc',
    target: '/out',
    verdict: 'warning',
    reason: undefined,
    strip,
    entries: 3,
    bytes: 0,
    troubleCount: 0,
    kept: 0,
    replaced: 0,
    renamed: 0,
    stripped: 2,
    setTime: undefined,
    log: undefined,
    troubles: [],
  }
  expect(reportText(report)[1]).toBe(
    `  2 without set-id bits or capabilities, or left out as device files, because ${why}`,
  )
})
