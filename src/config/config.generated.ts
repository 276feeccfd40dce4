/** Generated from schemas/duba.schema.json by `npm run generate`. Do not edit. */

/**
 * `true`, `false`, or which entries get jobs of their own. The others are one job, that of the source itself. An entry that has backups of its own stays a job of its own.
 */
export type Divide =
  | boolean
  | {
      /**
       * Entries with fewer bytes than this are put together.
       */
      min_size?: number
      /**
       * At most this many entries, the largest ones, get jobs of their own.
       */
      max_jobs?: number
    }
/**
 * A text, or a reference to where it is: `{"$file": path}`, `{"$env": name}`, `{"$credential": name}` or `{"$command": [program, arguments]}`.
 */
export type SecretText =
  | string
  | {
      /**
       * File that holds it.
       */
      $file?: string
      /**
       * Variable of duba's own environment that holds it.
       */
      $env?: string
      /**
       * Name of a systemd credential, a file in `$CREDENTIALS_DIRECTORY`.
       */
      $credential?: string
      /**
       * Program, as an absolute path, and arguments that print it.
       *
       * @minItems 1
       */
      $command?: string[]
    }

/**
 * What duba backs up, where to and how. One job is made for each source, for each of its destinations, and for each first-level entry of a source that is divided.
 */
