/**
 * What one asks of the engine: its front door. A caller fills in a request and a context; the engine verbs
 * (`backup`, `restore`, …) take both and tell what happens through `context.emit`.
 */
import type { Backend } from '../backend/backend.ts'
import type { Crypt } from '../crypt/crypt.ts'
import type { NameStyle } from '../format/filename.ts'
import type { ByteString } from '../lib/bytestring.ts'
import type { Emit } from './events.ts'
import type { Guard } from './removal/guard.ts'
import type { Age } from './removal/plan-chains.ts'
import type { FindPattern } from './select/find-glob.ts'
import type { OwnerTable } from './select/owner.ts'
import type { SelectionRule } from './select/rules.ts'

/** Everything outside the request that a verb needs; the core reads neither clock nor environment. */
export interface EngineContext {
  readonly backend: Backend
  readonly crypt: Crypt
  readonly emit: Emit
  readonly signal: AbortSignal
  /** Seconds since the epoch, with fraction. */
  readonly now: () => number
  readonly host: { readonly hostname: string; readonly fqdn: string }
  /** Cache of manifests and signatures of this repository; exists, 0700. */
  readonly archiveDir: string
  /** Directory for temporary files; exists. */
  readonly tempDir: string
  readonly names: NameStyle
  /** Names of users and groups on this machine. */
  readonly owners: OwnerTable
  /** Who runs this; the super-user is not asked whether a file can be read. */
  readonly uid: number
}

/** Whether only what is encrypted and signed may be used: a signer is named, and the operator did not say --no-encryption. */
export function demandsSigner({ crypt }: Pick<EngineContext, 'crypt'>): boolean {
  return crypt.encrypts && crypt.checksSigner
}

export interface SyncRequest {
  /** `partial`: only what the chain at `time` needs. */
  readonly mode: 'full' | 'partial'
  readonly time: number
  readonly dryRun: boolean
  /**
   * Leaves out, with a warning, what the expected signer did not sign, instead of failing: for a full backup, which
   * builds on nothing of it, and for what reads signatures alone and says which sets it knows nothing of.
   */
  readonly leaveUnsigned?: boolean
  /**
   * Nothing will be written to the remote: files that the secrets do not open are gone without where others are at
   * hand. Before a backup they mean wrong secrets.
   */
  readonly reading?: boolean
}

/** Who writes to the destination. */
export interface MarkerRequest {
  readonly host: string
  /** Hash of the machine's identity, where it has one. */
  readonly machine: string | undefined
  readonly job: string
  /** Takes a destination over from whoever the marker names. */
  readonly takeOver: boolean
}

/** Whose backups a removal may touch. */
export interface ClaimRequest extends Pick<MarkerRequest, 'host' | 'machine'> {
  /** Also where nothing says whose they are. */
  readonly unmarked: boolean
}

export interface BackupRequest {
  /** Source path as given: canonical text (command line §1.2), relative or absolute. */
  readonly source: ByteString
  readonly kind: 'full' | 'incremental' | 'auto'
  readonly rules: readonly SelectionRule[]
  readonly copyLinks: boolean
  /** A full is forced when the last full is older than this moment. */
  readonly fullIfOlderThan: number | undefined
  /** Time of the new set; undefined: now. */
  readonly currentTime: number | undefined
  /** Bytes. */
  readonly volumeSize: number
  readonly maxBlockSize: number
  readonly allowSourceMismatch: boolean
  readonly recordFileList: boolean
  readonly numericOwner: boolean
  readonly dryRun: boolean
  /** What to do when the chain is encrypted to other keys: fail (RECIPIENTS_CHANGED) or begin a new full. */
  readonly onRecipientsChanged: 'fail' | 'full'
  /** Undefined: no marker is looked for or written. */
  readonly marker?: MarkerRequest | undefined
  readonly metadataSync: 'full' | 'partial'
}

/** What a restore does with what is in its way. */
export const conflicts = ['fail', 'skip', 'overwrite', 'newer', 'rename'] as const

export type Conflict = (typeof conflicts)[number]

/** Owners of a backup that become others here. */
export interface OwnerRule {
  readonly of: 'user' | 'group'
  /** A name or a number, as stored. */
  readonly from: ByteString
  /** On this machine. */
  readonly to: number
}

export interface RestoreRequest {
  readonly target: ByteString
  /** Path inside the backup; '' = everything. */
  readonly path: ByteString
  readonly time: number
  readonly force: boolean
  readonly dryRun: boolean
  readonly numericOwner: boolean
  readonly restoreOwner: boolean
  readonly ignoreErrors: boolean
  readonly renames: readonly { readonly from: ByteString; readonly to: ByteString }[]
  /**
   * Restores into a private directory beside the target and moves what is complete into place, with this rule for what is
   * in the way. A dry run tells what that would come to. Undefined: as duplicity, straight into the target.
   */
  readonly conflict?: Conflict | undefined
  readonly ownerRules?: readonly OwnerRule[]
  /** For archives that nobody vouches for: no set-id bits, no file capabilities, no device files. */
  readonly stripPrivileges?: boolean
  readonly metadataSync: 'full' | 'partial'
}

export interface VerifyRequest {
  readonly directory: ByteString
  readonly path: ByteString
  readonly time: number
  readonly rules: readonly SelectionRule[]
  readonly copyLinks: boolean
  readonly compareData: boolean
  readonly numericOwner: boolean
  readonly metadataSync: 'full' | 'partial'
}

export interface CheckRequest {
  /** Volumes to read: a percentage of them, above 0 and up to 100, and the seed of the sample. Undefined: none. */
  readonly readData: { readonly percent: number; readonly seed: number } | undefined
}

export interface ListRequest {
  readonly time: number
  /** Only this path and what is below; '' or undefined: everything. */
  readonly path?: ByteString
  readonly find?: FindPattern | undefined
  /** Fails for a moment before the first backup; without it that one is listed, with a warning, as duplicity does. */
  readonly strictTime?: boolean
  readonly metadataSync: 'full' | 'partial'
}

/** Which sets stored or deleted paths. */
export interface VersionsRequest {
  readonly path: ByteString
  /** Only the path itself, not what is below. */
  readonly exact: boolean
  readonly find: FindPattern | undefined
}

/** What differs between two moments. */
export interface CompareRequest {
  readonly before: number
  readonly after: number
  /** Only this path and what is below; '' = everything. */
  readonly path: ByteString
}

/** `remove-older-than`, `remove-all-but-n-full`, `remove-all-inc-of-but-n-full`. */
export interface RemoveRequest {
  readonly age: Age
  /** Leaves the full set of each old chain. */
  readonly incrementsOnly: boolean
  /** What must hold before anything is deleted; undefined: nothing but what duplicity asks for. */
  readonly guard?: Guard | undefined
  /** Nobody continues these backups any more: the newest chain goes like the others when it is old. */
  readonly abandoned?: boolean
  /** Undefined: whoever's they are. */
  readonly claim?: ClaimRequest | undefined
  /** Deletes; without it the command tells what it would delete. */
  readonly force: boolean
  readonly dryRun: boolean
}

export interface CleanupRequest {
  readonly force: boolean
  readonly dryRun: boolean
  readonly metadataSync: 'full' | 'partial'
}

export interface ReplicateRequest {
  /** Only sets that ended before this moment. */
  readonly time: number
  readonly dryRun: boolean
}
