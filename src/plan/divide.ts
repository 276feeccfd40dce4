/** Which entries of a divided source get jobs of their own, and which are put together. */
import type { Division } from '../config/settings.ts'
import type { SourceEntry, SourceTree } from './source-tree.ts'

export interface Divided {
  /** Entries with a job of their own, in the order of the directory. */
  readonly single: readonly SourceEntry[]
  /** Whether there are entries that are put together. */
  readonly remainder: boolean
}

/**
 * Divides. An entry that `hasBackups` stays by itself whatever its size: what has a chain is never regrouped. Sizes are
 * looked at only where they matter.
 */
export async function divide(
  entries: readonly SourceEntry[],
  { minSize, maxJobs }: Division,
  sizeOf: (entry: SourceEntry) => ReturnType<SourceTree['size']>,
  hasBackups: (entry: SourceEntry) => boolean,
): Promise<Divided> {
  const fixed = new Set(entries.filter((entry) => !entry.utf8 || hasBackups(entry)))
  const free = entries.filter((entry) => !fixed.has(entry))
  const room = Math.max(0, maxJobs - fixed.size)
  if (minSize === 0 && free.length <= room) return { single: entries, remainder: false }
  const sized = await Promise.all(free.map(async (entry) => ({ entry, size: await sizeOf(entry) })))
  const large = sized.filter(({ size }) => size >= minSize).sort((a, b) => b.size - a.size)
  const chosen = new Set([...fixed, ...large.slice(0, room).map(({ entry }) => entry)])
  return {
    single: entries.filter((entry) => chosen.has(entry)),
    remainder: chosen.size < entries.length,
  }
}
