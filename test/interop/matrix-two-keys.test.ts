import { fingerprints, longId } from '../support/gpg-home.ts'
import { describeMode } from './matrix.ts'

describeMode({
  name: 'two keys',
  options: ['--encrypt-key', fingerprints.host, '--encrypt-key', longId('master')],
  env: { PASSPHRASE: '' },
  openers: [['host'], ['master']],
})
