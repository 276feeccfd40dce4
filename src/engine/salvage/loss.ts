/** A part of a backup set that cannot be read. */
import type { ByteString } from '../../lib/bytestring.ts'
import type { BackupSet } from '../chain/sets.ts'

export interface Loss {
  readonly set: BackupSet
  /** Undefined: all volumes. */
  readonly volume: number | undefined
  /** First and last path that may be concerned; undefined: there is no limit to that side. */
  readonly from: ByteString | undefined
  readonly to: ByteString | undefined
  /** Why, as a sentence. */
  readonly detail: string
}
