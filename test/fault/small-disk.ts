/** A small file system in memory (tmpfs), mounted for a test file, that can be filled to any level. */
import { execFileSync } from 'node:child_process'
import { rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll } from '@jest/globals'
import { useTempDir } from '../support/temp.ts'

const KIB = 1024

/** See `useSmallDisk`. */
export interface SmallDisk {
  readonly path: string
  /** Leaves so many KiB free. */
  fill(left: number): void
  /** Makes space again. */
  clear(): void
}

/** Mounts a disk on a folder of its own; needs root, as all these tests do. Gone after the tests of the file. */
export function useSmallDisk(kibibytes: number): SmallDisk {
  const path = useTempDir('small', (mounted) => {
    execFileSync('umount', ['--lazy', mounted])
  })
  const filler = join(path, '.filler')
  beforeAll(() => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k,mode=0700`, 'duba-small-disk', path])
  })
  return {
    path,
    fill: (left) => {
      rmSync(filler, { force: true })
      const { bavail, bsize } = statfsSync(path)
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - left * KIB)))
    },
    clear: () => {
      rmSync(filler, { force: true })
    },
  }
}
