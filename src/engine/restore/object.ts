/** An object on its way from a backup to a disk. */
import type { FileRecords } from '../../format/records.ts'
import type { TarEntry } from '../../format/tar/header.ts'

export interface RestoredObject {
  readonly header: TarEntry
  /** Whether the file had holes. */
  readonly sparse: boolean
  /** Content of a regular file; what it throws at its end counts for all of it. */
  content(): AsyncIterable<Buffer>
  /** What is recorded beyond the header. Of a regular file only when its content has been read to the end. */
  records(): FileRecords
}
