/**
 * openpgp.js, loaded when the first key is touched: it takes long to load, and much of what is read and listed needs
 * no key. And what it must accept beyond its defaults so that keys which gpg uses can be used here.
 */
import { createRequire } from 'node:module'
import type { Config, PartialConfig } from 'openpgp'

/** The library. Required: to those who import it the package gives a file of three times the size (decision 0011). */
export function loadOpenpgp(): Promise<typeof import('openpgp')> {
  const require = createRequire(import.meta.url)
  return Promise.resolve(require('openpgp') as typeof import('openpgp'))
}

/** Fleets have keys with one RSA primary for everything, and old algorithms; gpg takes them all. */
export const openpgpConfig: PartialConfig = {
  allowInsecureDecryptionWithSigningKeys: true,
  minRSABits: 1024,
  rejectPublicKeyAlgorithms: new Set(),
  rejectCurves: new Set(),
}

/** The same with every default filled in, for the functions that want all of it. */
export async function wholeConfig(): Promise<Config> {
  const { config } = await loadOpenpgp()
  return { ...config, ...openpgpConfig }
}
