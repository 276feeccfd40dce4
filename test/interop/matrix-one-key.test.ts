import { fingerprints } from '../support/gpg-home.ts'
import { describeMode } from './matrix.ts'

describeMode({
  name: 'one key',
  options: ['--encrypt-key', fingerprints.host],
  env: { PASSPHRASE: '' },
  openers: [['host']],
})
