/**
 * Exit statuses, in two tables over the same error codes: `duba` has a few for people and monitoring, `duba engine` has
 * duplicity's number for each (command-line facts §1.6). A new error code does not compile before it stands in both.
 */
import type { ErrorCode } from '../lib/errors.ts'
import type { Verdict } from './verdict.ts'

/** Exit statuses of `duba` with their meaning, for help texts and docs/errors.md. */
export const dubaStatus = {
  0: 'Everything asked for was done.',
  1: 'At least one job failed or stalled, or the command failed.',
  2: 'The command line or the configuration is wrong; nothing was started.',
  3: 'Done, with warnings: for example files that could not be read; or the output is cut, because the disk is full.',
  75: 'Nothing was done: another run holds the lock, or every job is outside of its window or was skipped by a hook.',
  130: 'Interrupted by SIGINT (Ctrl-C).',
  143: 'Ended by SIGTERM.',
} as const

export type DubaStatus = keyof typeof dubaStatus

/** The exit status of `duba` when a command ends with this error. */
export const dubaExit = {
  USAGE: 2,
  CONFIG_UNREADABLE: 2,
  CONFIG_INVALID: 2,
  HOST_CHANGED: 1,
  SOURCE_CHANGED: 1,
  MANIFESTS_DIFFER: 1,
  MANIFEST_UNREADABLE: 1,
  FILELIST_UNREADABLE: 1,
  BAD_URL: 2,
  URL_EXPECTED: 2,
  UNSUPPORTED_SCHEME: 2,
  ARCHIVE_DIR: 1,
  BAD_SIGN_KEY: 2,
  TARGET_EXISTS: 1,
  VERIFY_DIR_MISSING: 1,
  SOURCE_MISSING: 1,
  PATTERN_OUTSIDE: 2,
  PATTERN_INVALID: 2,
  REDUNDANT_INCLUDE: 2,
  NO_SIGNATURES: 1,
  SIGNATURES_LOST: 1,
  NO_BACKUPS: 1,
  TOO_EARLY: 1,
  CHAIN_BROKEN: 1,
  PATH_NOT_FOUND: 1,
  NOTHING_RESTORED: 1,
  HASH_MISMATCH: 1,
  VOLUME_MISSING: 1,
  WRONG_SIGNER: 1,
  LOCKED: 75,
  SECRET_MISSING: 1,
  SECRET_MISMATCH: 1,
  MARKER_MISMATCH: 1,
  DESTINATION_LOST: 1,
  RECIPIENTS_CHANGED: 1,
  KEY_UNUSABLE: 1,
  GPG_FAILED: 1,
  DECRYPT_FAILED: 1,
  KEY_MISSING: 1,
  PLAINTEXT: 1,
  INTEGRITY: 1,
  ARCHIVE_INVALID: 1,
  HOSTILE_MEMBER: 1,
  DELTA_INVALID: 1,
  CONTENT_MISMATCH: 1,
  TEMP_SPACE: 1,
  TEMP_SPACE_UNKNOWN: 1,
  OPEN_FILES: 1,
  OPEN_FILES_UNKNOWN: 1,
  SOURCE_UNREADABLE: 1,
  TARGET_UNWRITABLE: 1,
  BACKEND_ERROR: 1,
  BACKEND_DENIED: 1,
  BACKEND_NOT_FOUND: 1,
  BACKEND_NO_SPACE: 1,
  VOLUME_SIZE: 1,
  REPOSITORY_CHANGED: 1,
  CLOCK: 1,
  NOT_SUPPORTED: 1,
  INTERRUPTED: 130,
  STATE_UNWRITABLE: 1,
  STATUS_UNREADABLE: 1,
  JOB_UNKNOWN: 2,
  JOB_FAILED: 1,
  NO_ANSWER: 1,
  NOTHING_DONE: 75,
} as const satisfies Record<ErrorCode, DubaStatus>

