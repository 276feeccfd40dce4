/** `list-current-files`: what a backup holds, from signature archives alone (archive format §14.2). */
import { isInside } from '../format/path-order.ts'
import { lastFullTime } from './chain/collection.ts'
import { tooEarly } from './chain/choose.ts'
import { loadDescribed, refuseUndescribed, signaturesFor } from './described.ts'
import type { EngineContext, ListRequest } from './request.ts'
import { findMatcher } from './select/find-glob.ts'
import { openState } from './signatures.ts'
import { sizeOf } from './versions.ts'

/**
 * Tells every existing path that is asked for as a `listed` event, in order. Throws NO_BACKUPS, TOO_EARLY and, when all
 * that is known has been told, SIGNATURES_LOST.
 */
export async function listCurrentFiles(
  request: ListRequest,
  context: EngineContext,
): Promise<{ entries: number }> {
  const { metadataSync: mode, time } = request
  const described = await loadDescribed(context, { mode, time })
  context.emit({ type: 'last-full', time: lastFullTime(described.collection) })
  const chain = signaturesFor(described, time, context)
  if (request.time < chain.start) {
    if (request.strictTime === true) throw tooEarly(chain.start, request.time, context.backend.label)
    context.emit({ type: 'list-oldest-used', time: chain.start })
  }
  const state = await openState(context, chain, request.time)
  const fits = request.find === undefined ? () => true : findMatcher(request.find)
  let entries = 0
  try {
    for (let entry = await state.next(); entry !== undefined; entry = await state.next()) {
      context.signal.throwIfAborted()
      const { path, header } = entry
      if (!isInside(path, request.path ?? '') || !fits(path)) continue
      const size = sizeOf(header)
      const facts = { path, mtime: header.mtime, kind: header.type }
      context.emit({ type: 'listed', ...facts, ...(size !== undefined && { size }) })
      entries += 1
    }
  } finally {
    await state.close()
  }
  refuseUndescribed(described.backups, chain, time)
  return { entries }
}
