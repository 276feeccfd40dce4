/**
 * Keys in the GnuPG keyring, looked up with the gpg program and its colon listing (GnuPG doc/DETAILS).
 */
import type { Key } from 'openpgp'
import { gpgFailed, type Gpg } from './gpg-process.ts'
import type { KeyName } from './key-name.ts'
import { loadOpenpgp, openpgpConfig } from './openpgp.ts'

/** A key as the listing tells it. */
export interface KeyringKey {
  /** Fingerprint of the primary, upper case. */
  readonly fingerprint: string
  /** One letter: `r` revoked, `e` expired, `i` invalid, `f` and `u` valid, others not known to be. */
  readonly validity: string
  /** Letters; upper case is what the whole key can do, `D` disabled. */
  readonly capabilities: string
  /** Seconds since the epoch; undefined: never. */
  readonly expires: number | undefined
  /** Primary and subkeys. */
  readonly parts: readonly { readonly fingerprint: string; readonly capabilities: string }[]
  readonly userIds: readonly string[]
}

/** The keys that fit a name; `secret`: only those whose secret the keyring has. Throws GPG_FAILED. */
export async function listKeys(gpg: Gpg, name: KeyName, secret = false): Promise<KeyringKey[]> {
  const list = secret ? '--list-secret-keys' : '--list-keys'
  const result = await gpg.run({ args: ['--with-colons', '--fixed-list-mode', list, '--', name.text] })
  // Exit code 2 is gpg's way to say that there is none.
  if (result.exitCode !== 0 && result.exitCode !== 2) throw gpgFailed(result)
  return parseColons(result.stdout.toString('utf8'))
}

/** The public key in the form of openpgp.js; undefined where that cannot read it. Throws GPG_FAILED. */
export async function exportKey(gpg: Gpg, fingerprint: string): Promise<Key | undefined> {
  const args = ['--no-armor', '--export-options', 'export-minimal', '--export', '--', fingerprint]
  const result = await gpg.run({ args })
  if (result.exitCode !== 0 || result.stdout.length === 0) throw gpgFailed(result)
  const { readKey } = await loadOpenpgp()
  try {
    return await readKey({ binaryKey: result.stdout, config: openpgpConfig })
  } catch {
    // An algorithm that openpgp.js does not know: gpg will do the work.
    return undefined
  }
}

/** Reads a colon listing. */
export function parseColons(listing: string): KeyringKey[] {
  const keys: (KeyringKey & { parts: { fingerprint: string; capabilities: string }[]; userIds: string[] })[] =
    []
  let capabilities = ''
  for (const line of listing.split('\n')) {
    const field = line.split(':')
    const key = keys.at(-1)
    switch (field[0] ?? '') {
      case 'pub':
      case 'sec':
        capabilities = field[11] ?? ''
        keys.push({
          fingerprint: '',
          validity: field[1] ?? '',
          capabilities,
          expires: field[6] ? Number(field[6]) : undefined,
          parts: [],
          userIds: [],
        })
        break
      case 'sub':
      case 'ssb':
        capabilities = field[11] ?? ''
        break
      case 'fpr':
        key?.parts.push({ fingerprint: field[9] ?? '', capabilities })
        break
      case 'uid':
        key?.userIds.push(field[9] ?? '')
        break
      default:
    }
  }
  return keys.map((key) => ({ ...key, fingerprint: key.parts[0]?.fingerprint ?? '' }))
}
