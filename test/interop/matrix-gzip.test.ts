import { describeMode } from './matrix.ts'

describeMode({ name: 'gzip', options: ['--no-encryption'] })
