/** What is recorded of an entry beyond its headers (docs/format.md §5.4): in its volume, and in the signature archive. */
import { lstatSync, statSync } from 'node:fs'
import { type AclNames } from '../../format/acl.ts'
import { formatRecords, type LinkGroup, recordableTime } from '../../format/records.ts'
import type { ExtraRecords } from '../../format/tar/pax.ts'
import { fsPath } from '../../lib/bytestring.ts'
import { reasonOf } from '../../lib/errors.ts'
import type { SourceEntry } from '../select/entry.ts'
import { readAttributes } from './attributes.ts'
import type { FileReader } from './file-reader.ts'

export interface RecordSources {
  readonly names: AclNames
  /** Hears what could not be read: the end of a sentence about the entry. */
  readonly onTrouble: (detail: string) => void
}

/** Of the last block of a regular file: all of its content has been read. `whole`: the block is the only one. */
export function contentRecords(
  entry: SourceEntry,
  reader: FileReader,
  content: { readonly sha256: string; readonly whole: boolean },
  { names, onTrouble }: RecordSources,
): ExtraRecords {
  const { stats, sparse } = reader
  return formatRecords({
    sha256: content.sha256,
    size: content.whole ? undefined : reader.bytes,
    mtime: recordableTime(stats.mtimeNs, entry.mtime),
    link: linkOf(stats),
    sparse,
    ...readAttributes(reader.fd, names, onTrouble),
  })
}

/** Of the first block of a file with holes, so that whoever writes it again knows it in time. */
export const SPARSE_RECORDS: ExtraRecords = formatRecords({ sparse: true })

/** Of anything but a regular file, while the walk stands at it. */
export function objectRecords(
  entry: SourceEntry,
  follow: boolean,
  { names, onTrouble }: RecordSources,
): ExtraRecords {
  return formatRecords({
    mtime: exactMtime(entry, follow, onTrouble),
    ...readAttributes({ path: entry.place, follow }, names, onTrouble),
  })
}

/** In the signature archive: what tells a later backup whether the entry is the same still. */
export function stateRecords(entry: SourceEntry, size: number | undefined): ExtraRecords {
  return formatRecords({ size, ctime: entry.ctime })
}

function linkOf({ dev, ino, nlink }: FileReader['stats']): LinkGroup | undefined {
  return nlink > 1n ? { file: `${dev}:${ino}`, names: Number(nlink) } : undefined
}

function exactMtime(
  entry: SourceEntry,
  follow: boolean,
  onTrouble: (detail: string) => void,
): bigint | undefined {
  try {
    const stats = (follow ? statSync : lstatSync)(fsPath(entry.place), { bigint: true })
    return recordableTime(stats.mtimeNs, entry.mtime)
  } catch (error) {
    onTrouble(`has no exact time: ${reasonOf(error)}`)
    return undefined
  }
}
