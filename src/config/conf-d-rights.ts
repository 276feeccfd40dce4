/** What a file of `conf.d` may not change: the destinations, keys and hooks that are set elsewhere. */
import type { DubaConfig } from './config.generated.ts'
import type { JsonPath } from './json-text.ts'

/** A thing that the main file can hand over with `conf_d_may`. */
export type Right = NonNullable<DubaConfig['conf_d_may']>[number]

const groups: Readonly<Record<Right, readonly string[]>> = {
  dest: ['backup_dest', 'dest', 'dests', 'cache_dir', 'divide'],
  keys: [
    'gpg_encrypt_local_key',
    'gpg_encrypt_master_key',
    'encrypt_keys',
    'hidden_encrypt_keys',
    'sign_key',
    'key_files',
    'encryption',
  ],
  hooks: ['hooks'],
}

/** Keys that only the main file can have. */
export const mainOnly: readonly string[] = ['version', 'conf_d_may']

/** Variables that decide who can read the backups; the others decide how a destination is reached. */
const keyVariables: readonly string[] = ['PASSPHRASE', 'SIGN_PASSPHRASE', 'GNUPGHOME']

type Layer = Readonly<Record<string, unknown>>

/**
 * The right that is needed to set a member of a layer: the configuration, a source or a destination that is already
 * there. Undefined: none is needed. `layers` are the ones that are set already, from the layer itself outwards.
 */
export function rightFor(member: JsonPath, layers: readonly Layer[]): Right | undefined {
  const [key, variable] = member
  if (key === 'env') {
    const isSet = layers.some(({ env }) => typeof env === 'object' && env !== null && String(variable) in env)
    if (!isSet) return undefined
    return keyVariables.includes(String(variable)) ? 'keys' : 'dest'
  }
  for (const right of ['dest', 'keys', 'hooks'] as const) {
    const group = groups[right]
    if (!group.includes(String(key))) continue
    return layers.some((layer) => group.some((name) => layer[name] !== undefined)) ? right : undefined
  }
  return undefined
}

const words: Readonly<Record<Right, string>> = {
  dest: 'the destination, which is set elsewhere',
  keys: 'the keys, which are set elsewhere',
  hooks: 'the hooks, which are set elsewhere',
}

/** What a file without a right does, as the end of a sentence. */
export const trespass = (right: Right): string => `changes ${words[right]}`
