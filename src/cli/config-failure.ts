/** A configuration that stops a run is a failure like others: its hooks for failures hear of it, as far as they can be read. */
import { resolve } from 'node:path'
import { failureHooks } from '../config/failure-hooks.ts'
import { defaultConfigFile } from '../config/load.ts'
import { isErrno } from '../lib/errors.ts'
import { createMasking } from '../report/log-redact.ts'
import { printable } from '../report/printable.ts'
import { runHooks } from '../run/hooks.ts'
import { failureFacts } from '../run/run-jobs.ts'
import { SecretValues } from '../run/secret-values.ts'
import { type Shell, writeLines } from './io.ts'
import { configSilence } from './read-config.ts'

/** Tells the hooks of an error with which a run ended before its configuration was there, whatever it is. */
export async function tellConfigFailure(
  error: unknown,
  config: string | undefined,
  shell: Shell,
): Promise<void> {
  const file = config === undefined ? defaultConfigFile : resolve(shell.cwd, config)
  const masking = createMasking([])
  const redact = (text: string): string => masking.redact(shell.masking.redact(text))
  const say = (text: string): void => {
    writeLines(shell.stderr, [`duba: ${printable(redact(text))}`])
  }
  if ((await configSilence(file)) !== undefined) return
  try {
    const place = {
      hooks: { on_error: [...(await failureHooks(file, shell))] },
      scope: 'run' as const,
      facts: { OPERATION: 'backup', HOST: shell.hostname },
      log: (level: string, text: string) => {
        if (level !== 'info') say(text)
      },
    }
    const { env, killAfter, signal, uid } = shell
    const context = {
      env,
      killAfter,
      signal,
      redact,
      secrets: new SecretValues(env, masking, { uid, signal, warn: say }),
    }
    await runHooks('on_error', place, context, failureFacts(error))
  } catch (failure) {
    // The file cannot be read at all: that is what the error says.
    if (!isErrno(failure)) throw failure
  }
}
