/** Lists both places for a removal. */
import type { EngineContext } from '../request.ts'
import { listArchiveDir } from '../session/archive-dir.ts'
import { type Inventory, takeInventory } from './inventory.ts'

/** Throws what the listings throw: without both there is no plan. */
export async function loadInventory({
  backend,
  signal,
  archiveDir,
  names,
}: EngineContext): Promise<Inventory> {
  return takeInventory(await backend.list(signal), await listArchiveDir(archiveDir), names)
}
