/**
 * System errors as Python names them: front ends look for `[Errno 28]`, `OSError` and the like (command line
 * facts §10.3).
 */
import { constants } from 'node:os'
import { type ByteString, fromText } from '../../lib/bytestring.ts'

const numbers: Readonly<Record<string, number>> = constants.errno

/** A detail that begins with the name of a system error (`EPERM: …`), with the number in front: `[Errno 1] EPERM: …`. */
export function withErrno(detail: string): ByteString {
  const number = numbers[/^([A-Z][A-Z0-9]+): /.exec(detail)?.[1] ?? '']
  return fromText(number === undefined ? detail : `[Errno ${number}] ${detail}`)
}

const classes: Readonly<Record<string, string>> = {
  ENOENT: 'FileNotFoundError',
  EACCES: 'PermissionError',
  EPERM: 'PermissionError',
  EEXIST: 'FileExistsError',
  ENOTDIR: 'NotADirectoryError',
  EISDIR: 'IsADirectoryError',
  EPIPE: 'BrokenPipeError',
  ECONNREFUSED: 'ConnectionRefusedError',
  ECONNRESET: 'ConnectionResetError',
  ETIMEDOUT: 'TimeoutError',
}

/** Python's class for a system error. */
export function errnoClass(code: string): string {
  return classes[code] ?? 'OSError'
}
