/** `collection-status`: chains and sets as the listings show them; nothing is fetched (archive format §9.8). */
import { lastFullTime, summarizeCollection } from './chain/collection.ts'
import type { CollectionSummary } from './events.ts'
import type { EngineContext } from './request.ts'
import { loadCollection } from './session/sync.ts'

export async function collectionStatus(context: EngineContext): Promise<CollectionSummary> {
  const collection = await loadCollection(context)
  context.emit({ type: 'last-full', time: lastFullTime(collection) })
  const summary = summarizeCollection(collection, context.archiveDir)
  context.emit({ type: 'collection-status', summary })
  return summary
}
