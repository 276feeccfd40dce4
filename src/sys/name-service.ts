/** Asks the name services of the machine (LDAP, SSSD and the like) through `getent`, where /etc has no answer. */
import { spawnSync } from 'node:child_process'
import { type ByteString, fromBytes, toText } from '../lib/bytestring.ts'

/** Milliseconds after which an answer is not waited for: a directory server that hangs must not stop a backup. */
const PATIENCE = 5000

/**
 * A line of passwd(5) or group(5) for a name or decimal number, or undefined: unknown, no `getent` here, or no answer
 * in time. `env` is the environment for the program.
 */
export function askNameService(
  database: 'passwd' | 'group',
  key: ByteString,
  env: Readonly<Record<string, string | undefined>>,
): ByteString | undefined {
  // A key that begins with a dash would be an option; no user or group has such a name.
  if (key === '' || key.startsWith('-') || key.includes('\0')) return undefined
  const { status, stdout } = spawnSync('getent', [database, toText(key)], { env, timeout: PATIENCE })
  return status === 0 ? fromBytes(stdout) : undefined
}
