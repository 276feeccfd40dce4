/**
 * What the engine tells while it works: typed events, never words. `report/` turns them into duplicity's messages,
 * into log lines or into JSON lines. Times are whole seconds since the epoch, sizes bytes, paths byte strings
 * relative to the source ('' = the root).
 */
import type { ByteString } from '../lib/bytestring.ts'
import type { CheckFinding, CheckSummary, CheckVerdict } from './events-check.ts'
import type {
  ConflictAction,
  Privilege,
  RestoreOutlook,
  SalvagedPath,
  StoredFacts,
} from './events-restore.ts'
import type { RemovalReason } from './removal/plan.ts'

/** Type of a path, in duplicity's words. */
export type PathType = 'reg' | 'dir' | 'sym' | 'fifo' | 'chr' | 'blk' | 'sock'

/** A backup set as the reports show it. */
export interface SetSummary {
  readonly type: 'full' | 'inc'
  /** Start of an incremental; equals `end` for a full. */
  readonly start: number
  readonly end: number
  readonly volumes: number
  readonly encrypted: boolean
}

export interface ChainSummary {
  readonly start: number
  readonly end: number
  readonly sets: readonly SetSummary[]
}

/** Result of `collection-status`. */
export interface CollectionSummary {
  readonly archiveDir: string
  /** Every chain but the primary one, oldest first. */
  readonly secondary: readonly ChainSummary[]
  /** The newest chain, if it has matching signatures. */
  readonly primary: ChainSummary | undefined
  readonly orphanedSets: number
  readonly incompleteSets: number
}

/** Counts of one backup (archive format §14.3). */
export interface BackupStatistics {
  startTime: number
  endTime: number
  sourceFiles: number
  sourceFileSize: number
  newFiles: number
  newFileSize: number
  deletedFiles: number
  changedFiles: number
  changedFileSize: number
  deltaEntries: number
  rawDeltaSize: number
  totalDestinationSizeChange: number
  errors: number
}

/** Why a source entry was left out or is noted. `unreadable` and `io-error` are counted as errors. */
export type EntryTrouble =
  'unreadable' | 'io-error' | 'vanished' | 'changed-while-read' | 'socket' | 'unknown-type' | 'cannot-iterate'

/** Why an interrupted session cannot be gone on with (`session/restart-decision.ts` says when). */
export type RestartObstacle =
  /** A full was asked for, or is due, where an incremental was interrupted. */
  | 'full-wanted'
  /** A newer set is complete, or the chain that an incremental would continue is not the newest any more. */
  | 'superseded'
  /** The names, the secrets or the origin of the set are not those of the present settings. */
  | 'settings-changed'
  /** It is duplicity's, a key signs now, and its volumes, which would tell whether that one signed, cannot be read. */
  | 'signer-unknown'
  /** Not even the first volume is surely on the remote. */
  | 'nothing-stored'
  /** Every volume ends inside a file, and of no such file is known what was stored. */
  | 'no-border'
  /** The partial manifest cannot be read, or somebody else went on with it. */
  | 'manifest'
  /** The signatures of what was stored are lost or not those of this session. */
  | 'signatures'
  /** The file that was being stored has changed, and no volume before it ends at the end of a file. */
  | 'file-changed'

/**
 * What was found of a marker. `made`: there was none; `same`: ours, as we left it; `taken-over`: somebody else's, replaced
 * as asked; `shared`: ours, but written by another than this archive directory; `unreadable`: not a marker of this version.
 */
export type MarkerState = 'made' | 'same' | 'taken-over' | 'shared' | 'unreadable'

/** What a key is for; `passphrase`: none at all, but a passphrase to encrypt to. */
export type KeyUse = 'encrypt' | 'hidden' | 'sign' | 'passphrase'

