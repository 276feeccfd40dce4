/** The statistics block after a backup, and its numbers. Command line facts §6.1, archive format §14.3. */
import type { BackupStatistics } from '../../engine/events.ts'
import { formatPeople } from '../../format/time.ts'

/** The block, with the line feed at its end that makes an empty line. */
export function statisticsText(statistics: BackupStatistics): string {
  const { startTime, endTime } = statistics
  const elapsed = endTime - startTime
  return [
    '--------------[ Backup Statistics ]--------------',
    `StartTime ${startTime.toFixed(2)} (${formatPeople(startTime)})`,
    `EndTime ${endTime.toFixed(2)} (${formatPeople(endTime)})`,
    `ElapsedTime ${elapsed.toFixed(2)} (${elapsedText(elapsed)})`,
    `SourceFiles ${statistics.sourceFiles}`,
    size('SourceFileSize', statistics.sourceFileSize),
    `NewFiles ${statistics.newFiles}`,
    size('NewFileSize', statistics.newFileSize),
    `DeletedFiles ${statistics.deletedFiles}`,
    `ChangedFiles ${statistics.changedFiles}`,
    size('ChangedFileSize', statistics.changedFileSize),
    // duplicity never counts it; the line is part of the block.
    size('ChangedDeltaSize', 0),
    `DeltaEntries ${statistics.deltaEntries}`,
    size('RawDeltaSize', statistics.rawDeltaSize),
    size('TotalDestinationSizeChange', statistics.totalDestinationSizeChange),
    `Errors ${statistics.errors}`,
    '-------------------------------------------------',
    '',
  ].join('\n')
}

function size(label: string, bytes: number): string {
  return `${label} ${bytes} (${sizeText(bytes)})`
}

const units: readonly (readonly [string, number])[] = [
  ['TB', 2 ** 40],
  ['GB', 2 ** 30],
  ['MB', 2 ** 20],
  ['KB', 2 ** 10],
]

/** Bytes in units of 1024 with three digits: `8.01 KB`, `276 KB`, `1 byte`, `999 bytes`. */
export function sizeText(bytes: number): string {
  const sign = bytes < 0 ? '-' : ''
  const amount = Math.abs(bytes)
  const [unit, factor] = units.find(([, each]) => amount >= each) ?? ['bytes', 1]
  if (factor === 1) return `${sign}${amount} ${amount === 1 ? 'byte' : unit}`
  const value = amount / factor
  return `${sign}${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${unit}`
}

/** A measured time: `0.64 seconds`, `1 minute 1.50 seconds`, `2 hours 2 minutes 5.00 seconds`. */
export function elapsedText(seconds: number): string {
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds - hours * 3600) / 60)
  const rest = seconds - hours * 3600 - minutes * 60
  const words: string[] = []
  if (hours > 0) words.push(hours === 1 ? '1 hour' : `${hours} hours`)
  if (minutes > 0) words.push(minutes === 1 ? '1 minute' : `${minutes} minutes`)
  if (rest === 1) words.push('1 second')
  else if (rest > 1 || words.length === 0) words.push(`${rest.toFixed(2)} seconds`)
  return words.join(' ')
}
