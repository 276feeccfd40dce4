/** Names of repository files for tests about removals: sets at whole days, told by their number. */
import { defaultNames } from '../../../../src/format/filename.ts'
import { formatNameTime } from '../../../../src/format/name-time.ts'
import { type Inventory, takeInventory } from '../../../../src/engine/removal/inventory.ts'

/** The moment of day `index`. */
export const at = (index: number): number => 1_700_000_000 + 86_400 * index
const T = (index: number): string => formatNameTime(at(index))

export const fullManifest = (i: number): string => `duplicity-full.${T(i)}.manifest`
export const fullVolume = (i: number, n = 1): string => `duplicity-full.${T(i)}.vol${n}.difftar.gz`
export const fullSignatures = (i: number): string => `duplicity-full-signatures.${T(i)}.sigtar.gz`
export const incManifest = (i: number, j: number): string => `duplicity-inc.${T(i)}.to.${T(j)}.manifest`
export const incVolume = (i: number, j: number, n = 1): string =>
  `duplicity-inc.${T(i)}.to.${T(j)}.vol${n}.difftar.gz`
export const newSignatures = (i: number, j: number): string =>
  `duplicity-new-signatures.${T(i)}.to.${T(j)}.sigtar.gz`

/** All remote files of a full set. */
export const full = (i: number, volumes = 1): string[] => [
  ...Array.from({ length: volumes }, (_, n) => fullVolume(i, n + 1)),
  fullSignatures(i),
  fullManifest(i),
]

/** All remote files of an incremental. */
export const inc = (i: number, j: number, volumes = 1): string[] => [
  ...Array.from({ length: volumes }, (_, n) => incVolume(i, j, n + 1)),
  newSignatures(i, j),
  incManifest(i, j),
]

/** What the archive directory caches of remote files. */
export const cached = (remote: readonly string[]): string[] =>
  remote.filter((name) => /manifest|sigtar/.test(name))

/** An inventory; the archive directory is in step unless it is given. */
export function inventory(remote: readonly string[], local: readonly string[] = cached(remote)): Inventory {
  const listed = (names: readonly string[]) => names.map((name) => ({ name }))
  return takeInventory(listed(remote), listed(local), defaultNames)
}
