/**
 * What openpgp.js must accept beyond its defaults so that keys which gpg uses can be used here.
 */
import { config, type Config, type PartialConfig } from 'openpgp'

/** Fleets have keys with one RSA primary for everything, and old algorithms; gpg takes them all. */
export const openpgpConfig: PartialConfig = {
  allowInsecureDecryptionWithSigningKeys: true,
  minRSABits: 1024,
  rejectPublicKeyAlgorithms: new Set(),
  rejectCurves: new Set(),
}

/** The same with every default filled in, for the functions that want all of it. */
export const wholeConfig: Config = { ...config, ...openpgpConfig }
