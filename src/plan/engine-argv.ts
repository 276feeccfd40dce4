/**
 * Command lines of the engine, in duplicity's spellings, as path text and of any length. Never holds a secret: those go
 * through the environment.
 */
import type { Job } from './job.ts'

export interface BackupArguments {
  /** A full one even if an incremental would do. */
  readonly full: boolean
  readonly dryRun: boolean
  /** Who writes, for the marker beside the backups. */
  readonly writer?: Writer | undefined
  /** Takes the destination over from whoever its marker names. */
  readonly takeOver?: boolean
  /** Threads to compress with. */
  readonly threads?: number | undefined
}

/** What a marker says of a machine. */
export interface Writer {
  readonly host: string
  /** Hash of the machine's identity. */
  readonly machine: string | undefined
}

/** Arguments for a backup. */
export function backupArgv(job: Job, { full, dryRun, writer, takeOver, threads }: BackupArguments): string[] {
  return [
    ...(full ? ['full'] : []),
    ...common(job),
    '--asynchronous-upload',
    '--volsize',
    String(job.volsize),
    ...value('--full-if-older-than', job.fullIfOlderThan),
    ...selection(job),
    ...value('--compression-level', job.compressionLevel?.toString()),
    '--on-recipients-changed',
    'full',
    ...value('--marker', writer && JSON.stringify({ ...writer, job: job.name })),
    ...(takeOver === true ? ['--take-over', '--allow-source-mismatch'] : []),
    ...value('--threads', threads?.toString()),
    ...(dryRun ? ['--dry-run'] : []),
    job.path,
    job.destination,
  ]
}

/**
 * What is stored. Includes are exceptions here, to what is left out: in duplicity one with `**` in it leaves out whatever it
 * does not match, unless a later pattern matches everything. That one must not be the last, where it would have no effect.
 */
function selection({ patterns, oneFilesystem }: Job): string[] {
  const hasInclude = patterns.some(({ action }) => action === 'include')
  return [
    ...patterns.flatMap(({ action, text }) => [`--${action}`, text]),
    ...(oneFilesystem ? ['--exclude-other-filesystems'] : []),
    ...(hasInclude ? ['--include', '**', '--exclude', '**'] : []),
  ]
}

/** Arguments for the list of chains and sets. */
export function statusArgv(job: Job): string[] {
  return ['collection-status', ...common(job), job.destination]
}

/** What a removal deletes: one of the rules of a retention. */
export type RemovalRule =
  | { readonly rule: 'older-than'; readonly time: string }
  | { readonly rule: 'but-n-full' | 'incrementals-of-but-n-full'; readonly count: number }

export interface RemovalArguments {
  /** So many complete chains stay. */
  readonly keepChains: number
  /** Whose backups may go, their newest chain too, because nobody continues them; undefined: those of a job, which has one. */
  readonly abandonedBy: Claim | undefined
  readonly dryRun: boolean
}

/** Who may delete backups, as their marker must say. */
export interface Claim extends Writer {
  /** Also where there is no marker. */
  readonly unmarked: boolean
}

/** Arguments for a removal. */
export function removalArgv(
  job: Job,
  rule: RemovalRule,
  { keepChains, abandonedBy, dryRun }: RemovalArguments,
): string[] {
  const words = {
    'older-than': 'remove-older-than',
    'but-n-full': 'remove-all-but-n-full',
    'incrementals-of-but-n-full': 'remove-all-inc-of-but-n-full',
  }
  return [
    words[rule.rule],
    rule.rule === 'older-than' ? rule.time : String(rule.count),
    ...common(job),
    '--keep-chains',
    String(keepChains),
    ...(abandonedBy === undefined
      ? []
      : ['--abandoned', '--marker', JSON.stringify({ ...abandonedBy, job: job.name })]),
    ...(dryRun ? ['--dry-run'] : ['--force']),
    job.destination,
  ]
}

/** Arguments for a check. `readData`: percent of the volumes to read to their ends; undefined: none. */
export function checkArgv(job: Job, readData: number | undefined): string[] {
  return [
    'check',
    ...common(job),
    ...(readData === undefined ? [] : [`--read-data=${readData}%`]),
    job.destination,
  ]
}

/** Arguments for deleting what belongs to no backup. */
export function cleanupArgv(job: Job, { dryRun }: { dryRun: boolean }): string[] {
  return ['cleanup', ...common(job), ...(dryRun ? [] : ['--force']), job.destination]
}

/** Arguments for looking at the keys of a job. */
export function keysArgv(job: Job): string[] {
  return ['keys', ...common(job)]
}

/** What every command of a job begins with. */
export function common(job: Job): string[] {
  return [
    '--event-fd',
    '3',
    ...value('--archive-dir', job.archiveDir),
    ...value('--name', job.cacheName),
    ...encryptionOptions(job),
    ...value('--sign-key', job.signKey),
    ...each('--key-file', job.keyFiles),
    ...(job.crypto === 'gpg' ? ['--crypto', 'gpg'] : []),
    ...value('--tempdir', job.tempDir),
    '--num-retries',
    String(job.retry.attempts),
    '--backend-retry-delay',
    String(job.retry.delay),
    '--verbosity',
    job.loglevel,
  ]
}

/** To whom a job's backups are encrypted. */
export function encryptionOptions({ encryption }: Job): string[] {
  switch (encryption.kind) {
    case 'none':
      return ['--no-encryption']
    case 'symmetric':
      return []
    case 'keys':
      return [...each('--encrypt-key', encryption.keys), ...each('--hidden-encrypt-key', encryption.hidden)]
  }
}

/** An option with its value, where it has one. */
export const value = (option: string, argument: string | undefined): string[] =>
  argument === undefined ? [] : [option, argument]

const each = (option: string, list: readonly string[]): string[] =>
  list.flatMap((argument) => [option, argument])
