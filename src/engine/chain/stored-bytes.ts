/** How much a chain takes up on the destination. */
import { type BackupChain, filesOfChain } from './chains.ts'
import type { Collection } from './collection.ts'

/** Bytes of its volumes, manifests and signatures; undefined where the destination tells no size of one of them. */
export function storedBytes(
  { remote, listing }: Pick<Collection, 'remote' | 'listing'>,
  chain: Pick<BackupChain, 'sets'>,
): number | undefined {
  const sizes = new Map(listing.map(({ name, size }) => [name, size]))
  let bytes = 0
  for (const { name } of filesOfChain(remote, chain)) {
    const size = sizes.get(name)
    if (size === undefined) return undefined
    bytes += size
  }
  return bytes
}
