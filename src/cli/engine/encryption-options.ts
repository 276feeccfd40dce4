/** Options of compression, encryption and signatures. Source: command line facts §2. */
import { option } from './option-row.ts'

export const encryptionOptions = [
  option('no-encryption', 'flag', 'works', 'Encrypts nothing.'),
  option(
    'compression-level',
    'int',
    'works',
    'How well to compress, from 1 (fast) to 9 (small); 4 if left out.',
    {
      metavar: 'level',
      since: 'duba',
    },
  ),
  option(
    'threads',
    'int',
    'works',
    'How many threads compress; as many as the machine has cores if left out.',
    {
      metavar: 'number',
      since: 'duba',
    },
  ),
  option('no-compression', 'flag', 'works', 'With --no-encryption: no gzip either.'),
  option(
    'encrypt-key',
    'text',
    'works',
    'Encrypts to this key: a key id, a fingerprint or a user id. Repeatable.',
    { metavar: 'key' },
  ),
  option(
    'hidden-encrypt-key',
    'text',
    'works',
    'Like --encrypt-key, and the files do not tell to which key. Repeatable.',
    { metavar: 'key' },
  ),
  option(
    'sign-key',
    'key',
    'works',
    'Signs with this key; when reading, demands its signature. 8, 16 or 40 hexadecimal digits.',
    { metavar: 'key' },
  ),
  option('encrypt-sign-key', 'key', 'works', '--encrypt-key and --sign-key at once.', { metavar: 'key' }),
  option(
    'key-file',
    'file',
    'works',
    'OpenPGP keys in a file, searched before the keyring of GnuPG. Repeatable.',
    { since: 'duba' },
  ),
  option(
    'crypto',
    'choice',
    'works',
    'gpg: the gpg program does everything; auto (the default): it does what only it can do.',
    {
      choices: ['auto', 'gpg'],
      since: 'duba',
    },
  ),
  option('gpg-binary', 'file', 'works', 'Program to run as gpg.', { metavar: 'path' }),
  option('gpg-options', 'words', 'works', 'Options for every run of gpg, separated by blanks.', {
    metavar: 'options',
  }),
  option('use-agent', 'flag', 'works', 'Lets gpg ask its agent for passphrases.'),
  option('encrypt-secret-keyring', 'text', 'none', 'Accepted; has no effect in duplicity 0.8.22 either.', {
    metavar: 'path',
  }),
] as const
