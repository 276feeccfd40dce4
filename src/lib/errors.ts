/**
 * Errors that are meant for people, each with a stable code.
 *
 * A `UserError` says what happened, to what, and (in `hint`) what to do. Its code decides the exit status through
 * the two tables of `report/exit-code.ts`. Anything else that is thrown is a bug and is shown with its stack.
 */
import { types } from 'node:util'

/** Every code with one sentence for docs/errors.md. A code, once released, keeps its meaning. */
export const errorCodes = {
  USAGE: 'The command line is wrong.',
  CONFIG_UNREADABLE: 'The configuration file cannot be read.',
  CONFIG_INVALID: 'The configuration is not valid; every fault is listed.',
  HOST_CHANGED: 'The chain was made on a host of another name.',
  SOURCE_CHANGED: 'The chain was made from another source directory.',
  MANIFESTS_DIFFER: 'The manifest on the remote is not the one in the archive directory.',
  MANIFEST_UNREADABLE: 'A manifest cannot be decrypted or parsed.',
  FILELIST_UNREADABLE: 'A file list named on the command line cannot be opened.',
  BAD_URL: 'The destination URL is malformed.',
  URL_EXPECTED: 'An argument that must be a URL is none.',
  UNSUPPORTED_SCHEME: 'No backend serves this URL scheme.',
  ARCHIVE_DIR: 'The archive directory cannot be created or used.',
  BAD_SIGN_KEY: 'The signing key is not written as 8, 16 or 40 hexadecimal digits.',
  TARGET_EXISTS: 'The restore target exists and is not an empty directory.',
  VERIFY_DIR_MISSING: 'The directory to verify against does not exist.',
  SOURCE_MISSING: 'The directory to back up does not exist.',
  PATTERN_OUTSIDE: 'A selection pattern cannot match anything below the source.',
  PATTERN_INVALID: 'A selection pattern is malformed.',
  REDUNDANT_INCLUDE: 'The last selection rule is an include, which has no effect.',
  NO_SIGNATURES: 'An incremental was asked for but no usable signatures exist.',
  SIGNATURES_LOST: 'Backups were not looked at: their signatures are missing or not to be trusted.',
  NO_BACKUPS: 'The repository holds no complete backup.',
  TOO_EARLY: 'There is no backup of the time that was asked for or before.',
  CHAIN_BROKEN: 'The backup asked for has lost its manifest, or builds on a set that is missing.',
  PATH_NOT_FOUND: 'The path asked for is not in the backup.',
  NOTHING_RESTORED: 'Nothing at all was found to restore.',
  HASH_MISMATCH: 'A volume does not have the hash that the manifest records.',
  VOLUME_MISSING: 'A volume that the manifest lists is not on the remote.',
  WRONG_SIGNER: 'A volume is not signed by the expected key.',
  LOCKED: 'Another process is working with this archive directory.',
  SECRET_MISSING: 'A passphrase is needed and none was given.',
  SECRET_MISMATCH: 'The given secret does not open the newest backup of the chain.',
  MARKER_MISMATCH: 'The destination belongs to another machine, as the marker there says.',
  DESTINATION_LOST: 'The destination holds nothing of the backups that were stored there.',
  RECIPIENTS_CHANGED: 'The chain is encrypted to other keys than the ones given.',
  KEY_UNUSABLE: 'A key cannot be found, is expired or revoked, or cannot encrypt or sign.',
  GPG_FAILED: 'The gpg program failed.',
  DECRYPT_FAILED: 'Data cannot be decrypted with the secrets at hand.',
  KEY_MISSING: 'Data is encrypted to keys, and the secret of none of them is at hand.',
  PLAINTEXT: 'A file is not encrypted where its backup set is, and is not used.',
  INTEGRITY: 'Data was altered or is not protected against alteration.',
  ARCHIVE_INVALID: 'A volume or signature archive is malformed.',
  HOSTILE_MEMBER: 'An archive member has a name that must not be written.',
  DELTA_INVALID: 'A delta or signature is malformed or does not fit its base.',
  CONTENT_MISMATCH: 'The content of a file is not what was backed up.',
  TEMP_SPACE: 'The temporary directory is missing or has too little space.',
  TEMP_SPACE_UNKNOWN: 'The free space of the temporary directory cannot be found out.',
  OPEN_FILES: 'The limit of open files is too low.',
  OPEN_FILES_UNKNOWN: 'The limit of open files cannot be found out.',
  SOURCE_UNREADABLE: 'The source cannot be read.',
  TARGET_UNWRITABLE: 'The restore target cannot be written.',
  BACKEND_ERROR: 'The destination failed.',
  BACKEND_DENIED: 'The destination refused access.',
  BACKEND_NOT_FOUND: 'A file is not on the destination.',
  BACKEND_NO_SPACE: 'The destination is full.',
  VOLUME_SIZE: 'An uploaded file does not have the size that was sent.',
  REPOSITORY_CHANGED: 'Files appeared at the destination while something was about to be deleted.',
  CLOCK: 'The clock contradicts the times of the backups.',
  NOT_SUPPORTED: 'This version cannot do what was asked.',
  INTERRUPTED: 'The work was interrupted by a signal.',
  STATE_UNWRITABLE: 'The directory for logs or for the state of duba cannot be used.',
  STATUS_UNREADABLE: 'The document that says what was last done cannot be read or used.',
  JOB_UNKNOWN: 'No job of this name or path is configured.',
  JOB_FAILED: 'A job failed; its log says why.',
  NO_ANSWER: 'A file system did not answer in time.',
  NOTHING_DONE: 'Nothing was done because another run holds the lock.',
} as const

