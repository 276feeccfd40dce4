/** Counts a backup as duplicity does (archive format §14.3). */
import type { BackupStatistics } from '../events.ts'

export function emptyStatistics(startTime: number): BackupStatistics {
  return {
    startTime,
    endTime: startTime,
    sourceFiles: 0,
    sourceFileSize: 0,
    newFiles: 0,
    newFileSize: 0,
    deletedFiles: 0,
    changedFiles: 0,
    changedFileSize: 0,
    deltaEntries: 0,
    rawDeltaSize: 0,
    totalDestinationSizeChange: 0,
    errors: 0,
  }
}