/** The exit status of `duba engine` when it ends with this error: duplicity's number, 30 where it has none. */
export const engineExit = {
  USAGE: 2,
  CONFIG_UNREADABLE: 2,
  CONFIG_INVALID: 2,
  HOST_CHANGED: 3,
  SOURCE_CHANGED: 42,
  MANIFESTS_DIFFER: 5,
  MANIFEST_UNREADABLE: 6,
  FILELIST_UNREADABLE: 7,
  BAD_URL: 23,
  URL_EXPECTED: 8,
  UNSUPPORTED_SCHEME: 23,
  ARCHIVE_DIR: 9,
  BAD_SIGN_KEY: 10,
  TARGET_EXISTS: 11,
  VERIFY_DIR_MISSING: 12,
  SOURCE_MISSING: 13,
  PATTERN_OUTSIDE: 14,
  PATTERN_INVALID: 15,
  REDUNDANT_INCLUDE: 16,
  NO_SIGNATURES: 17,
  SIGNATURES_LOST: 18,
  NO_BACKUPS: 30,
  TOO_EARLY: 30,
  CHAIN_BROKEN: 30,
  PATH_NOT_FOUND: 19,
  NOTHING_RESTORED: 20,
  HASH_MISMATCH: 21,
  VOLUME_MISSING: 52,
  WRONG_SIGNER: 22,
  LOCKED: 23,
  SECRET_MISSING: 30,
  SECRET_MISMATCH: 31,
  MARKER_MISMATCH: 3,
  DESTINATION_LOST: 3,
  RECIPIENTS_CHANGED: 45,
  KEY_UNUSABLE: 31,
  GPG_FAILED: 31,
  DECRYPT_FAILED: 31,
  KEY_MISSING: 31,
  PLAINTEXT: 31,
  INTEGRITY: 31,
  ARCHIVE_INVALID: 30,
  HOSTILE_MEMBER: 30,
  DELTA_INVALID: 30,
  CONTENT_MISMATCH: 30,
  TEMP_SPACE: 35,
  TEMP_SPACE_UNKNOWN: 34,
  OPEN_FILES: 37,
  OPEN_FILES_UNKNOWN: 36,
  SOURCE_UNREADABLE: 30,
  TARGET_UNWRITABLE: 30,
  BACKEND_ERROR: 50,
  BACKEND_DENIED: 51,
  BACKEND_NOT_FOUND: 52,
  BACKEND_NO_SPACE: 53,
  VOLUME_SIZE: 44,
  REPOSITORY_CHANGED: 30,
  CLOCK: 30,
  NOT_SUPPORTED: 33,
  INTERRUPTED: 4,
  STATE_UNWRITABLE: 1,
  STATUS_UNREADABLE: 1,
  JOB_UNKNOWN: 2,
  JOB_FAILED: 1,
  NO_ANSWER: 1,
  NOTHING_DONE: 23,
} as const satisfies Record<ErrorCode, number>

/** The exit status of `duba engine` when a salvage left something out, or took an older version of it. */
export const SALVAGED = 60

const statusOfVerdict = {
  failed: 1,
  stalled: 1,
  warning: 3,
  skipped: 0,
  ok: 0,
} as const satisfies Record<Verdict, DubaStatus>

/** Exit status of a run: that of its worst verdict; 75 if all were skipped, or there was none. */
export function exitOfVerdicts(verdicts: readonly Verdict[]): DubaStatus {
  if (verdicts.every((verdict) => verdict === 'skipped')) return 75
  const found = new Set<DubaStatus>(verdicts.map((verdict) => statusOfVerdict[verdict]))
  if (found.has(1)) return 1
  return found.has(3) ? 3 : 0
}

/** Exit status after a signal, as shells count it. */
export function exitOfSignal(signal: 'SIGINT' | 'SIGTERM'): DubaStatus {
  return signal === 'SIGINT' ? 130 : 143
}
