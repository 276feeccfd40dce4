/** Temporary folders of tests: one per test file, gone when it ends, whatever happened. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from '@jest/globals'

/**
 * A new folder that is removed, with everything in it, after the tests of the file (or of the `describe` it is made
 * in). Its path is short and plain ASCII, and below `os.tmpdir()`, which duplicity 3 sees under the same path.
 */
export function useTempDir(label = 'work'): string {
  const path = mkdtempSync(join(tmpdir(), `duba-${label}-`))
  afterAll(() => {
    rmSync(path, { recursive: true, force: true })
  })
  return path
}
