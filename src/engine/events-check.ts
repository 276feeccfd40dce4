/** What the events of `check` carry. */

/** A judgement on a backup set. `suspicious`: it restores, but something is not as it should be. */
export type CheckVerdict = 'good' | 'suspicious' | 'damaged'

/** What a finding is about. */
export type CheckFindingKind =
  | 'manifest'
  | 'volume-missing'
  | 'volume-size'
  | 'volume-unlisted'
  | 'unreadable'
  | 'hash'
  | 'integrity'
  | 'secret'
  | 'signer'
  | 'plaintext'
  | 'signatures'
  | 'archive'
  | 'hostile'
  | 'order'
  | 'blocks'
  | 'content'
  | 'records'
  | 'base'
  | 'orphaned'
  | 'displaced'
  | 'unfinished'
  | 'same-second'
  | 'duplicate'
  | 'empty'
  | 'irregular'

export interface CheckFinding {
  /** `note`: worth to be said, the verdict stays. */
  readonly grade: 'damage' | 'suspicion' | 'note'
  readonly kind: CheckFindingKind
  /** A sentence. */
  readonly detail: string
}

/** Result of `check`. */
export interface CheckSummary {
  /** Backup sets by verdict. */
  readonly good: number
  readonly suspicious: number
  readonly damaged: number
  /** What interrupted sessions left: counted in none of the three. */
  readonly unfinished: number
  /** Findings about files that belong to no set. */
  readonly strays: number
  readonly foreign: number
  readonly volumes: number
  /** Volumes of which every byte was read. */
  readonly read: number
  /** Files that no secret at hand opened. */
  readonly closed: number
  /** Whether nothing is suspicious or damaged. */
  readonly allGood: boolean
}
