/**
 * What a removal deletes, in which order and why, and what it keeps. A plan is made from listings alone and is not
 * changed by anybody: the executor either does all of it in this order or stops.
 */
/** Why files are deleted. */
export type RemovalReason =
  | 'old-signatures'
  | 'old-backups'
  | 'old-incremental-signatures'
  | 'old-incrementals'
  | 'orphaned-signatures'
  | 'displaced-signatures'
  | 'abandoned-signatures'
  | 'orphaned-set'
  | 'incomplete-set'
  | 'displaced-set'
  | 'unfinished-session'
  | 'interrupted-removal'

/** Files that go together, or one place's part of them. Remote names in the order in which they are deleted; local ones follow at the very end. */
export interface RemovalStep {
  readonly reason: RemovalReason
  /** End of the chain or set. */
  readonly time: number
  readonly remote: readonly string[]
  /** Names in the archive directory. */
  readonly local: readonly string[]
}

/** Every name that a list of steps deletes at the remote, in order. */
export function remoteNames(steps: readonly RemovalStep[]): string[] {
  return steps.flatMap(({ remote }) => remote)
}

/** Every name that a list of steps deletes in the archive directory, each once. */
export function localNames(steps: readonly RemovalStep[]): string[] {
  return [...new Set(steps.flatMap(({ local }) => local))]
}
