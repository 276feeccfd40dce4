import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBackend } from '../../src/backend/open.ts'
import { parseUrl } from '../../src/backend/url.ts'
import { describeBackend } from './backend-contract.ts'

const sleep = (): Promise<void> => Promise.resolve()
const ignore = (): void => undefined

describeBackend('file with every wrapper around it', {
  async open() {
    let clock = 0
    const monotonic = (): number => (clock += 1)
    const cwd = await mkdtemp(join(tmpdir(), 'duba-open-'))
    const backend = openBackend(parseUrl('file://place'), {
      cwd,
      now: () => Date.now() / 1000,
      retry: { attempts: 2, delay: 1, sleep, onRetry: ignore },
      limit: { concurrency: 4 },
      throttle: { upload: 1e6, download: 1e6, monotonic, sleep },
      trace: { onCall: ignore, monotonic },
    })
    return { backend, cleanup: () => rm(cwd, { recursive: true }) }
  },
})
