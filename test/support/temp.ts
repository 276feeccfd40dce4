/** Temporary folders of tests: one per test file or `describe`, gone when it ends, whatever happened. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from '@jest/globals'

/**
 * A new folder, mode 0700, that is removed with everything in it after the tests of the file (or of the `describe` it
 * is asked for in). The path is short and plain ASCII, and below `os.tmpdir()`, which duplicity 3 sees under the same
 * path. `beforeRemoval` gets the path, to end what still works there. Where a filter (`-t`) leaves out all the tests,
 * jest calls no `afterAll`, and the folder stays, empty.
 */
export function useTempDir(label = 'work', beforeRemoval?: (path: string) => void): string {
  const path = mkdtempSync(join(tmpdir(), `duba-${label}-`))
  afterAll(() => {
    try {
      beforeRemoval?.(path)
    } finally {
      rmSync(path, { recursive: true, force: true })
    }
  })
  return path
}
