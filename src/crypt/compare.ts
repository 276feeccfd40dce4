/**
 * Compares for whom a stored message is with for whom one would be written now.
 */
import type { CryptSettings, SecretCheck } from './crypt.ts'
import { hiddenKeyId, recipientKeyId, type KeyPacket } from './message-head.ts'
import { tags } from './packet.ts'
import type { FoundKey } from './recipients.ts'

export interface CompareOptions {
  readonly settings: Pick<CryptSettings, 'encryption'>
  /** The keys of the settings, with every subkey they ever had. */
  readonly visible: readonly FoundKey[]
  readonly hidden: readonly FoundKey[]
  /** Primary fingerprints written down when the file was made. */
  readonly known: readonly string[] | undefined
}

/** What the session key packets say. */
export function compareHeads(packets: readonly KeyPacket[], options: CompareOptions): SecretCheck {
  const ids = packets
    .filter(({ tag }) => tag === tags.publicSession)
    .map((each) => recipientKeyId(each) ?? '?')
  const passphrases = packets.length - ids.length
  if (options.settings.encryption === 'symmetric') {
    return ids.length === 0 && passphrases > 0
      ? same
      : differ('the file is encrypted to keys, and the settings name a passphrase')
  }
  if (options.settings.encryption === 'none')
    return differ('the file is encrypted, and the settings ask for no encryption')
  if (ids.length === 0) return differ('the file is encrypted with a passphrase, and the settings name keys')
  return compareKeys(ids, options)
}

const same: SecretCheck = { same: true, difference: '' }

function differ(difference: string): SecretCheck {
  return { same: false, difference }
}

function compareKeys(ids: readonly string[], { visible, hidden, known }: CompareOptions): SecretCheck {
  const shown = ids.filter((id) => id !== hiddenKeyId)
  const found = shown.map((id) => visible.find((key) => hasKeyId(key, id)))
  const present = new Set(found.flatMap((key) => key?.fingerprint ?? []))
  let strange = shown.filter((_, i) => !found[i])
  let missing = [...new Set(visible.map((key) => key.fingerprint))].filter(
    (fingerprint) => !present.has(fingerprint),
  )
  // A subkey that was dropped from the key: what was written down tells whose it was.
  if (
    known &&
    strange.length === missing.length &&
    missing.every((fingerprint) => known.includes(fingerprint))
  ) {
    strange = []
    missing = []
  }
  const words = [
    ...strange.map((id) => `key ${id} is no longer named`),
    ...missing.map((fingerprint) => `key ${fingerprint} was added`),
    ...compareHidden(ids.length - shown.length, hidden, visible, known),
  ]
  return words.length === 0 ? same : differ(words.join('; '))
}

/** Hidden recipients show only their number; who they are must have been written down. */
function compareHidden(
  count: number,
  hidden: readonly FoundKey[],
  visible: readonly FoundKey[],
  known: readonly string[] | undefined,
): string[] {
  const now = [...new Set(hidden.map((key) => key.fingerprint))]
  if (count !== now.length)
    return [`the file has ${count} hidden recipients, and the settings name ${now.length}`]
  if (!known || count === 0) return []
  const named = new Set([...now, ...visible.map((key) => key.fingerprint)])
  return [
    ...now.filter((key) => !known.includes(key)).map((key) => `hidden key ${key} was added`),
    ...known.filter((key) => !named.has(key)).map((key) => `key ${key} is no longer named`),
  ]
}

function hasKeyId(found: FoundKey, id: string): boolean {
  const inKey = found.key?.getKeyIDs().some((own) => own.toHex().toUpperCase() === id)
  return inKey ?? found.listed?.parts.some((part) => part.fingerprint.endsWith(id)) ?? false
}
