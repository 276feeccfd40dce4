/** The path that a restore goes to. */
import { type ByteString, toText } from '../../lib/bytestring.ts'
import { messageOf, UserError } from '../../lib/errors.ts'

/** A path as its parent directory and its last step, which is empty for the root. */
export function split(target: ByteString): { parent: ByteString; name: ByteString } {
  const path = target.replace(/\/+$/, '')
  const slash = path.lastIndexOf('/')
  if (slash < 0) return { parent: '.', name: path === '' ? '' : path }
  return { parent: slash === 0 ? '/' : path.slice(0, slash), name: path.slice(slash + 1) }
}

/** TARGET_UNWRITABLE for a system error met at the target. */
export function unwritable(target: ByteString, error: unknown): UserError {
  return new UserError('TARGET_UNWRITABLE', `Cannot write to ${toText(target)}: ${messageOf(error)}`, {
    cause: error,
    hint: 'Check that the directory exists, that you may write there, and that the disk has room.',
  })
}
