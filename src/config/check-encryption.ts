/** Whether everything that is backed up has keys or a passphrase, or is plainly to be unencrypted. */
import type { Destination, DubaConfig, SecretText, Source } from './config.generated.ts'
import { type EncryptionLayer, encryptionOf, namesKeys } from './encryption.ts'
import type { TellFault } from './fault.ts'
import type { JsonPath } from './json-text.ts'

/** Tells contradictions, and of a configuration that is all there the keys and passphrases that are missing. */
export function checkEncryption(config: DubaConfig, fault: TellFault, whole: boolean): void {
  checkLayer(config, [], encryptionOf(config), fault, whole)
  for (const [index, source] of config.backup_sources.entries()) {
    const at: JsonPath = ['backup_sources', index]
    checkLayer(source, at, encryptionOf(config, source), fault, whole)
    for (const [number, destination] of (source.dests ?? []).entries()) {
      const inside: JsonPath = [...at, 'dests', number]
      checkLayer(destination, inside, encryptionOf(config, source, destination), fault, whole)
    }
  }
  if (whole) checkPassphrases(config, fault)
}

function checkLayer(
  layer: EncryptionLayer & Partial<DubaConfig>,
  at: JsonPath,
  effective: ReturnType<typeof encryptionOf>,
  fault: TellFault,
  whole: boolean,
): void {
  const { encryption } = layer
  if (encryption === undefined) return
  if (whole && effective.kind === 'keys' && effective.keys.length + effective.hidden.length === 0) {
    fault([...at, 'encryption'], 'is "keys", but no key is given', 'Name the keys in "encrypt_keys".')
  }
  if (encryption !== 'keys' && namesKeys(layer)) {
    fault(
      [...at, 'encryption'],
      `is "${encryption}", but keys to encrypt to are given too`,
      'Remove "encryption" to use the keys, or remove the keys.',
    )
  }
}

/** One fault for all that is to be encrypted with a passphrase and has none. */
function checkPassphrases(config: DubaConfig, fault: TellFault): void {
  const { backup_sources: sources } = config
  if (sources.length === 0) {
    if (encryptionOf(config).kind === 'symmetric' && isEmpty(config.env?.['PASSPHRASE'])) {
      tell(config, '', [], fault)
    }
    return
  }
  const targets = sources.flatMap((source, index) => {
    const destinations: readonly Partial<Destination>[] = source.dests ?? [{}]
    return destinations.map((destination) => ({ source, index, destination }))
  })
  const without = targets.filter(({ source, destination }) => lacksPassphrase(config, source, destination))
  const [first] = without
  if (first === undefined) return
  const all = without.length === targets.length
  const own = first.destination.encryption ?? first.source.encryption
  const at: JsonPath = own === undefined ? [] : ['backup_sources', first.index]
  tell(own === undefined ? config : { encryption: own }, all ? '' : ` for ${first.source.path}`, at, fault)
}

function tell({ encryption }: EncryptionLayer, which: string, at: JsonPath, fault: TellFault): void {
  if (encryption === undefined) {
    fault(
      [],
      `says nothing of how to encrypt${which}: there is neither a key nor a passphrase`,
      'Name keys in "encrypt_keys", or set "PASSPHRASE" in "env", or write "encryption": "none" to store backups unencrypted.',
    )
  } else {
    fault(
      [...at, 'encryption'],
      `is "symmetric", but there is no passphrase${which}`,
      'Set "PASSPHRASE" in "env".',
    )
  }
}

function lacksPassphrase(config: DubaConfig, source: Source, destination: Partial<Destination>): boolean {
  if (source.state === 'absent' || destination.state === 'absent') return false
  if (encryptionOf(config, source, destination).kind !== 'symmetric') return false
  return isEmpty([destination, source, config].map(({ env }) => env?.['PASSPHRASE']).find(isSet))
}

const isSet = (value: SecretText | undefined): boolean => value !== undefined
const isEmpty = (value: SecretText | undefined): boolean => value === undefined || value === ''
