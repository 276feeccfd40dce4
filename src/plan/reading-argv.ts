/** Command lines of the engine for restoring and looking into backups, as path text. Never holds a secret. */
import type { Conflict } from '../engine/request.ts'
import { common, value } from './engine-argv.ts'
import type { Job } from './job.ts'
import { canonicalPath } from './names.ts'

export interface RestoreArguments {
  /** Absolute. */
  readonly target: string
  /** Below the source, without a slash at the start; '': everything. */
  readonly path: string
  readonly time: string | undefined
  readonly conflict: Conflict
  readonly owner: OwnerChoice
  /** Why what could give power is left out; undefined: it is not. */
  readonly strip: StripReason | undefined
}

/** Nobody vouches for the backup, or its owners are mapped to those of another machine. */
export type StripReason = 'unsigned' | 'owner-map'

/** Whose the restored files are. */
export type OwnerChoice =
  | { readonly by: 'name' | 'number' | 'nobody' }
  /** Rules of the engine's `--owner-map`. */
  | { readonly by: 'map'; readonly rules: string }

/** Arguments for a restore; `plan`: for what it would come to. */
export function restoreArgv(job: Job, what: RestoreArguments, { plan }: { plan: boolean }): string[] {
  const { target, path, time, conflict, strip } = what
  return [
    'restore',
    ...common(job),
    ...value('--time', time),
    ...value('--file-to-restore', path === '' ? undefined : path),
    '--conflict',
    conflict,
    ...ownerOptions(what.owner),
    ...(strip !== undefined ? ['--strip-privileges'] : []),
    ...(plan ? ['--dry-run'] : []),
    job.destination,
    target,
  ]
}

function ownerOptions(owner: OwnerChoice): string[] {
  switch (owner.by) {
    case 'name':
      return []
    case 'number':
      return ['--numeric-owner']
    case 'nobody':
      return ['--do-not-restore-ownership']
    case 'map':
      return ['--owner-map', owner.rules]
  }
}

/** What is looked for in a backup. */
export interface Look {
  /** Below the source; '': everything. */
  readonly path: string
  readonly time?: string | undefined
  /** A shell pattern. */
  readonly find?: string | undefined
}

/** Arguments for the list of files at a time. */
export function listArgv(job: Job, look: Look): string[] {
  const time = look.time === undefined ? [] : ['--strict-time', '--time', look.time]
  return ['list-current-files', ...common(job), ...time, ...lookOptions(job, look)]
}

/** Arguments for the versions of paths; `exact`: of the path alone. */
export function versionsArgv(job: Job, look: Omit<Look, 'time'>, { exact }: { exact: boolean }): string[] {
  return ['versions', ...common(job), ...(exact ? ['--exact'] : []), ...lookOptions(job, look)]
}

/** Arguments for what differs between two moments. */
export function compareArgv(job: Job, before: string, look: Look): string[] {
  const times = ['--before-time', before, ...value('--time', look.time)]
  return ['compare', ...common(job), ...times, ...lookOptions(job, look)]
}

function lookOptions(job: Job, { path, find }: Look): string[] {
  return [
    ...value('--below', path === '' ? undefined : path),
    ...(find === undefined ? [] : ['--find', find, '--root', canonicalPath(job.path)]),
    job.destination,
  ]
}