export interface DubaConfig {
  /**
   * Where this schema is, for editors. It has no other effect.
   */
  $schema?: string
  /**
   * `2` marks the new style: a source must exist, unless its `must_exist` says otherwise. Without it, the tolerances of the original duba apply: a missing source that was never backed up is only skipped.
   */
  version?: 2
  /**
   * The directories to back up, each with its own options.
   */
  backup_sources: Source[]
  /**
   * Patterns that are left out of every source, before the patterns of the source itself. A pattern that cannot match inside a source is not handed to its job.
   */
  backup_excludes?: string[]
  /**
   * Patterns that are stored of every source although a later pattern leaves them out. They come before `backup_excludes`; one that cannot match inside a source is not handed to its job.
   */
  backup_includes?: string[]
  /**
   * Files with patterns to leave out, one in a line, for every source. They come after `backup_excludes`. Lines that begin with `#` and empty lines do not count; `+ ` and `- ` at the start of a line include and exclude.
   *
   * Items: An absolute path.
   */
  exclude_files?: string[]
  /**
   * Files with patterns to store, one in a line, for every source. They come after `backup_includes`.
   *
   * Items: An absolute path.
   */
  include_files?: string[]
  /**
   * The destination. The absolute path of a source is put behind it: with `swift://host.example.com`, `/etc` is stored at `swift://host.example.com/etc`. `{host}` in it stands for the `host`, so that hosts can share a configuration. May be left out if every source has a `dest`.
   */
  backup_dest?: string
  /**
   * Kept for configurations of the original duba (`swift` or `sftp`). The URL of the destination decides; this has no effect.
   */
  backend?: string
  /**
   * Directory for the caches of all jobs: each has a directory of its own in it, named by the MD5 of the destination URL, as duplicity does. Default: `duplicity` in `$XDG_CACHE_HOME` or `~/.cache`.
   */
  cache_dir?: string
  /**
   * Fingerprint or key id of the key of this host. Backups are encrypted to it and to `gpg_encrypt_master_key`; either key alone restores them.
   */
  gpg_encrypt_local_key?: string
  /**
   * Fingerprint or key id of the master key, whose secret part is not on this host.
   */
  gpg_encrypt_master_key?: string
  /**
   * More keys to encrypt to, as fingerprints, key ids or user ids.
   */
  encrypt_keys?: string[]
  /**
   * Keys to encrypt to without naming them in the backup.
   */
  hidden_encrypt_keys?: string[]
  /**
   * Key that signs every file of a backup, as 8, 16 or 40 hexadecimal digits. On restoring, the signature is checked.
   */
  sign_key?: string
  /**
   * Files with armored OpenPGP keys. They are searched before the GnuPG keyring, so that a host can do without gpg.
   *
   * Items: An absolute path.
   */
  key_files?: string[]
  /**
   * How backups are encrypted: to `keys`, `symmetric` with `env.PASSPHRASE`, or `none`. Default: `keys` if any key is given, else `symmetric` if a passphrase is. To store backups unencrypted, `none` must be written.
   */
  encryption?: 'keys' | 'symmetric' | 'none'
  /**
   * `auto`: bulk encryption in the program itself, gpg where it is needed. `gpg`: the gpg program does everything.
   */
  crypto?: 'auto' | 'gpg'
  /**
   * Backups older than this are deleted after a good run, whole chains at a time: what a younger backup needs stays.
   */
  retention_time?: string
  /**
   * This many newest full backups stay, with their incrementals; older chains are deleted after a good run.
   */
  keep_full?: number
  /**
   * Only this many newest full backups keep their incrementals; those of older ones are deleted after a good run.
   */
  keep_incrementals_of?: number
  /**
   * At least this many complete chains stay, whatever `retention_time` and `keep_full` say.
   */
  keep_chains?: number
  /**
   * Whether `duba backup` deletes old backups here. `false` where a host must not: then `duba prune` does it on a trusted machine.
   */
  prune?: boolean
  /**
   * How long the backups of an entry of a divided source stay, counted from their last backup, after the entry has vanished; only then the retention may delete them.
   */
  orphan_grace?: string | number
  /**
   * Retention is blocked for a job that had to leave out more entries than this because of errors.
   */
  max_unreadable?: number
  /**
   * The same as a share of all entries, in percent; the smaller of the two limits counts.
   */
  max_unreadable_percent?: number
  /**
   * A full backup is made when the last full one is older than this. Without it, every backup after the first is incremental.
   */
  full_if_older_than?: string
  /**
   * Size of a volume in MiB.
   */
  volsize?: number
  /**
   * How hard volumes are compressed, from 1 (fast) to 9 (small). Default: the engine's, 6 as duplicity's.
   */
  compression_level?: number
  /**
   * Do not enter other file systems that are mounted below a source.
   */
  one_filesystem?: boolean
  /**
   * Whether a source that does not exist is a failure. Default: `true` with `"version": 2`, else `false`.
   */
  must_exist?: boolean
  /**
   * A source with fewer entries than this fails, and its retention is blocked. Default: no such limit.
   */
  min_files?: number
  /**
   * A source with fewer bytes in its files than this fails, and its retention is blocked. Default: no such limit.
   */
  min_bytes?: number
  /**
   * A source that lost more than this share of its entries or bytes since its last good run fails, and its retention is blocked. 100 switches it off.
   */
  max_shrink_percent?: number
  /**
   * Deadline of a job's own work: one that takes longer is ended. Its hooks do not count, they have a `timeout` each. 0 is none. Default: none.
   */
  timeout?: string | number
  /**
   * A job of which nothing was heard for this long is ended and called stalled. 0: never. Default: one hour.
   */
  stall_timeout?: string | number
  /**
   * How often, in all, an operation on the destination is tried that fails.
   */
  retries?: number
  /**
   * How long is waited before it is tried again. Longer than `stall_timeout` makes no sense.
   */
  retry_delay?: string | number
  /**
   * How old the last good backup may be before `duba check` warns; at twice this age it is critical. Default: 26 hours.
   */
  max_age?: string | number
  window?: TimeWindow
  /**
   * Jobs with a higher priority begin first; those with the same in the order of the configuration.
   */
  priority?: number
  hooks?: Hooks
  /**
   * How much is logged: `error`, `warning`, `notice`, `info` or `debug`, or duplicity's letters and digits for them.
   */
  loglevel?:
    | 'error'
    | 'warning'
    | 'notice'
    | 'info'
    | 'debug'
    | 'e'
    | 'w'
    | 'n'
    | 'i'
    | 'd'
    | '0'
    | '1'
    | '2'
    | '3'
    | '4'
    | '5'
    | '6'
    | '7'
    | '8'
    | '9'
  /**
   * Directory for the log files, one for each job. Created if missing. Default: `/var/log/duplicity` for root, `log` in the state directory for others.
   */
  logdir?: string
  /**
   * What is written to log files: lines of `text`, or one `json` object in a line.
   */
  log_format?: 'text' | 'json'
  /**
   * What is written to the terminal: `text` for people, `journal` with priorities for systemd, `json` objects. `auto` chooses between `text` and `journal`.
   */
  console_format?: 'auto' | 'text' | 'journal' | 'json'
  /**
   * Directory where duba keeps the last verdict of each job and the lock of a run. Default: `/var/lib/duba` for root, `duba` in `$XDG_STATE_HOME` or `~/.local/state` for others.
   */
  state_dir?: string
  /**
   * Name of the group that may read `status.json` in the state directory. Default: the group of the user who runs duba.
   */
  status_group?: string
  /**
   * File that every run rewrites with metrics in the OpenMetrics text format. Default: none.
   */
  metrics_file?: string
  /**
   * How many runs of each job and operation are kept in `status.json`.
   */
  history?: number
  /**
   * Name of this host in markers and metrics. Default: the host name.
   */
  host?: string
  /**
   * Other verdicts for reasons, such as `{"missing": "failed"}`: from reason code to `ok`, `skipped`, `warning` or `failed`.
   */
  verdicts?: Record<string, 'ok' | 'skipped' | 'warning' | 'failed'>
  /**
   * What files of `conf.d` may change that other files set: destinations and caches (`dest`), keys and encryption (`keys`), hooks (`hooks`), what is deleted (`retention`), what is left out, by patterns that bring it back (`includes`), what is checked and how it is judged (`verdicts`). Without it they may add sources and excludes, set of these things what is not set elsewhere, and replace other values, such as `volsize` or `parallel`.
   */
  conf_d_may?: ('dest' | 'keys' | 'hooks' | 'retention' | 'includes' | 'verdicts')[]
  /**
   * Existing directory for temporary files. Default: `$TMPDIR` or `/tmp`.
   */
  tempdir?: string
  /**
   * How many jobs run at the same time. Default: the number of processor cores, at most 6, plus 1.
   */
  parallel?: number
  /**
   * How many threads compress, over all jobs of a run; `duba verify` beside a backup is a run of its own. Default: the number of processor cores.
   */
  threads?: number
  /**
   * MiB of memory for all jobs that run at a time in one run (`duba verify` beside a backup is another one); fewer run at a time if it does not suffice. Default: set by the program from the memory of the machine.
   */
  memory?: number
  /**
   * CPU priority of the jobs, from 0 (as other programs) to 19 (lowest). Above 0 their disk access has idle priority too.
   */
  nice?: number
  /**
   * Environment variables for all jobs: the credentials of the destination, and `PASSPHRASE` and `SIGN_PASSPHRASE`. A value is a text or a [reference to a secret](#secrets). Of duba's own environment, only variables such as PATH and HOME are handed on.
   */
  env?: Record<string, SecretText>
}
/**
 * A directory to back up.
 */
