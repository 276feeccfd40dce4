/** The tar headers under which the packer stores entries, alike in volumes and in the signature archive. */
import { BLANK_ENTRY, formatTarHeader } from '../../format/tar/header.ts'
import type { ExtraRecords } from '../../format/tar/pax.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import type { SourceEntry } from '../select/entry.ts'
import type { OwnerTable } from '../select/owner.ts'

/** How a member is stored: its name there, the bytes that follow its header, and what is recorded beside. */
export interface StoredAs {
  readonly name: ByteString
  readonly size: number
  readonly records: ExtraRecords | undefined
}

/** The header of an entry, owners by name too. */
export function entryHeader(
  entry: SourceEntry,
  { name, size, records }: StoredAs,
  owners: OwnerTable,
): Buffer {
  return formatTarHeader({
    name,
    type: entry.kind,
    mode: entry.mode,
    uid: entry.uid,
    gid: entry.gid,
    uname: owners.userName(entry.uid),
    gname: owners.groupName(entry.gid),
    size,
    mtime: entry.mtime,
    link: entry.link,
    major: entry.major,
    minor: entry.minor,
    records,
  })
}

/** The header that stands for a path that is gone. */
export function deletedHeader(name: ByteString): Buffer {
  return formatTarHeader({ ...BLANK_ENTRY, name })
}
