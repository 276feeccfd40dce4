import { createMemoryBackend } from '../../src/backend/memory/memory.ts'
import { describeBackend } from './backend-contract.ts'

describeBackend('memory', {
  open: () => Promise.resolve({ backend: createMemoryBackend(), cleanup: () => Promise.resolve() }),
})
