import { fingerprints } from '../support/gpg-home.ts'
import { describeMode } from './matrix.ts'

describeMode({
  name: 'hidden keys',
  options: ['--hidden-encrypt-key', fingerprints.host, '--hidden-encrypt-key', fingerprints.master],
  env: { PASSPHRASE: '' },
  openers: [['host'], ['master']],
})
