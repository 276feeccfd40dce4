/** Who can read the backups: the encryption that a configuration asks for. */
import type { DubaConfig } from './config.generated.ts'

export type Encryption =
  | {
      readonly kind: 'keys'
      /** Fingerprints, key ids or user ids, in the order host key, master key, others. */
      readonly keys: readonly string[]
      /** The same, not named in the backup. */
      readonly hidden: readonly string[]
    }
  /** To `PASSPHRASE` of the environment. */
  | { readonly kind: 'symmetric' }
  | { readonly kind: 'none' }

/** The keys that a configuration names, without the empty ones and without repetitions. */
export function configuredKeys(config: DubaConfig): { keys: string[]; hidden: string[] } {
  const {
    gpg_encrypt_local_key,
    gpg_encrypt_master_key,
    encrypt_keys = [],
    hidden_encrypt_keys = [],
  } = config
  const named = [gpg_encrypt_local_key, gpg_encrypt_master_key, ...encrypt_keys]
  const keys = named.filter((key): key is string => key !== undefined && key !== '')
  return { keys: [...new Set(keys)], hidden: [...new Set(hidden_encrypt_keys)] }
}

/**
 * The encryption of all jobs. A configuration without `encryption` uses its keys, else a passphrase: it is never
 * unencrypted. `checkMeaning` makes sure that keys or passphrase are there.
 */
export function encryptionOf(config: DubaConfig): Encryption {
  const { keys, hidden } = configuredKeys(config)
  const kind = config.encryption ?? (keys.length + hidden.length > 0 ? 'keys' : 'symmetric')
  return kind === 'keys' ? { kind, keys, hidden } : { kind }
}
