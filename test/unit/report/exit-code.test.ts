import { expect, test } from '@jest/globals'
import { errorCodes, type ErrorCode } from '../../../src/lib/errors.ts'
import {
  dubaExit,
  dubaStatus,
  engineExit,
  exitOfSignal,
  exitOfVerdicts,
} from '../../../src/report/exit-code.ts'
import { type Verdict, worstVerdict } from '../../../src/report/verdict.ts'

test('every error code stands in both tables, with a status that is explained', () => {
  const codes = Object.keys(errorCodes).sort()
  expect(Object.keys(dubaExit).sort()).toEqual(codes)
  expect(Object.keys(engineExit).sort()).toEqual(codes)
  for (const status of Object.values(dubaExit)) expect(dubaStatus).toHaveProperty(String(status))
})

test("the engine's numbers are duplicity's", () => {
  const numbers: Partial<Record<ErrorCode, number>> = {
    USAGE: 2,
    HOST_CHANGED: 3,
    INTERRUPTED: 4,
    ARCHIVE_DIR: 9,
    TARGET_EXISTS: 11,
    SOURCE_MISSING: 13,
    PATTERN_OUTSIDE: 14,
    PATH_NOT_FOUND: 19,
    HASH_MISMATCH: 21,
    LOCKED: 23,
    GPG_FAILED: 31,
    SOURCE_CHANGED: 42,
    VOLUME_SIZE: 44,
    RECIPIENTS_CHANGED: 45,
    BACKEND_NO_SPACE: 53,
  }
  expect(engineExit).toMatchObject(numbers)
  for (const number of Object.values(engineExit)) {
    expect(number).toBeGreaterThan(0)
    expect(number).toBeLessThan(126)
  }
})

const runs: readonly (readonly [readonly Verdict[], number, Verdict])[] = [
  [['ok', 'ok'], 0, 'ok'],
  [['ok', 'skipped'], 0, 'skipped'],
  [['ok', 'warning', 'skipped'], 3, 'warning'],
  [['warning', 'stalled', 'ok'], 1, 'stalled'],
  [['failed', 'stalled', 'warning'], 1, 'failed'],
  [['skipped', 'skipped'], 75, 'skipped'],
  [[], 75, 'ok'],
]

test.each(runs)('%j gives %i', (verdicts, status, worst) => {
  expect(exitOfVerdicts(verdicts)).toBe(status)
  expect(worstVerdict(verdicts)).toBe(worst)
})

test('signals as shells count them', () => {
  expect([exitOfSignal('SIGINT'), exitOfSignal('SIGTERM')]).toEqual([130, 143])
})
