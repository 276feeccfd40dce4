/** How much a chain takes up on the destination. */
import type { BackupChain } from './chains.ts'
import type { Collection } from './collection.ts'
import { identityKey } from './sets.ts'

/** Bytes of its volumes, manifests and signatures; undefined where the destination tells no size of one of them. */
export function storedBytes(
  { remote, listing }: Pick<Collection, 'remote' | 'listing'>,
  { sets }: Pick<BackupChain, 'sets'>,
): number | undefined {
  const sizes = new Map(listing.map(({ name, size }) => [name, size]))
  const keys = new Set(sets.map(identityKey))
  let bytes = 0
  for (const { name, parsed } of remote) {
    if (!keys.has(identityKey(parsed))) continue
    const size = sizes.get(name)
    if (size === undefined) return undefined
    bytes += size
  }
  return bytes
}
