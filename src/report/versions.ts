/** What backup sets say of a path, for people and for machines. */
import { formatMoment } from '../format/time.ts'
import { isoTime, sizeText } from './printable.ts'
import { storedJson, type StoredPath } from './stored-path.ts'

export interface Version extends StoredPath {
  /** End of the set: the time to restore it by. Seconds since the epoch. */
  readonly end: number
  readonly action: 'stored' | 'deleted'
}

/** The set's time, what happened, size and time of the version. */
export function versionText({ end, action, size, mtime }: Version): string {
  const what =
    action === 'deleted' ? 'deleted' : `stored  ${(size === undefined ? '?' : sizeText(size)).padStart(10)}`
  const version = action === 'deleted' ? '' : `  modified ${formatMoment(mtime)}`
  return `${formatMoment(end)}  ${what}${version}`
}

/** The same for machines. */
export function versionJson(job: string, version: Version): Record<string, unknown> {
  const { end, action } = version
  const facts = storedJson(job, version)
  const gone = action === 'deleted' ? { kind: null, mtime: null, size: null } : {}
  return { ...facts, ...gone, backup_time: isoTime(end), action }
}
