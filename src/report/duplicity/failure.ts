/**
 * The end of a run that failed, as duplicity's consumers expect it: exit status, messages, and for the machine log
 * the class names and phrases they look for (command line facts §1.6, §10.3).
 */
import { types } from 'node:util'
import { type ByteString, fromText } from '../../lib/bytestring.ts'
import { type ErrorCode, isErrno, messageOf, UserError } from '../../lib/errors.ts'
import { engineExit } from '../exit-code.ts'
import { errnoClass, withErrno } from './errno.ts'
import type { ExitLine } from './event-line.ts'
import { levels, type Message } from './message.ts'

export interface Failure {
  readonly status: number
  readonly message: Message
  readonly error: NonNullable<ExitLine['error']>
}

/**
 * What to say, and the exit status, when a run ends with this error. `error` is for `duba`, which starts the engine, and has the hint
 * in its words.
 */
export function describeFailure(error: unknown): Failure {
  if (!(error instanceof UserError)) return unexpected(error)
  const { code, message, dubaHint: hint } = error
  const status = engineExit[code]
  return {
    status,
    message: { ...messageOfUserError(error, status), code: status },
    error: { code, message, ...(hint === undefined ? {} : { hint }) },
  }
}

/** Status of SIGINT; the words for it are only shown to those who want to know much. */
export const interruption: Failure = {
  status: engineExit.INTERRUPTED,
  message: { level: levels.info, code: 1, text: 'INT intercepted...exiting.' },
  error: { code: 'INTERRUPTED', message: 'The work was interrupted by a signal.' },
}

/** Classes of Python that stand for an error code in records of status 30 and 23. */
const classes: Partial<Record<ErrorCode, string>> = {
  NO_BACKUPS: 'CollectionsError',
  TOO_EARLY: 'CollectionsError',
  SECRET_MISSING: 'EOFError',
  BAD_URL: 'InvalidBackendURL',
  UNSUPPORTED_SCHEME: 'UnsupportedBackendScheme',
}

type Words = Pick<Message, 'level' | 'text' | 'extra'>

function messageOfUserError(error: UserError, status: number): Words {
  const words = error.hint === undefined ? error.message : `${error.message}\n${error.hint}`
  const level = levels.error
  if (error.code === 'USAGE') return { level, text: fromText(error.message) }
  if (error.code === 'LOCKED') {
    const head = 'Another duplicity instance is already running with this archive directory'
    return { level, text: fromText(`${head}\n\n${words}`) }
  }
  if (status === 31) return { level, extra: 'GPGError', text: fromText(gpgWords(error)) }
  if (status !== 30 && status !== 23) return { level, text: fromText(words), ...extraOf(error.extra) }
  const cause = systemCause(error)
  const name =
    error.extra ?? classes[error.code] ?? (cause === undefined ? error.name : errnoClass(cause.code ?? ''))
  const detail = cause === undefined ? '' : `\n${withErrno(cause.message)}`
  return { level, extra: name, text: `${name}: ${fromText(words)}${detail}` }
}

function extraOf(extra: string | undefined): { extra?: string } {
  return extra === undefined ? {} : { extra }
}

/** In the frame of gpg's log, with the phrase for a wrong passphrase where there is no log of gpg's own. */
function gpgWords({ code, message, hint }: UserError): string {
  const advice = hint === undefined ? '' : `${hint}\n`
  if (message.includes('===== Begin GnuPG log =====')) return `${message}\n${advice}`
  const wrong = code === 'DECRYPT_FAILED' || code === 'SECRET_MISMATCH'
  return [
    'GPGError: GPG Failed, see log below:',
    '===== Begin GnuPG log =====',
    message,
    ...(wrong ? ['gpg: decryption failed: Bad session key'] : []),
    '===== End GnuPG log =====',
    advice,
  ].join('\n')
}

/** The system error behind an error, if there is one. */
function systemCause(error: unknown): NodeJS.ErrnoException | undefined {
  for (let each = error; types.isNativeError(each); each = each.cause) {
    if (isErrno(each)) return each
  }
  return undefined
}

function unexpected(error: unknown): Failure {
  const status = 30
  const name = isErrno(error)
    ? errnoClass(error.code ?? '')
    : types.isNativeError(error)
      ? error.name
      : 'Exception'
  const stack = types.isNativeError(error) && error.stack !== undefined ? `${error.stack}\n` : ''
  const last: ByteString = `${name}: ${isErrno(error) ? withErrno(error.message) : fromText(messageOf(error))}`
  return {
    status,
    message: {
      level: levels.error,
      code: status,
      extra: name,
      text: `Traceback (innermost last):\n${fromText(stack)}${last}`,
    },
    error: { code: 'UNEXPECTED', message: messageOf(error) },
  }
}