export interface Source {
  /**
   * The directory, as an absolute path.
   */
  path: string
  /**
   * A name for the job, for the command line, the log file and reports. Default: the path. Needed only where one path stands in two sources.
   */
  name?: string
  /**
   * `absent` switches a source off. What was stored of it stays, and can be restored.
   */
  state?: 'present' | 'absent'
  divide?: Divide
  /**
   * Patterns that are stored of this source although a later pattern leaves them out. They come before `excludes`.
   */
  includes?: string[]
  /**
   * Patterns that are left out of this source.
   */
  excludes?: string[]
  /**
   * Files with patterns to leave out of this source, in addition to those for all. See the `exclude_files` for all.
   *
   * Items: An absolute path.
   */
  exclude_files?: string[]
  /**
   * Files with patterns to store of this source, in addition to those for all.
   *
   * Items: An absolute path.
   */
  include_files?: string[]
  /**
   * Destination of this source alone, used exactly as it is written, but for `{host}`, which stands for the `host`. With `divide`, a slash and the name of the entry are put behind it.
   */
  dest?: string
  /**
   * Several destinations of this source, in place of `dest`: one job for each, named `<name of the source>@<name of the destination>`.
   *
   * @minItems 1
   */
  dests?: Destination[]
  /**
   * Directory for the cache of this source alone, in place of the `cache_dir` for all. No two may have the same.
   */
  cache_dir?: string
  /**
   * Keys to encrypt to, in place of all keys for all: `gpg_encrypt_local_key`, `gpg_encrypt_master_key`, `encrypt_keys` and `hidden_encrypt_keys` from there do not count.
   */
  encrypt_keys?: string[]
  /**
   * Keys to encrypt to without naming them in the backup. They too replace all keys for all.
   */
  hidden_encrypt_keys?: string[]
  /**
   * In place of the `sign_key` for all.
   */
  sign_key?: string
  /**
   * In place of the `key_files` for all.
   *
   * Items: An absolute path.
   */
  key_files?: string[]
  /**
   * In place of the `encryption` for all.
   */
  encryption?: 'keys' | 'symmetric' | 'none'
  /**
   * In place of the `crypto` for all.
   */
  crypto?: 'auto' | 'gpg'
  /**
   * In place of the `retention_time` for all.
   */
  retention_time?: string
  /**
   * In place of the `keep_full` for all.
   */
  keep_full?: number
  /**
   * In place of the `keep_incrementals_of` for all.
   */
  keep_incrementals_of?: number
  /**
   * In place of the `keep_chains` for all.
   */
  keep_chains?: number
  /**
   * In place of the `prune` for all.
   */
  prune?: boolean
  /**
   * In place of the `orphan_grace` for all.
   */
  orphan_grace?: string | number
  /**
   * In place of the `max_unreadable` for all.
   */
  max_unreadable?: number
  /**
   * In place of the `max_unreadable_percent` for all.
   */
  max_unreadable_percent?: number
  /**
   * In place of the `full_if_older_than` for all.
   */
  full_if_older_than?: string
  /**
   * In place of the `volsize` for all.
   */
  volsize?: number
  /**
   * In place of the `compression_level` for all.
   */
  compression_level?: number
  /**
   * In place of the `one_filesystem` for all.
   */
  one_filesystem?: boolean
  /**
   * In place of the `must_exist` for all.
   */
  must_exist?: boolean
  /**
   * In place of the `min_files` for all.
   */
  min_files?: number
  /**
   * In place of the `min_bytes` for all.
   */
  min_bytes?: number
  /**
   * In place of the `max_shrink_percent` for all.
   */
  max_shrink_percent?: number
  /**
   * In place of the `timeout` for all.
   */
  timeout?: string | number
  /**
   * In place of the `stall_timeout` for all.
   */
  stall_timeout?: string | number
  /**
   * In place of the `retries` for all.
   */
  retries?: number
  /**
   * In place of the `retry_delay` for all.
   */
  retry_delay?: string | number
  /**
   * In place of the `max_age` for all.
   */
  max_age?: string | number
  window?: TimeWindow
  /**
   * In place of the `priority` for all.
   */
  priority?: number
  hooks?: Hooks
  /**
   * In place of the `tempdir` for all.
   */
  tempdir?: string
  /**
   * Environment variables of this source's jobs, over the ones for all.
   */
  env?: Record<string, SecretText>
}
/**
 * One of several destinations of a source.
 */
