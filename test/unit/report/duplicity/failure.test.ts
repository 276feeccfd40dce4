import { expect, test } from '@jest/globals'
import { type ErrorCode, keptOf, UserError } from '../../../../src/lib/errors.ts'
import { describeFailure } from '../../../../src/report/duplicity/failure.ts'
import { formatRecord } from '../../../../src/report/duplicity/machine-log.ts'

function record(error: unknown): string {
  return formatRecord(describeFailure(error).message)
}

function systemError(code: string, errno: number): Error {
  return Object.assign(new Error(`${code}: something, open 'x'`), { code, errno })
}

test('says what, and what to do', () => {
  const error = new UserError('TARGET_EXISTS', 'Exists.\nWill not overwrite.', { hint: 'Pass --force.' })
  expect(describeFailure(error)).toMatchObject({
    status: 11,
    error: { code: 'TARGET_EXISTS', message: 'Exists.\nWill not overwrite.', hint: 'Pass --force.' },
  })
  expect(record(error)).toBe('ERROR 11\n. Exists.\n. Will not overwrite.\n. Pass --force.\n\n')
})

test('each program has its own words for what to do', () => {
  const hint = { engine: 'Pass --tempdir.', duba: 'Give "tempdir" in the configuration.' }
  const first = new UserError('TEMP_SPACE', 'Full.', { hint, extra: 'x' })
  const again = new UserError(first.code, `File a: ${first.message}`, keptOf(first))
  for (const error of [first, again]) {
    expect(record(error)).toContain('. Pass --tempdir.\n')
    expect(describeFailure(error).error.hint).toBe('Give "tempdir" in the configuration.')
  }
  expect(again.extra).toBe('x')
  expect(keptOf(new UserError('TEMP_SPACE', 'Full.'))).toEqual({})
})

test.each([
  ['NO_BACKUPS', 30, 'CollectionsError'],
  ['SECRET_MISSING', 30, 'EOFError'],
  ['BAD_URL', 23, 'InvalidBackendURL'],
  ['UNSUPPORTED_SCHEME', 23, 'UnsupportedBackendScheme'],
  ['ARCHIVE_INVALID', 30, 'UserError'],
] as [ErrorCode, number, string][])('%s is told as %d with the class %s', (code, status, name) => {
  expect(record(new UserError(code, 'Words.'))).toBe(`ERROR ${status} ${name}\n. ${name}: Words.\n\n`)
})

test('keeps the words of an error for the log', () => {
  const error = new UserError('VOLUME_SIZE', 'File v was corrupted during upload.', { extra: "'v' 217 -1" })
  expect(record(error)).toBe("ERROR 44 'v' 217 -1\n. File v was corrupted during upload.\n\n")
})

test('a wrong passphrase is told with the phrase that front ends look for', () => {
  expect(record(new UserError('DECRYPT_FAILED', 'x cannot be decrypted.'))).toBe(
    'ERROR 31 GPGError\n. GPGError: GPG Failed, see log below:\n. ===== Begin GnuPG log =====\n' +
      '. x cannot be decrypted.\n. gpg: decryption failed: Bad session key\n. ===== End GnuPG log =====\n. \n\n',
  )
})

test('the log of gpg is not framed twice', () => {
  const framed = 'GPGError: …\n===== Begin GnuPG log =====\ngpg: No secret key\n===== End GnuPG log ====='
  expect(record(new UserError('GPG_FAILED', framed)).match(/Begin GnuPG log/g)).toHaveLength(1)
})

test('a held lock is told in the words of duplicity', () => {
  expect(record(new UserError('LOCKED', 'Process 7 holds it.'))).toBe(
    'ERROR 23\n. Another duplicity instance is already running with this archive directory\n. \n. Process 7 holds it.\n\n',
  )
})

test('a full disk is told with number and class', () => {
  const cause = systemError('ENOSPC', -28)
  const failure = record(new UserError('TARGET_UNWRITABLE', 'Cannot write.', { cause }))
  expect(failure).toMatch(/^ERROR 30 OSError\n\. OSError: Cannot write\.\n\. \[Errno 28\] ENOSPC: /)
})

test('a system error that nobody expected is told with its stack', () => {
  expect(describeFailure(systemError('EACCES', -13))).toMatchObject({
    status: 30,
    error: { code: 'UNEXPECTED', message: "EACCES: something, open 'x'" },
  })
  expect(record(systemError('EACCES', -13))).toMatch(
    /^ERROR 30 PermissionError\n\. Traceback \(innermost last\):\n(.*\n)+\. PermissionError: \[Errno 13\] EACCES: /,
  )
})

test('anything can be thrown', () => {
  expect(describeFailure(new TypeError('bug')).message).toMatchObject({ code: 30, extra: 'TypeError' })
  expect(describeFailure('text').message).toMatchObject({
    extra: 'Exception',
    text: 'Traceback (innermost last):\nException: text',
  })
})
