/** Lists both places for a removal. */
import type { EngineContext } from '../request.ts'
import { listArchiveDir } from '../session/archive-dir.ts'
import { type Inventory, takeInventory } from './inventory.ts'

/** Throws what the listings throw: without both there is no plan. `sizes` are those of the remote files, by name. */
export async function loadInventory({ backend, signal, archiveDir, names }: EngineContext): Promise<{
  readonly inventory: Inventory
  readonly sizes: ReadonlyMap<string, number | undefined>
}> {
  const listed = await backend.list(signal)
  return {
    inventory: takeInventory(listed, await listArchiveDir(archiveDir), names),
    sizes: new Map(listed.map(({ name, size }) => [name, size])),
  }
}
