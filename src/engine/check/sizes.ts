/** Compares the sizes of a set's files with those that they had when they were uploaded from here. */
import type { RepositoryFile } from '../chain/sets.ts'
import { type KnownSizes, sizeFaults } from '../session/wholeness.ts'
import type { SetCheck } from './set-check.ts'

/** What an interrupted session left may be of any size. */
export function checkSizes({ set, signatures, place, findings }: SetCheck, sizes: KnownSizes): void {
  if (place === 'unfinished') return
  const files = [...set.volumes.values(), set.manifest, signatures].filter(
    (file): file is RepositoryFile => file !== undefined,
  )
  for (const { kind, detail } of sizeFaults(files, sizes)) findings.damage(kind, `${detail}.`)
}
