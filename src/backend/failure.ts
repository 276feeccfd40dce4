/** Words for what goes wrong at a destination: every backend and wrapper fails with these errors. */
import { isErrno, messageOf, UserError } from '../lib/errors.ts'

const EDQUOT = 122

/** The calls of a backend, as events and logs name them. */
export type BackendOperation = 'list' | 'size' | 'put' | 'get' | 'delete'

const verbs = {
  list: 'list',
  size: 'look at',
  put: 'store',
  get: 'read',
  delete: 'delete',
} satisfies Record<BackendOperation, string>

/** BACKEND_NOT_FOUND for one file. */
export function notFound(label: string, name: string, cause?: unknown): UserError {
  return new UserError('BACKEND_NOT_FOUND', `${name} is not on ${label}.`, {
    cause,
    extra: 'get',
    hint: 'Look at what is there with collection-status; another program may have removed it.',
  })
}

/** BACKEND_ERROR for a call after `close`. */
export function closed(label: string): UserError {
  return new UserError('BACKEND_ERROR', `${label} was used after it was closed.`)
}

/** BACKEND_ERROR for a body that does not yield the bytes it promised. */
export function wrongBodySize(name: string, expected: number, seen: number): UserError {
  const amount = seen > expected ? `more than the ${expected}` : `${seen} of the ${expected}`
  return new UserError(
    'BACKEND_ERROR',
    `What was to be stored as ${name} gave ${amount} bytes it should have.`,
    {
      extra: 'put',
      hint: 'A temporary file changed while it was uploaded: check the temporary directory, then run again.',
    },
  )
}

/** The place to write to is missing: it may come back (a share that is not mounted), so that trying again helps. */
function putFailure(cause: Error, label: string, name = 'the file'): UserError {
  return new UserError('BACKEND_ERROR', `Cannot store ${name} on ${label}: ${messageOf(cause)}`, {
    cause,
    extra: 'put',
    hint: 'The directory vanished while it was written to: check that it is still mounted, then run again.',
  })
}

/**
 * A system error met at a directory on this machine, as the error for people. What is no system error (a bug, an
 * abort, a UserError) comes back as it is.
 */
export function systemFailure(
  error: unknown,
  operation: BackendOperation,
  label: string,
  name?: string,
): unknown {
  if (!isErrno(error)) return error
  const what = name === undefined ? label : `${name} on ${label}`
  const options = { cause: error, extra: operation }
  // Node has no name for a full quota.
  switch (error.errno === -EDQUOT ? 'EDQUOT' : (error.code ?? '')) {
    case 'ENOENT':
      if (operation === 'put') return putFailure(error, label, name)
      return notFound(label, name ?? 'The directory', error)
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new UserError('BACKEND_DENIED', `Cannot ${verbs[operation]} ${what}: ${messageOf(error)}`, {
        ...options,
        hint: 'Check the owner and mode of the directory, whether it is mounted read-only, and who runs this program.',
      })
    case 'ENOSPC':
    case 'EDQUOT':
      return new UserError('BACKEND_NO_SPACE', `Cannot ${verbs[operation]} ${what}: ${messageOf(error)}`, {
        ...options,
        hint: 'Free some space, or let remove-older-than delete old backups, then run again.',
      })
    default:
      return new UserError('BACKEND_ERROR', `Cannot ${verbs[operation]} ${what}: ${messageOf(error)}`, {
        ...options,
        hint: 'Check that the place is mounted and healthy (dmesg tells of disk errors), then run again.',
      })
  }
}