export type ErrorCode = keyof typeof errorCodes

/** What to do, in the words of each program: its own options, or the keys of the configuration and the commands of `duba`. */
export interface Remedy {
  readonly engine: string
  readonly duba: string
}

export interface UserErrorOptions {
  /** What the operator can do about it: one sentence; two where the programs have different words for it. */
  hint?: string | Remedy
  cause?: unknown
  /** Words for the machine log of `duba engine` (command-line facts §1.6, column "extra"). */
  extra?: string
}

/** An error for people: code, message, and what to do. Messages never hold secrets. */
export class UserError extends Error {
  readonly code: ErrorCode
  /** In the words of `duba engine`. */
  readonly hint: string | undefined
  /** In the words of `duba`. */
  readonly dubaHint: string | undefined
  readonly extra: string | undefined
  override readonly name = 'UserError'

  constructor(code: ErrorCode, message: string, options: UserErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    const { hint } = options
    this.hint = typeof hint === 'object' ? hint.engine : hint
    this.dubaHint = typeof hint === 'object' ? hint.duba : hint
    this.extra = options.extra
  }
}

/** What an error that takes the place of another keeps of it: what to do, and words for the machine log. */
export function keptOf({ hint, dubaHint, extra }: UserError): UserErrorOptions {
  return {
    ...(hint !== undefined && { hint: { engine: hint, duba: dubaHint ?? hint } }),
    ...(extra !== undefined && { extra }),
  }
}

/** Whether an error has one of these codes. */
export function hasCode(error: unknown, ...codes: ErrorCode[]): error is UserError {
  return error instanceof UserError && codes.includes(error.code)
}

/** Whether an error came from the system with one of these errno names (any, if none is given). */
export function isErrno(error: unknown, ...names: string[]): error is NodeJS.ErrnoException {
  // `instanceof Error` is false across realms (jest runs tests in one of its own).
  if (!types.isNativeError(error)) return false
  const code = (error as NodeJS.ErrnoException).code
  return typeof code === 'string' && (error as NodeJS.ErrnoException).errno !== undefined
    ? names.length === 0 || names.includes(code)
    : false
}

/** The message of a system error, without the path where that is one below an open directory, which says nothing. */
export function reasonOf(error: unknown): string {
  return messageOf(error).replace(/ '\/proc\/\d+\/fd\/\d+[^]*'$/, '')
}

/** The message of anything that can be thrown. */
export function messageOf(error: unknown): string {
  if (types.isNativeError(error) || error instanceof Error) return error.message
  return String(error)
}
