import { createMemoryBackend } from '../../src/backend/memory/memory.ts'
import { trace } from '../../src/backend/wrap/trace.ts'
import { describeBackend } from './backend-contract.ts'

describeBackend('trace', {
  open: () =>
    Promise.resolve({
      backend: trace(createMemoryBackend(), { onCall: () => undefined, monotonic: () => 0 }),
      cleanup: () => Promise.resolve(),
    }),
})
