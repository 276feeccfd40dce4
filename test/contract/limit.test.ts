import { createMemoryBackend } from '../../src/backend/memory/memory.ts'
import { limit } from '../../src/backend/wrap/limit.ts'
import { describeBackend } from './backend-contract.ts'

for (const concurrency of [1, 3]) {
  describeBackend(`limit to ${concurrency}`, {
    open: () =>
      Promise.resolve({
        backend: limit(createMemoryBackend(), { concurrency }),
        cleanup: () => Promise.resolve(),
      }),
  })
}
