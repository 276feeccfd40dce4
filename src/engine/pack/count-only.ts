/** Counts what a backup does not store, in the statistics of duplicity (archive format §14.3). */
import type { Change } from '../diff/changes.ts'
import type { BackupStatistics } from '../events.ts'
import type { BackupRequest, EngineContext } from '../request.ts'
import { fullPath } from '../select/full-path.ts'

/** Counts and tells a change without reading or storing anything. */
export function countOnly(
  change: Change,
  request: BackupRequest,
  context: EngineContext,
  statistics: BackupStatistics,
): void {
  switch (change.change) {
    case 'unchanged':
      statistics.sourceFiles += 1
      statistics.sourceFileSize += change.entry.size
      return
    case 'blocked': {
      const { reason, path, detail } = change.item
      statistics.errors += 1
      context.emit({
        type: 'trouble',
        trouble: reason,
        path,
        fullPath: fullPath(request.source, path),
        detail,
      })
      return
    }
    case 'none': {
      const { trouble, path, detail } = change.item
      context.emit({ type: 'trouble', trouble, path, fullPath: fullPath(request.source, path), detail })
      return
    }
    case 'deleted':
      statistics.deletedFiles += 1
      statistics.deltaEntries += 1
      context.emit({ type: 'entry', change: 'deleted', path: change.path, kind: change.kind, size: 0 })
      return
    case 'new':
    case 'changed': {
      const { path, kind, size } = change.entry
      statistics.sourceFiles += 1
      statistics.sourceFileSize += size
      statistics.deltaEntries += 1
      if (change.change === 'new') {
        statistics.newFiles += 1
        statistics.newFileSize += size
      } else {
        statistics.changedFiles += 1
        statistics.changedFileSize += size
      }
      context.emit({ type: 'entry', change: change.change, path, kind, size })
    }
  }
}
