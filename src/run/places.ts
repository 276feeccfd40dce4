/** Where duba keeps what it writes on this machine. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { DubaConfig } from '../config/config.generated.ts'
import { messageOf, UserError } from '../lib/errors.ts'

export interface Places {
  /** Log files of the jobs. */
  readonly logDir: string
  /** The lock of a run and the last verdicts. */
  readonly stateDir: string
}

/** The configured directories, else those of the system for root, and of the user for others. */
export function placesOf(
  config: DubaConfig,
  user: {
    readonly uid: number
    readonly home: string
    readonly env: Readonly<Record<string, string | undefined>>
  },
): Places {
  const root = user.uid === 0
  const state = root ? '/var/lib' : (user.env['XDG_STATE_HOME'] ?? join(user.home, '.local/state'))
  const stateDir = config.state_dir ?? join(state, 'duba')
  return { stateDir, logDir: config.logdir ?? (root ? '/var/log/duplicity' : join(stateDir, 'log')) }
}

/** Creates a directory, 0750, with its parents. Throws STATE_UNWRITABLE. */
export async function makeDirectory(path: string, key: 'logdir' | 'state_dir'): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o750 })
  } catch (error) {
    throw new UserError('STATE_UNWRITABLE', `The directory ${path} cannot be made: ${messageOf(error)}`, {
      hint: `Set "${key}" to a directory that this user can write, or run duba as root.`,
      cause: error,
    })
  }
}
