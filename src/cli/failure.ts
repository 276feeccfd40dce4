/** How errors are shown, and the exit status that they give. */
import { errorCodes, type ErrorCode, hasCode, UserError } from '../lib/errors.ts'
import { dubaExit, exitOfSignal } from '../report/exit-code.ts'
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
  const { redact } = shell.masking
  writeLines(shell.stderr, [`duba: error: ${printable(redact(reason.text))}`])
  if (shell.signal.aborted) return exitOfSignal(signalName(shell.signal))
  return errorCode !== undefined && isErrorCode(errorCode) ? dubaExit[errorCode] : 1
}

/** Tells an error that ended a command; gives the exit status. What is no error for people is shown with its stack. */
export function errorStatus(error: unknown, shell: Shell): number {
  const { redact } = shell.masking
  if (shell.signal.aborted) {
    writeLines(shell.stderr, [`duba: interrupted by ${signalName(shell.signal)}`])
    return exitOfSignal(signalName(shell.signal))
  }
  if (error instanceof UserError) {
    const lines = redact(error.message).split('\n').map(printable)
    writeLines(shell.stderr, [`duba: error: ${lines.join('\n')}`])
    if (error.hint !== undefined) writeLines(shell.stderr, [`duba: ${printable(redact(error.hint))}`])
    if (hasCode(error, 'USAGE')) writeLines(shell.stderr, ['duba: See "duba --help".'])
    return dubaExit[error.code]
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  writeLines(shell.stderr, [
    'duba: This is a defect of duba; please report it with these lines.',
    redact(stack),
  ])
  return 1
}

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorCodes, code)
