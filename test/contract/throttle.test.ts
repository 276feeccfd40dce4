import { createMemoryBackend } from '../../src/backend/memory/memory.ts'
import { throttle } from '../../src/backend/wrap/throttle.ts'
import { describeBackend } from './backend-contract.ts'

describeBackend('throttle', {
  open() {
    let clock = 0
    const sleep = (seconds: number): Promise<void> => {
      clock += seconds
      return Promise.resolve()
    }
    const backend = throttle(createMemoryBackend(), {
      upload: 1e4,
      download: 1e5,
      monotonic: () => clock,
      sleep,
    })
    return Promise.resolve({ backend, cleanup: () => Promise.resolve() })
  },
})
