/** What the schema cannot say: keys that need one another or contradict one another. */
import type { DubaConfig } from './config.generated.ts'
import { configuredKeys, encryptionOf } from './encryption.ts'
import type { Fault } from './fault.ts'
import type { JsonPath, JsonText } from './json-text.ts'

/** Faults in the meaning of a configuration whose values have the types of the schema. */
export function checkMeaning(config: DubaConfig, text: JsonText, file: string): Fault[] {
  const faults: Fault[] = []
  const fault = (path: JsonPath, message: string, remedy: string): void => {
    faults.push({ file, line: text.lineOf(path), path, value: undefined, message, remedy })
  }
  checkEncryption(config, fault)
  config.backup_sources.forEach((source, index) => {
    if (source.dest === undefined && config.backup_dest === undefined) {
      fault(
        ['backup_sources', index],
        'has no destination',
        'Give the source a "dest", or the configuration a "backup_dest".',
      )
    }
    const { path } = source
    if (path.split('/').some((step) => step === '..')) {
      fault(['backup_sources', index, 'path'], 'holds ".."', 'Write the path without it.')
    }
  })
  return faults
}

function checkEncryption(
  config: DubaConfig,
  fault: (path: JsonPath, message: string, remedy: string) => void,
): void {
  const { keys, hidden } = configuredKeys(config)
  const hasKeys = keys.length + hidden.length > 0
  const encryption = encryptionOf(config)
  if (encryption.kind === 'keys' && !hasKeys) {
    fault(['encryption'], 'is "keys", but no key is given', 'Name the keys in "encrypt_keys".')
  }
  if (encryption.kind !== 'keys' && hasKeys) {
    fault(
      ['encryption'],
      `is "${encryption.kind}", but keys to encrypt to are given too`,
      'Remove "encryption" to use the keys, or remove the keys.',
    )
  }
  if (encryption.kind !== 'symmetric' || hasKeys) return
  const without = config.backup_sources.filter(
    ({ env, state }) =>
      state !== 'absent' && (env?.['PASSPHRASE'] ?? config.env?.['PASSPHRASE'] ?? '') === '',
  )
  if (without.length === 0 && config.backup_sources.length > 0) return
  const which = without.length === config.backup_sources.length ? '' : ` for ${without[0]?.path ?? ''}`
  if (config.encryption === undefined) {
    fault(
      [],
      `says nothing of how to encrypt${which}: there is neither a key nor a passphrase`,
      'Name keys in "encrypt_keys", or set "PASSPHRASE" in "env", or write "encryption": "none" to store backups unencrypted.',
    )
  } else {
    fault(['encryption'], `is "symmetric", but there is no passphrase${which}`, 'Set "PASSPHRASE" in "env".')
  }
}