export interface Destination {
  /**
   * A name for the destination, such as `local` or `offsite`: it is put behind the name of the source.
   */
  name: string
  /**
   * Where it is, used exactly as it is written, but for `{host}`, which stands for the `host`. With `divide`, a slash and the name of the entry are put behind it.
   */
  dest: string
  /**
   * In place of the `max_age` of the source.
   */
  max_age?: string | number
  /**
   * `absent` switches this destination of the source off. What is stored there stays, and can be restored.
   */
  state?: 'present' | 'absent'
  /**
   * Directory for the cache of this destination alone, in place of the `cache_dir` of the source. No two may have the same.
   */
  cache_dir?: string
  /**
   * Keys to encrypt to, in place of all keys of the source: `gpg_encrypt_local_key`, `gpg_encrypt_master_key`, `encrypt_keys` and `hidden_encrypt_keys` from there do not count.
   */
  encrypt_keys?: string[]
  /**
   * Keys to encrypt to without naming them in the backup. They too replace all keys of the source.
   */
  hidden_encrypt_keys?: string[]
  /**
   * In place of the `sign_key` of the source.
   */
  sign_key?: string
  /**
   * In place of the `key_files` of the source.
   *
   * Items: An absolute path.
   */
  key_files?: string[]
  /**
   * In place of the `encryption` of the source.
   */
  encryption?: 'keys' | 'symmetric' | 'none'
  /**
   * In place of the `crypto` of the source.
   */
  crypto?: 'auto' | 'gpg'
  /**
   * In place of the `retention_time` of the source.
   */
  retention_time?: string
  /**
   * In place of the `keep_full` of the source.
   */
  keep_full?: number
  /**
   * In place of the `keep_incrementals_of` of the source.
   */
  keep_incrementals_of?: number
  /**
   * In place of the `keep_chains` of the source.
   */
  keep_chains?: number
  /**
   * In place of the `prune` of the source.
   */
  prune?: boolean
  /**
   * In place of the `orphan_grace` of the source.
   */
  orphan_grace?: string | number
  /**
   * In place of the `max_unreadable` of the source.
   */
  max_unreadable?: number
  /**
   * In place of the `max_unreadable_percent` of the source.
   */
  max_unreadable_percent?: number
  /**
   * In place of the `full_if_older_than` of the source.
   */
  full_if_older_than?: string
  /**
   * In place of the `volsize` of the source.
   */
  volsize?: number
  /**
   * In place of the `compression_level` of the source.
   */
  compression_level?: number
  /**
   * In place of the `timeout` of the source.
   */
  timeout?: string | number
  /**
   * In place of the `stall_timeout` of the source.
   */
  stall_timeout?: string | number
  /**
   * In place of the `retries` of the source.
   */
  retries?: number
  /**
   * In place of the `retry_delay` of the source.
   */
  retry_delay?: string | number
  window?: TimeWindow
  /**
   * In place of the `priority` of the source.
   */
  priority?: number
  hooks?: Hooks
  /**
   * In place of the `tempdir` of the source.
   */
  tempdir?: string
  /**
   * Environment variables of this destination's jobs, over the ones of the source.
   */
  env?: Record<string, SecretText>
}
/**
 * Hours of the day, in local time. `to` before `from` means: over midnight.
 */
export interface TimeWindow {
  /**
   * When it begins.
   */
  from: string
  /**
   * When it ends.
   */
  to: string
}
/**
 * Programs to start around a run or a job.
 */
export interface Hooks {
  /**
   * Before it begins. If one fails, it does not begin, unless the hook is optional; status 75 means: skip it, softly.
   */
  before?: Hook[]
  /**
   * After it has ended, whatever happened.
   */
  after?: Hook[]
  /**
   * After it has failed, for whatever reason: a lock that is held and a plan that cannot be made count too. Also for `duba prune`, `verify` and `cleanup`; the others only for backups.
   */
  on_error?: Hook[]
}
/**
 * A program to start. Exactly one of `command` and `shell` says which.
 */
export interface Hook {
  /**
   * The program, by its absolute path, and its arguments, started without a shell.
   *
   * @minItems 1
   */
  command?: string[]
  /**
   * A command line for `/bin/sh -c`.
   */
  shell?: string
  /**
   * It is ended after this time, and has failed then. 0: never.
   */
  timeout?: string | number
  /**
   * Whether its failure is only a warning.
   */
  optional?: boolean
  /**
   * Environment variables for it. It gets no secret but these.
   */
  env?: Record<string, SecretText>
}
