import { describeMode } from './matrix.ts'

describeMode({ name: 'plain', options: ['--no-encryption', '--no-compression'] })
