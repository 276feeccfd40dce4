/**
 * What a file of `conf.d` may not change: destinations, keys, hooks and retention that are set elsewhere, what is left out
 * there, and what is checked and how it is judged.
 */
import type { DubaConfig } from './config.generated.ts'
import type { JsonPath } from './json-text.ts'

/** A thing that the main file can hand over with `conf_d_may`. */
export type Right = NonNullable<DubaConfig['conf_d_may']>[number]

const includeKeys = ['backup_includes', 'includes', 'include_files']
const excludeKeys = ['backup_excludes', 'excludes', 'exclude_files']

const groups: Readonly<Record<Right, readonly string[]>> = {
  // `host` stands in destinations.
  dest: ['backup_dest', 'dest', 'dests', 'cache_dir', 'divide', 'host'],
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
  retention: [
    'retention_time',
    'keep_full',
    'keep_incrementals_of',
    'keep_chains',
    'prune',
    'orphan_grace',
    'max_unreadable',
    'max_unreadable_percent',
  ],
  includes: includeKeys,
  verdicts: [
    ...['state', 'must_exist', 'min_files', 'min_bytes', 'max_shrink_percent'],
    ...['max_age', 'verdicts', 'state_dir'],
  ],
}
/** Of these, any that is set forbids all of them: they decide one thing together. */
const together: readonly Right[] = ['dest', 'keys', 'hooks', 'retention']
/** What is there without being set: a source is present, its verdicts are those of the program, and a host has a name. */
const alwaysSet: readonly string[] = ['state', 'verdicts', 'host']

const rights = [
  'dest',
  'keys',
  'hooks',
  'retention',
  'includes',
  'verdicts',
] as const satisfies readonly Right[]

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
  const name = String(key)
  const right = rights.find((each) => groups[each].includes(name))
  if (right === undefined) return undefined
  if (alwaysSet.includes(name)) return right
  const names = namesAround(right, name)
  return names.some((each) => isSetIn(layers, each)) ? right : undefined
}

/** What must not be set elsewhere for a member to be free. */
function namesAround(right: Right, name: string): readonly string[] {
  // Excludes may be added by everybody, includes bring back what they leave out.
  if (right === 'includes') return excludeKeys
  return together.includes(right) ? groups[right] : [name]
}

function isSetIn(layers: readonly Layer[], name: string): boolean {
  // The new style says itself that sources must exist.
  if (name === 'must_exist' && layers.some(({ version }) => version === 2)) return true
  return layers.some((layer) => layer[name] !== undefined)
}

const words: Readonly<Record<Right, string>> = {
  dest: 'the destination, which is set elsewhere',
  keys: 'the keys, which are set elsewhere',
  hooks: 'the hooks, which are set elsewhere',
  retention: 'the retention, which is set elsewhere',
  includes: 'what is left out, which is set elsewhere',
  verdicts: 'what is checked, or how it is judged',
}

/** What a file without a right does, as the end of a sentence. */
export const trespass = (right: Right): string => `changes ${words[right]}`
