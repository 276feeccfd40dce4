/** How an entry differs from what is recorded of it beyond its header (docs/format.md §5.4). */
import { lstatSync, statSync } from 'node:fs'
import { parseAcl } from '../../format/acl.ts'
import { exactTime, type FileRecords } from '../../format/records.ts'
import { type ByteString, fsPath } from '../../lib/bytestring.ts'
import { type Attributes, readAttributes } from '../pack/attributes.ts'
import type { SourceEntry } from '../select/entry.ts'
import type { OwnerTable } from '../select/owner.ts'

export interface RecordComparison {
  readonly owners: OwnerTable
  readonly numericOwner: boolean
  readonly copyLinks: boolean
  /** Hears what of the entry could not be read. */
  readonly onTrouble: (detail: string) => void
}

/**
 * The first difference, as the end of a sentence; undefined if there is none. Call it while the walk stands at the entry, and
 * only where something is recorded. `seconds` is the time in the header. Throws errno errors.
 */
export function recordDifference(
  entry: SourceEntry,
  records: FileRecords,
  seconds: number,
  options: RecordComparison,
): string | undefined {
  const { copyLinks, owners, onTrouble } = options
  if (records.mtime !== undefined) {
    const stats = (copyLinks ? statSync : lstatSync)(fsPath(entry.place), { bigint: true })
    const expected = exactTime(records.mtime, seconds)
    const found = exactTime(stats.mtimeNs, entry.mtime)
    if (found.seconds !== expected.seconds || found.nanoseconds !== expected.nanoseconds) {
      return `has exact mtime ${show(found)}, expected ${show(expected)}`
    }
  }
  const found = readAttributes({ path: entry.place, follow: copyLinks }, owners, onTrouble)
  if (!sameLists(found, records, options)) return 'has another access control list'
  if (found.selinux !== records.selinux) return 'has another SELinux context'
  return sameValues(found.xattrs ?? new Map(), records.xattrs)
    ? undefined
    : 'has other extended attributes or capabilities'
}

function sameLists(found: Attributes, records: FileRecords, options: RecordComparison): boolean {
  const { owners, numericOwner } = options
  const bytes = (text: ByteString | undefined): ByteString | undefined =>
    text === undefined ? undefined : parseAcl(text, owners, { numeric: numericOwner })
  return (
    bytes(found.accessAcl) === bytes(records.accessAcl) &&
    bytes(found.defaultAcl) === bytes(records.defaultAcl)
  )
}

function sameValues(
  found: ReadonlyMap<ByteString, ByteString>,
  recorded: ReadonlyMap<ByteString, ByteString>,
): boolean {
  if (found.size !== recorded.size) return false
  for (const [name, value] of recorded) if (found.get(name) !== value) return false
  return true
}

function show({ seconds, nanoseconds }: { readonly seconds: number; readonly nanoseconds: number }): string {
  return `${seconds}.${String(nanoseconds).padStart(9, '0')}`
}
