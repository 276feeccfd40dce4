import { expect, test } from '@jest/globals'
import { forOperators } from '../../../src/report/operator-words.ts'

test.each([
  ['Choose another with --archive-dir or --name.', 'Choose another with "cache_dir".'],
  ['Set PASSPHRASE, or name a key with --encrypt-key.', 'Set PASSPHRASE, or name a key with "encrypt_keys".'],
  ['gpg --import, x--tempdir, --unknown', 'gpg --import, x--tempdir, --unknown'],
])('options of the engine become keys: %s', (said, shown) => {
  expect(forOperators(said)).toBe(shown)
})
