/**
 * What the original duba did with its configuration: for each source a command line of duplicity 0.8.22, the default archive
 * directory, a log file named after the path. Written down here apart from `src/plan`, which
 * must come to the same URLs and cache directories.
 */
import { mkdirSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { duplicity08 } from './duplicity.ts'
import { fingerprints, longId } from './gpg-home.ts'
import { run, type Outcome, type Surroundings } from './program.ts'

/** The keys of the original. */
export interface OriginalConfig {
  readonly backup_sources: readonly {
    readonly path: string
    readonly divide?: boolean
    readonly excludes?: readonly string[]
    readonly state?: 'present' | 'absent'
  }[]
  readonly backup_excludes: readonly string[]
  readonly backup_dest: string
  readonly backend: string
  readonly gpg_encrypt_local_key: string
  readonly gpg_encrypt_master_key: string
  readonly full_if_older_than: string
  readonly retention_time: string
  readonly loglevel: string
  readonly logdir: string
  readonly env: Readonly<Record<string, string>>
}

/** One chain of the original. */
export interface OriginalJob {
  readonly path: string
  readonly url: string
  readonly excludes: readonly string[]
}

/** The same configuration for a machine whose root is `dir`, with the keys of the fixtures and its destination there too. */
export function movedBelow(dir: string, config: OriginalConfig): OriginalConfig {
  const moved = (path: string): string => (path.startsWith('/') ? `${dir}${path}` : path)
  return {
    ...config,
    gpg_encrypt_local_key: fingerprints.host,
    gpg_encrypt_master_key: longId('master'),
    backup_sources: config.backup_sources.map((source) => ({
      ...source,
      path: moved(source.path),
      ...(source.excludes && { excludes: source.excludes.map(moved) }),
    })),
    backup_excludes: config.backup_excludes.map(moved),
    backup_dest: `file://${dir}/destination`,
    logdir: moved(config.logdir),
  }
}

/** What the original backs up: a divided source gives a chain for each entry, files included. */
export function originalJobs(config: OriginalConfig): OriginalJob[] {
  return config.backup_sources
    .filter(({ state }) => state !== 'absent')
    .flatMap(({ path, divide = false, excludes = [] }) => {
      const paths = divide ? readdirSync(path).map((name) => join(path, name)) : [path]
      return paths.map((each) => ({ path: each, url: `${config.backup_dest}${each}`, excludes }))
    })
}

/** Runs the original's command for one job. */
export async function runOriginal(
  { path, url, excludes }: OriginalJob,
  config: OriginalConfig,
  { cwd, env }: Surroundings,
): Promise<Outcome> {
  const logName = path.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-/, '')
  mkdirSync(dirname(config.logdir), { recursive: true })
  mkdirSync(config.logdir, { recursive: true, mode: 0o640 })
  const options = [
    '--asynchronous-upload',
    ...['--backend-retry-delay', '60', '--cf-backend', config.backend],
    ...['--encrypt-key', config.gpg_encrypt_local_key, '--encrypt-key', config.gpg_encrypt_master_key],
    ...[...config.backup_excludes, ...excludes].flatMap((pattern) => ['--exclude', pattern]),
    ...['--exclude-other-filesystems', '--full-if-older-than', config.full_if_older_than],
    ...['--log-file', join(config.logdir, `${logName}.log`), '--log-timestamp', '--num-retries', '5'],
    ...['--verbosity', config.loglevel, '--volsize', '200'],
  ]
  // The file backend makes one directory, not its parents.
  mkdirSync(dirname(url.slice('file://'.length)), { recursive: true })
  return run(duplicity08, [...options, path, url], { cwd, env: { ...env, ...config.env } })
}
