import { createMemoryBackend } from '../../src/backend/memory/memory.ts'
import { retry } from '../../src/backend/wrap/retry.ts'
import { describeBackend } from './backend-contract.ts'

describeBackend('retry', {
  open: () =>
    Promise.resolve({
      backend: retry(createMemoryBackend(), {
        attempts: 3,
        delay: 1,
        sleep: () => Promise.resolve(),
        onRetry: () => undefined,
      }),
      cleanup: () => Promise.resolve(),
    }),
})
