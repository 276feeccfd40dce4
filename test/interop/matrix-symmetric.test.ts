import { describeMode } from './matrix.ts'

describeMode({ name: 'symmetric', options: [], env: { PASSPHRASE: 'correct horse: bättery "staple"' } })
