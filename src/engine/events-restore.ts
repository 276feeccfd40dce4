/** What the events of a restore, and of looking for what could be restored, carry. Units are those of `events.ts`. */
import type { ByteString } from '../lib/bytestring.ts'
import type { PathType, SetSummary } from './events.ts'

/** A path that a salvage could not bring back as it was asked for. */
export interface SalvagedPath {
  /** `damaged`: parts of it are there, and nothing was written; `stale`: an older version was; `missing`: nothing is there. */
  readonly state: 'damaged' | 'stale' | 'missing'
  readonly path: ByteString
  /** Of a stale one: the end of the set that it comes from. */
  readonly version: number | undefined
  readonly detail: string
}

/** What is known of a path at one moment. */
export interface StoredFacts {
  readonly kind: PathType
  readonly mtime: number
  readonly size?: number
}

/** What happens where something is in the way: nothing yet; it stays; it goes; the restored one gets another name. */
export type ConflictAction = 'found' | 'kept' | 'replaced' | 'renamed'

/** What an archive could give to who should not have it. */
export type Privilege = 'set-id' | 'capabilities' | 'device'

/** Who signed the manifests of a restore. Nobody but `verified` was checked. */
export interface SignerFacts {
  readonly state: 'verified' | 'claimed' | 'unsigned' | 'unknown'
  /** Key ids or fingerprints. */
  readonly keys: readonly string[]
}

/** What can open the sets of a restore. */
export interface SecretFacts {
  readonly encrypted: boolean
  /** Key ids of 16 digits; all zero: one that the files do not name. */
  readonly keys: readonly string[]
  /** Whether a passphrase does. */
  readonly passphrase: boolean
  /** Why they cannot be opened here; undefined: they can. */
  readonly problem?: { readonly code: string; readonly message: string; readonly hint?: string }
}

/** What a restore would come to. */
export interface RestoreOutlook {
  /** Sets that are needed; `volumes` and `bytes` of what has to be fetched, `missing`: numbers of volumes that are not there. */
  readonly sets: readonly (SetSummary & { readonly bytes: number; readonly missing: readonly number[] })[]
  readonly volumes: number
  readonly bytes: number
  /** Bytes that the temporary directory has to hold at most, beside versions of files in between. */
  readonly scratch: number
  readonly tempDir: string
  /** Ends of the sets whose signatures cannot be used: what they changed is not in the counts that follow. */
  readonly undescribed: readonly number[]
  readonly entries: number
  /** Bytes of the restored files, as far as they are recorded. */
  readonly contentBytes: number
  /** Files whose size is not recorded. */
  readonly unknownSizes: number
  readonly conflicts: number
  /** Objects that would lose set-id bits or not be made. */
  readonly stripped: number
  readonly secrets: SecretFacts
  readonly signer: SignerFacts
}
