/** Keys that are named so that others could forge them. Whether a key is there and can encrypt is seen in a run. */
import type { DubaConfig } from './config.generated.ts'
import { type EncryptionLayer, keysOf } from './encryption.ts'
import type { Fault } from './fault.ts'
import type { JsonPath } from './json-text.ts'
import type { Locate } from './place.ts'

type Layer = EncryptionLayer & Partial<Pick<DubaConfig, 'sign_key'>>

/** A warning for every layer that names keys by 8 hexadecimal digits. */
export function warnOfShortKeys(config: DubaConfig, locate: Locate): Fault[] {
  const layers: [JsonPath, Layer][] = [
    [[], config],
    ...config.backup_sources.flatMap((source, index): [JsonPath, Layer][] => [
      [['backup_sources', index], source],
      ...(source.dests ?? []).map((destination, number): [JsonPath, Layer] => [
        ['backup_sources', index, 'dests', number],
        destination,
      ]),
    ]),
  ]
  return layers.flatMap(([path, layer]) => {
    const { keys, hidden } = keysOf(layer)
    const named = [...keys, ...hidden, ...(layer.sign_key === undefined ? [] : [layer.sign_key])]
    const short = named.filter((key) => /^(0x)?[0-9A-Fa-f]{8}$/.test(key))
    if (short.length === 0) return []
    const message = `names the key ${short.join(', ')} by 8 digits, and keys with the same 8 digits can be forged`
    return [{ ...locate(path), value: undefined, message, remedy: 'Write the 40 digits of its fingerprint.' }]
  })
}
