/**
 * Names of the members of volumes and signature archives (docs/format.md §5.2): an action, a path, and for the
 * blocks of a large file a number.
 *
 * Parsers take what any version of duplicity wrote and refuse what could leave the tree. They throw `UserError`s:
 * HOSTILE_MEMBER for a path that must not be written, ARCHIVE_INVALID for a name of no known kind.
 */
import type { ByteString } from '../lib/bytestring.ts'
import { UserError } from '../lib/errors.ts'
import { showName } from './show-name.ts'

/** What a member of a volume does to its path. */
export type VolumeAction = 'snapshot' | 'diff' | 'deleted'

/** What a member of a signature archive says about its path: a regular file, anything else, or gone. */
export type SignatureAction = 'signature' | 'snapshot' | 'deleted'

export interface VolumeMember {
  readonly action: VolumeAction
  /** Relative to the source; '' is the root. */
  readonly path: ByteString
  /** Number of a block of a file that is stored in several, from 1; undefined for a member that is whole. */
  readonly block: number | undefined
}

export interface SignatureMember {
  readonly action: SignatureAction
  readonly path: ByteString
}

/** The member name in a volume. `directory` where a directory is described; `block` from 1 for a piece of a file. */
export function formatVolumeMember(member: {
  readonly action: VolumeAction
  readonly path: ByteString
  readonly directory: boolean
  readonly block?: number
}): ByteString {
  const { action, path, directory, block } = member
  if (block !== undefined) return `multivol_${action}/${path === '' ? '.' : path}/${block}`
  if (action === 'deleted' || !directory) return `${action}/${path}`
  return path === '' ? `${action}/./` : `${action}/${path}/`
}

/** The member name in a signature archive. */
export function formatSignatureMember(member: {
  readonly action: SignatureAction
  readonly path: ByteString
  readonly directory: boolean
}): ByteString {
  const { action, path, directory } = member
  return directory && action === 'snapshot' && path !== '' ? `${action}/${path}/` : `${action}/${path}`
}

/** Reads a member name of a volume. */
export function parseVolumeMember(name: ByteString): VolumeMember {
  const prefix = prefixOf(name)
  switch (prefix) {
    case 'snapshot':
    case 'diff':
    case 'deleted':
      return { action: prefix, path: wholePath(name, prefix), block: undefined }
    case 'multivol_snapshot':
      return blockOf(name, prefix, 'snapshot')
    case 'multivol_diff':
      return blockOf(name, prefix, 'diff')
    default:
      throw unknownMember(name)
  }
}

/** Reads a member name of a signature archive. */
export function parseSignatureMember(name: ByteString): SignatureMember {
  const prefix = prefixOf(name)
  if (prefix !== 'signature' && prefix !== 'snapshot' && prefix !== 'deleted') throw unknownMember(name)
  return { action: prefix, path: wholePath(name, prefix) }
}

function prefixOf(name: ByteString): string {
  const slash = name.indexOf('/')
  return slash < 0 ? name : name.slice(0, slash)
}

function wholePath(name: ByteString, prefix: string): ByteString {
  let end = name.length
  while (end > prefix.length + 1 && name.charCodeAt(end - 1) === SLASH) end -= 1
  // `snapshot//` and the like: a slash right behind the prefix is no trailing one.
  if (end === prefix.length + 1 && end < name.length) throw hostile(name, 'an absolute path')
  return checkedPath(name, name.slice(prefix.length + 1, end))
}

/** Parsed from both ends: whatever stands between prefix and number is path, even if it looks like either. */
function blockOf(name: ByteString, prefix: string, action: VolumeAction): VolumeMember {
  const slash = name.lastIndexOf('/')
  const digits = name.slice(slash + 1)
  if (slash < 0 || !/^[0-9]{1,15}$/.test(digits)) throw unknownMember(name)
  return { action, path: checkedPath(name, name.slice(prefix.length + 1, slash)), block: Number(digits) }
}

/** PATH_MAX: whatever was backed up was found under a path that is shorter. */
const LONGEST_PATH = 4096

const SLASH = 0x2f
const DOT = 0x2e

/** The path, if each of its components can be the name of a file. */
function checkedPath(name: ByteString, path: ByteString): ByteString {
  if (path === '' || path === '.') return ''
  if (path.length > LONGEST_PATH) throw hostile(name, `a path of ${path.length} bytes`)
  let start = 0
  for (let at = 0; at <= path.length; at++) {
    const unit = at < path.length ? path.charCodeAt(at) : SLASH
    if (unit === 0) throw hostile(name, 'a NUL byte')
    if (unit !== SLASH) continue
    const length = at - start
    if (length === 0) throw hostile(name, start === 0 ? 'an absolute path' : 'an empty component')
    if (length <= 2 && path.charCodeAt(start) === DOT && path.charCodeAt(at - 1) === DOT) {
      throw hostile(name, length === 2 ? "a '..' component" : "a '.' component")
    }
    start = at + 1
  }
  return path
}

function hostile(name: ByteString, what: string): UserError {
  return new UserError('HOSTILE_MEMBER', `Archive member "${showName(name)}" has ${what}.`, {
    hint: 'No backup program writes such a name: the archive was tampered with or damaged. Nothing of it was used.',
  })
}

function unknownMember(name: ByteString): UserError {
  return new UserError('ARCHIVE_INVALID', `Archive member "${showName(name)}" is of no known kind.`, {
    hint: 'The file is not a backup volume or signature archive, or it is damaged.',
  })
}
