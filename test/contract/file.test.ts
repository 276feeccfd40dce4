import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFile } from '../../src/backend/file/file.ts'
import { parseUrl } from '../../src/backend/url.ts'
import { describeBackend } from './backend-contract.ts'

describeBackend('file', {
  chunk: 1 << 18,
  async open() {
    const cwd = await mkdtemp(join(tmpdir(), 'duba-file-'))
    return {
      backend: openFile(parseUrl('file://not/yet there'), { cwd, now: () => Date.now() / 1000 }),
      cleanup: () => rm(cwd, { recursive: true }),
    }
  },
})
