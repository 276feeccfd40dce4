/**
 * Keys from files: armored or binary, public or secret.
 */
import { readFile } from 'node:fs/promises'
import type { Key } from 'openpgp'
import { messageOf, UserError } from '../lib/errors.ts'
import { matchesFingerprint, matchesUserId, type KeyName } from './key-name.ts'
import { loadOpenpgp, openpgpConfig } from './openpgp.ts'

const armor =
  /-----BEGIN PGP (?:PUBLIC|PRIVATE) KEY BLOCK-----[\s\S]*?-----END PGP (?:PUBLIC|PRIVATE) KEY BLOCK-----/g

/** The keys of some files, read once. */
export class KeyFiles {
  readonly #paths: readonly string[]
  #keys: Promise<Key[]> | undefined

  constructor(paths: readonly string[]) {
    this.#paths = paths
  }

  /** Every key, one for each fingerprint; secret where a file has the secret. Throws KEY_UNUSABLE. */
  all(): Promise<Key[]> {
    this.#keys ??= readAll(this.#paths)
    return this.#keys
  }

  /** The keys that a name fits. */
  async find(name: KeyName): Promise<Key[]> {
    return (await this.all()).filter((key) =>
      name.hex === undefined
        ? key.getUserIDs().some((userId) => matchesUserId(name, userId))
        : key.getKeys().some((part) => matchesFingerprint(name, part.getFingerprint())),
    )
  }
}

async function readAll(paths: readonly string[]): Promise<Key[]> {
  const keys = new Map<string, Key>()
  for (const path of paths) {
    for (const key of await readKeyFile(path)) {
      const known = keys.get(key.getFingerprint())
      keys.set(key.getFingerprint(), known ? await merged(known, key) : key)
    }
  }
  return [...keys.values()]
}

/** One key out of two files' versions of it: secret if one is, with the newest self-signatures of both. */
function merged(one: Key, other: Key): Promise<Key> {
  return other.isPrivate() && !one.isPrivate() ? other.update(one.toPublic()) : one.update(other.toPublic())
}

async function readKeyFile(path: string): Promise<Key[]> {
  try {
    const { readKeys } = await loadOpenpgp()
    const bytes = await readFile(path)
    const blocks = bytes.toString('latin1').match(armor)
    if (!blocks) return await readKeys({ binaryKeys: bytes, config: openpgpConfig })
    const keys: Key[] = []
    for (const armoredKeys of blocks) keys.push(...(await readKeys({ armoredKeys, config: openpgpConfig })))
    return keys
  } catch (error) {
    throw new UserError('KEY_UNUSABLE', `The key file ${path} cannot be read: ${messageOf(error)}`, {
      hint: 'Name a file made by gpg --export or gpg --export-secret-keys.',
      cause: error,
    })
  }
}
