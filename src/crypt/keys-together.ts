/** Several keys of the GnuPG keyring, asked for in two calls of gpg instead of two for each: starting gpg is what costs. */
import type { Key } from 'openpgp'
import type { Gpg } from './gpg-process.ts'
import { type KeyName, matchesFingerprint } from './key-name.ts'
import { type KeyringKey, parseColons } from './keyring.ts'
import { loadOpenpgp, openpgpConfig } from './openpgp.ts'

/** A key of the keyring with its listing. */
export interface ListedKey {
  readonly listed: KeyringKey
  readonly key: Key
}

/**
 * The keys of names that are fingerprints or key ids, by the text of the name. Left out is what needs a closer look: names
 * that fit no key or several, and keys that openpgp.js cannot read. Never throws for what gpg says.
 */
export async function findTogether(gpg: Gpg, names: readonly KeyName[]): Promise<Map<string, ListedKey>> {
  const found = new Map<string, ListedKey>()
  const asked = names.filter(({ hex }) => hex !== undefined)
  if (asked.length < 2) return found
  const list = ['--with-colons', '--fixed-list-mode', '--list-keys', '--', ...asked.map(({ text }) => text)]
  const { stdout } = await gpg.run({ args: list })
  const listed = new Map(parseColons(stdout.toString('utf8')).map((key) => [key.fingerprint, key]))
  const only = asked.flatMap((name) => {
    const fitting = [...listed.values()].filter((key) => hasPart(key, name))
    return fitting.length === 1 && fitting[0] !== undefined ? [{ name, listed: fitting[0] }] : []
  })
  if (only.length === 0) return found
  const exported = await exportTogether(gpg, [...new Set(only.map((each) => each.listed.fingerprint))])
  for (const { name, listed: key } of only) {
    const own = exported.get(key.fingerprint)
    if (own !== undefined) found.set(name.text, { listed: key, key: own })
  }
  return found
}

const hasPart = ({ parts }: KeyringKey, name: KeyName): boolean =>
  parts.some(({ fingerprint }) => matchesFingerprint(name, fingerprint))

async function exportTogether(gpg: Gpg, fingerprints: readonly string[]): Promise<Map<string, Key>> {
  const args = ['--no-armor', '--export-options', 'export-minimal', '--export', '--', ...fingerprints]
  const { stdout } = await gpg.run({ args })
  const { readKeys } = await loadOpenpgp()
  try {
    const keys = await readKeys({ binaryKeys: stdout, config: openpgpConfig })
    return new Map(keys.map((key) => [key.getFingerprint().toUpperCase(), key]))
  } catch {
    // One of them is of an algorithm that openpgp.js does not know: each is asked for by itself.
    return new Map()
  }
}