export type EngineEvent =
  | { type: 'last-full'; time: number | undefined }
  | { type: 'forcing-full'; reason: 'too-old' | 'no-signatures' | 'recipients-changed'; detail: string }
  /** The chains on the destination before a backup, oldest first; sets and stored bytes, as far as known, of the newest. */
  | {
      type: 'chains'
      chains: readonly Pick<ChainSummary, 'start' | 'end'>[]
      sets: number
      bytes: number | undefined
    }
  | { type: 'backup-began'; kind: 'full' | 'inc'; start: number; end: number }
  | { type: 'entry'; change: 'new' | 'changed' | 'deleted'; path: ByteString; kind: PathType; size: number }
  | { type: 'trouble'; trouble: EntryTrouble; path: ByteString; fullPath: ByteString; detail: string }
  | { type: 'upload-began'; name: string }
  | { type: 'upload-done'; name: string; size: number }
  | { type: 'volume-done'; volume: number; sourceBytes: number }
  /**
   * So much of the source was looked at so far: entries, and bytes of files (of unchanged ones without reading them). At
   * most once a second; none as long as nothing moves.
   */
  | { type: 'progress'; files: number; bytes: number }
  /** So many bytes went to and came from the destination so far. At most once a second, and only if some did. */
  | { type: 'transfer'; up: number; down: number }
  /** What the marker beside the backups says of who writes here (`session/marker.ts`); `detail` for people. */
  | { type: 'marker'; state: MarkerState; detail: string }
  /** Whether a key can be used, for what; `detail` and `hint` say why not. */
  | { type: 'key-checked'; key: string; use: KeyUse; usable: boolean; detail: string; hint: string }
  | { type: 'statistics'; statistics: BackupStatistics }
  | { type: 'backup-done'; kind: 'full' | 'inc'; start: number; end: number; volumes: number }
  /** An interrupted session was found and will be gone on with, if that is possible. */
  | { type: 'restart-found'; kind: 'full' | 'inc'; start: number; end: number }
  /** Volumes that the interrupted session recorded, but that are not surely stored. */
  | { type: 'restart-dropped'; from: number; to: number }
  /** The set goes on behind this volume; `block` is the last one stored of `path`, undefined if all of it was. */
  | { type: 'restart-after'; volume: number; path: ByteString; block: number | undefined }
  /** The interrupted session cannot be gone on with; `removed` are the files that were deleted on the remote. */
  | {
      type: 'restart-anew'
      why: RestartObstacle
      kind: 'full' | 'inc'
      end: number
      removed: readonly string[]
    }
  /** A session had been killed behind its commit; `kept`: its manifest is now cached, else it will be fetched. */
  | { type: 'restart-settled'; name: string; kept: boolean }
  /** So many paths changed after they were stored and before the set was finished: an incremental follows. */
  | { type: 'restart-outdated'; paths: number }
  | { type: 'in-sync' }
  | { type: 'sync-began' }
  | { type: 'sync-copied'; name: string }
  | { type: 'sync-deleted'; path: string }
  /** A file of the remote that cannot be used, and is not copied; `detail` is the error. */
  | { type: 'sync-failed'; name: string; detail: string }
  /** A file of the archive directory that is not used; `detail` says why, in words that follow its name. */
  | { type: 'cache-damaged'; path: string; detail: string }
  | { type: 'sync-planned'; copy: readonly string[]; remove: readonly string[] }
  | { type: 'collection-warning'; warning: CollectionWarning }
  /** The chain that the new set continues is not there as it was stored: restores fail, of the new set too. */
  | { type: 'chain-damaged'; kind: 'volume-missing' | 'volume-size'; detail: string }
  | { type: 'writing'; path: ByteString; kind: PathType }
  | { type: 'restore-volume'; done: number; total: number }
  | { type: 'restore-planned'; volumes: readonly string[] }
  /** What a restore that is asked for as a dry run with a rule for conflicts would come to. */
  | { type: 'restore-outlook'; outlook: RestoreOutlook }
  /** Something is in the way of a restored path; `to`: the path that it gets instead. */
  | { type: 'restore-conflict'; path: ByteString; action: ConflictAction; to?: ByteString }
  /** Something that could give power was left out. */
  | { type: 'restore-stripped'; path: ByteString; what: Privilege }
  /** Everything is in place. */
  | { type: 'restore-placed'; kept: number; replaced: number; renamed: number; stripped: number }
  | { type: 'restore-trouble'; path: ByteString; detail: string }
  | { type: 'restore-done'; entries: number; bytes: number; troubles: number; setTime: number }
  | {
      type: 'salvage-loss'
      /** End of the set. */
      end: number
      /** Undefined: the set as a whole. */
      volume: number | undefined
      /** Paths that may be concerned: from the first ('' = root) to the last; undefined: to the end. */
      from: ByteString
      to: ByteString | undefined
      /** Whether each path that is concerned is told by itself. */
      exact: boolean
      detail: string
    }
  | ({ type: 'salvage-path' } & SalvagedPath)
  | { type: 'salvage-done'; whole: boolean; losses: number; damaged: number; missing: number; stale: number }
  | { type: 'difference'; path: ByteString; text: string }
  | { type: 'verify-done'; compared: number; differences: number; compareData: boolean }
  /** `size` only of files of which it is recorded. */
  | { type: 'listed'; path: ByteString; mtime: number; kind: PathType; size?: number }
  /** What the set that ended at `end`, of the chain that began at `chain`, says of a path. */
  | {
      type: 'version'
      path: ByteString
      end: number
      chain: number
      action: 'stored' | 'deleted'
      mtime: number
      kind: PathType
      size?: number
    }
  /** A path that is not the same at two moments. `what`: type, size, content, time, mode, owner, link, device. */
  | {
      type: 'state-difference'
      path: ByteString
      change: 'added' | 'removed' | 'changed'
      what: readonly string[]
      before: StoredFacts | undefined
      after: StoredFacts | undefined
    }
  | { type: 'list-oldest-used'; time: number }
  | { type: 'collection-status'; summary: CollectionSummary }
  | { type: 'check-sample'; percent: number; seed: number; chosen: number; total: number }
  | {
      type: 'check-set'
      set: SetSummary
      /** Whether it has its manifest. */
      finished: boolean
      verdict: CheckVerdict
      findings: readonly CheckFinding[]
      /** Volumes of which every byte was read. */
      read: number
    }
  | { type: 'check-repository'; verdict: CheckVerdict; findings: readonly CheckFinding[] }
  | { type: 'check-done'; summary: CheckSummary }
  /** Ends of old sets that stay, because newer sets depend on them. */
  | { type: 'removal-needed'; times: readonly number[] }
  /** The chain that the next incremental continues is old, and stays. */
  | { type: 'removal-active-old' }
  /** So many old chains stay, because enough complete ones must. */
  | { type: 'removal-spared'; chains: number }
  /** Ends of the chains that are deleted (`force`) or would be. */
  | { type: 'removal-found'; times: readonly number[]; force: boolean }
  | { type: 'removal-nothing'; command: 'remove' | 'cleanup' }
  | { type: 'cleanup-found'; names: readonly string[]; force: boolean }
  /** A step of a removal begins; in a dry run too. */
  | { type: 'removing'; reason: RemovalReason; time: number }
  | { type: 'file-deleted'; where: 'local' | 'remote'; name: string }
  /** The destination did not let a file be deleted, and the removal ended there; `left` files remain. */
  | { type: 'removal-stopped'; name: string; left: number; detail: string }
  | { type: 'removal-done'; deleted: number; complete: boolean }
  /** A file of the source, by its name there, is copied; in a dry run it would be. */
  | { type: 'replicating'; name: string }
  /** The destination has the set whose manifest has this name at the source. */
  | { type: 'already-replicated'; name: string }
  | { type: 'replicate-nothing' }
  /** Sets copied or completed, stored bytes uploaded. */
  | { type: 'replicate-done'; sets: number; bytes: number }
  | { type: 'retry'; operation: string; attempt: number; detail: string }
  | { type: 'note'; level: 'warning' | 'notice' | 'info' | 'debug'; text: string }

