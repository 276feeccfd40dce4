/** Who can read the backups: the encryption that a configuration asks for. */
import type { Destination, DubaConfig, Source } from './config.generated.ts'

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

/** What each of configuration, source and destination may say about it. */
export type EncryptionLayer = Pick<DubaConfig, 'encrypt_keys' | 'hidden_encrypt_keys' | 'encryption'>

/** The keys that a layer names itself, without the empty ones and without repetitions. */
export function keysOf(layer: EncryptionLayer & Partial<DubaConfig>): { keys: string[]; hidden: string[] } {
  const { gpg_encrypt_local_key, gpg_encrypt_master_key, encrypt_keys = [], hidden_encrypt_keys = [] } = layer
  const named = [gpg_encrypt_local_key, gpg_encrypt_master_key, ...encrypt_keys]
  const keys = named.filter((key): key is string => key !== undefined && key !== '')
  return { keys: [...new Set(keys)], hidden: [...new Set(hidden_encrypt_keys)] }
}

/**
 * The encryption of the jobs of a source and, if it has several, a destination. The innermost layer that names keys
 * names all of them, and the innermost one that says anything decides; without any it is a passphrase, never nothing.
 * `checkMeaning` makes sure that keys or passphrase are there.
 */
export function encryptionOf(
  config: DubaConfig,
  source: Partial<Source> = {},
  destination: Partial<Destination> = {},
): Encryption {
  const layers = [destination, source, config]
  const { keys, hidden } = keysOf(layers.find(namesKeys) ?? {})
  const decides = layers.find((layer) => layer.encryption !== undefined || namesKeys(layer))
  const kind = decides?.encryption ?? (keys.length + hidden.length > 0 ? 'keys' : 'symmetric')
  return kind === 'keys' ? { kind, keys, hidden } : { kind }
}

/** Whether a layer names any key. */
export function namesKeys(layer: EncryptionLayer): boolean {
  const { keys, hidden } = keysOf(layer)
  return keys.length + hidden.length > 0
}
