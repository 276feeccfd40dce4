/** An object on its way from a backup to a disk. */
import type { FileRecords } from '../../format/records.ts'
import type { TarEntry } from '../../format/tar/header.ts'

export interface RestoredObject {
  readonly header: TarEntry
  /** Whether the file had holes. */
  readonly sparse: boolean
  /**
   * Gives the content of a regular file, in pieces that are valid until `take` returns; what it throws at its end counts
   * for all of it.
   */
  content(take: (piece: Buffer) => void): Promise<void>
  /** What is recorded beyond the header. Of a regular file only when its content has been read to the end. */
  records(): FileRecords
}
