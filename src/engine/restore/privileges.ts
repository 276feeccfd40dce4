/** What is left out of an archive that nobody vouches for: what would give its writer power over this machine. */
import type { FileRecords } from '../../format/records.ts'
import type { TarEntry } from '../../format/tar/header.ts'
import type { Privilege } from '../events-restore.ts'

const SET_IDS = 0o6000
const CAPABILITIES = 'security.capability'

/** What the header gives away. A set-group-id bit of a directory only says which group new files get. */
export function privilegesOf({ type, mode }: Pick<TarEntry, 'type' | 'mode'>): Privilege[] {
  if (type === 'chr' || type === 'blk') return ['device']
  return type === 'reg' && (mode & SET_IDS) !== 0 ? ['set-id'] : []
}

/** The header without it. */
export function withoutSetIds(header: TarEntry): TarEntry {
  return header.type === 'reg' ? { ...header, mode: header.mode & ~SET_IDS } : header
}

/** The records without file capabilities; the same ones where there are none. */
export function withoutCapabilities(records: FileRecords): FileRecords {
  if (!records.xattrs.has(CAPABILITIES)) return records
  return { ...records, xattrs: new Map([...records.xattrs].filter(([name]) => name !== CAPABILITIES)) }
}
