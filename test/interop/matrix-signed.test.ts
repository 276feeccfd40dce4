import { fingerprints, longId } from '../support/gpg-home.ts'
import { describeMode } from './matrix.ts'

describeMode({
  name: 'signed',
  options: ['--encrypt-key', fingerprints.host, '--sign-key', longId('sign')],
  env: { PASSPHRASE: '', SIGN_PASSPHRASE: '' },
  openers: [['host', 'sign']],
})
