/** Walks all sets of a chain at once and gives, for each path, what it takes to make its last version (§13.1). */
import { comparePaths, isInside } from '../../format/path-order.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import type { SetItem, SetReader } from './set-reader.ts'

/** The versions of one path that matter: a snapshot or deletion, then deltas in time order. */
export interface PathHistory {
  readonly path: ByteString
  /** From the last item that is not a delta onward; begins with a delta only if its base is missing. */
  readonly items: readonly SetItem[]
  /** What lies above this path and is no directory at that time: nothing may be written below it. */
  readonly obstacle: ByteString | undefined
  /** Hears why the content could not be written. */
  readonly onFailure?: (error: unknown) => void
}

/** Knows of paths that come in order what lies above them and is no directory. */
export class Obstacles {
  #above: ByteString | undefined

  /** What lies above a path; `newest` is what the path itself is, undefined or deleted if it is not there. */
  above(path: ByteString, newest: SetItem | undefined): ByteString | undefined {
    if (this.#above !== undefined && isInside(path, this.#above)) return this.#above
    if (newest !== undefined && newest.action !== 'deleted')
      this.#above = newest.header.type === 'dir' ? undefined : path
    return undefined
  }
}

/** Paths in order. Each must be dealt with before the next is asked for. */
export async function* readHistory(readers: readonly SetReader[]): AsyncGenerator<PathHistory> {
  const cursors: { reader: SetReader; item: SetItem }[] = []
  for (const reader of readers) {
    const item = await reader.next()
    if (item !== undefined) cursors.push({ reader, item })
  }
  const obstacles = new Obstacles()
  while (cursors.length > 0) {
    let path = cursors[0]?.item.path ?? ''
    for (const { item } of cursors) if (comparePaths(item.path, path) < 0) path = item.path
    const here = cursors.filter(({ item }) => item.path === path)
    const items = here.map(({ item }) => item)
    const base = items.findLastIndex(({ action }) => action !== 'diff')
    const obstacle = obstacles.above(path, items.at(-1))
    yield { path, items: items.slice(Math.max(0, base)), obstacle }
    for (const cursor of here) {
      const next = await cursor.reader.next()
      if (next === undefined) cursors.splice(cursors.indexOf(cursor), 1)
      else cursor.item = next
    }
  }
}
