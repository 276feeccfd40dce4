/** Command lines of the engine, in duplicity's spellings. Never holds a secret: those go through the environment. */
import type { Job } from './job.ts'

/** Arguments for a backup. `full`: even if an incremental would do. */
export function backupArgv(job: Job, { full, dryRun }: { full: boolean; dryRun: boolean }): string[] {
  return [
    ...(full ? ['full'] : []),
    ...common(job),
    '--asynchronous-upload',
    '--volsize',
    String(job.volsize),
    ...value('--full-if-older-than', job.fullIfOlderThan),
    ...each('--exclude', job.excludes),
    ...(job.oneFilesystem ? ['--exclude-other-filesystems'] : []),
    '--on-recipients-changed',
    'full',
    ...(dryRun ? ['--dry-run'] : []),
    job.path,
    job.destination,
  ]
}

export interface RestoreArguments {
  /** Absolute. */
  readonly target: string
  /** Below the source, without a slash at the start; undefined: everything. */
  readonly path: string | undefined
  readonly time: string | undefined
  readonly force: boolean
}

/** Arguments for a restore. */
export function restoreArgv(job: Job, { target, path, time, force }: RestoreArguments): string[] {
  return [
    'restore',
    ...common(job),
    ...value('--time', time),
    ...value('--file-to-restore', path),
    ...(force ? ['--force'] : []),
    job.destination,
    target,
  ]
}

/** Arguments for the list of chains and sets. */
export function statusArgv(job: Job): string[] {
  return ['collection-status', ...common(job), job.destination]
}

/** Arguments for the list of files at a time. */
export function listArgv(job: Job, time: string | undefined): string[] {
  return ['list-current-files', ...common(job), ...value('--time', time), job.destination]
}

function common(job: Job): string[] {
  return [
    '--event-fd',
    '3',
    ...value('--archive-dir', job.archiveDir),
    ...value('--name', job.cacheName),
    ...encryption(job),
    ...value('--sign-key', job.signKey),
    ...each('--key-file', job.keyFiles),
    ...(job.crypto === 'gpg' ? ['--crypto', 'gpg'] : []),
    ...value('--tempdir', job.tempDir),
    '--num-retries',
    '5',
    '--backend-retry-delay',
    '60',
    '--verbosity',
    job.loglevel,
  ]
}

function encryption({ encryption }: Job): string[] {
  switch (encryption.kind) {
    case 'none':
      return ['--no-encryption']
    case 'symmetric':
      return []
    case 'keys':
      return [...each('--encrypt-key', encryption.keys), ...each('--hidden-encrypt-key', encryption.hidden)]
  }
}

const value = (option: string, argument: string | undefined): string[] =>
  argument === undefined ? [] : [option, argument]

const each = (option: string, list: readonly string[]): string[] =>
  list.flatMap((argument) => [option, argument])