/** What the listing shows beside good chains (archive format §9.5). Never fatal. */
export type CollectionWarning =
  | { kind: 'orphaned-signatures'; where: 'local' | 'remote'; names: readonly string[] }
  | { kind: 'unmatched-signatures' }
  | { kind: 'incomplete-sets'; sets: readonly (readonly string[])[] }
  | { kind: 'orphaned-sets'; sets: readonly (readonly string[])[] }
  | { kind: 'discarding-last-set' }
  | { kind: 'duplicate-file'; name: string; kept: string }
  /** Incrementals whose place in a chain a longer one with the same start has taken. */
  | { kind: 'displaced-sets'; sets: readonly (readonly string[])[] }
  /** Names that begin as ours and end otherwise (`….gz.tmp`): left over from other programs, never used. */
  | { kind: 'irregular-names'; where: 'local' | 'remote'; names: readonly string[] }
  /** Files of zero bytes where none can be; they count as missing. */
  | { kind: 'empty-files'; where: 'local' | 'remote'; names: readonly string[] }
  /** Partial files (`….part`) on the remote, where no program puts them; never used. */
  | { kind: 'remote-partials'; names: readonly string[] }
  /** Sets that are not encrypted and stand behind encrypted ones, and what builds on them: not used. */
  /** `signed`: because a signer is demanded, else because they stand behind encrypted ones. */
  | { kind: 'plaintext-sets'; sets: readonly (readonly string[])[]; signed: boolean }
  /** Volumes of a complete set that are not on the remote; `set` is the name of its manifest. */
  | { kind: 'missing-volumes'; set: string; volumes: readonly number[] }

export type Emit = (event: EngineEvent) => void
