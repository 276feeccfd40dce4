/** How errors are shown, and the exit status that they give. */
import { errorCodes, type ErrorCode, hasCode, UserError } from '../lib/errors.ts'
import { reasonCode } from '../lib/reason-codes.ts'
import { dubaExit, exitOfSignal } from '../report/exit-code.ts'
import { consoleLines } from '../report/console.ts'
import type { LogLevel } from '../report/log-line.ts'
import { printable } from '../report/printable.ts'
import type { Reason } from '../report/verdict.ts'
import { signalName } from '../run/engine-process.ts'
import { type Shell, writeLines } from './io.ts'

/** Tells why an engine process failed; gives the exit status of the command. */
export function failureStatus(
  { errorCode }: { readonly errorCode: string | undefined },
  reason: Reason,
  shell: Shell,
): number {
  say(shell, 'error', reason.text, reason.code)
  if (shell.signal.aborted) return exitOfSignal(signalName(shell.signal))
  return errorCode !== undefined && isErrorCode(errorCode) ? dubaExit[errorCode] : 1
}

/** Tells an error that ended a command; gives the exit status. What is no error for people is shown with its stack. */
export function errorStatus(error: unknown, shell: Shell): number {
  const { redact } = shell.masking
  if (shell.signal.aborted) {
    say(shell, 'notice', `interrupted by ${signalName(shell.signal)}`)
    return exitOfSignal(signalName(shell.signal))
  }
  if (error instanceof UserError) {
    const [first = '', ...more] = error.message.split('\n')
    say(shell, 'error', first, reasonCode(error.code))
    for (const line of more) {
      if (shell.console.format === 'text') writeLines(shell.stderr, [printable(redact(line))])
      else say(shell, 'error', line, reasonCode(error.code))
    }
    if (error.dubaHint !== undefined) say(shell, 'notice', error.dubaHint)
    if (hasCode(error, 'USAGE')) say(shell, 'notice', 'See "duba --help".')
    return dubaExit[error.code]
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  say(shell, 'error', 'This is a defect of duba; please report it with these lines.')
  for (const line of redact(stack).split('\n')) writeLines(shell.stderr, [printable(line)])
  return 1
}

/** Tells something that is no error. */
export function notice(shell: Shell, text: string): void {
  say(shell, 'notice', text)
}

function say(shell: Shell, level: LogLevel, text: string, code?: string): void {
  const line = consoleLines[shell.console.format]
  writeLines(shell.stderr, [
    line({ time: shell.now(), level, text: shell.masking.redact(text), fields: { code } }),
  ])
}

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorCodes, code)
