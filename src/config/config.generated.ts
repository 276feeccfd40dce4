/** Generated from schemas/duba.schema.json by `npm run generate`. Do not edit. */

/**
 * What duba backs up, where to and how. One job is made for each source, or for each first-level entry of a source that is divided.
 */
export interface DubaConfig {
  /**
   * Where this schema is, for editors. It has no other effect.
   */
  $schema?: string
  /**
   * The directories to back up, each with its own options.
   */
  backup_sources: Source[]
  /**
   * Patterns that are left out of every source, before the patterns of the source itself. A pattern that cannot match inside a source is not handed to its job.
   */
  backup_excludes?: string[]
  /**
   * The destination. The absolute path of a source is put behind it: with `swift://host.example.com`, `/etc` is stored at `swift://host.example.com/etc`. May be left out if every source has a `dest`.
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
   * Backups older than this are to be deleted. This version accepts the key but deletes nothing yet, and says so in every run.
   */
  retention_time?: string
  /**
   * A full backup is made when the last full one is older than this. Without it, every backup after the first is incremental.
   */
  full_if_older_than?: string
  /**
   * Size of a volume in MiB.
   */
  volsize?: number
  /**
   * Do not enter other file systems that are mounted below a source.
   */
  one_filesystem?: boolean
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
   * Directory where duba keeps the last verdict of each job and the lock of a run. Default: `/var/lib/duba` for root, `duba` in `$XDG_STATE_HOME` or `~/.local/state` for others.
   */
  state_dir?: string
  /**
   * Existing directory for temporary files. Default: `$TMPDIR` or `/tmp`.
   */
  tempdir?: string
  /**
   * How many jobs run at the same time. Default: the number of processor cores, at most 6, plus 1.
   */
  parallel?: number
  /**
   * CPU priority of the jobs, from 0 (as other programs) to 19 (lowest). Above 0 their disk access has idle priority too.
   */
  nice?: number
  /**
   * Environment variables for all jobs: the credentials of the destination, and `PASSPHRASE` and `SIGN_PASSPHRASE`. Of duba's own environment, only variables such as PATH and HOME are handed on.
   */
  env?: {
    [k: string]: string
  }
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
   * A name for the job, for the command line, the log file and reports. Default: the path. Needed only where one path is backed up to two destinations.
   */
  name?: string
  /**
   * `absent` switches a source off. What was stored of it stays, and can be restored.
   */
  state?: 'present' | 'absent'
  /**
   * Make one job for each first-level entry instead of one for the whole directory.
   */
  divide?: boolean
  /**
   * Patterns that are left out of this source.
   */
  excludes?: string[]
  /**
   * Destination of this source alone, used exactly as it is written. With `divide`, a slash and the name of the entry are put behind it.
   */
  dest?: string
  /**
   * Directory for the cache of this source alone, in place of the `cache_dir` for all. No two sources may have the same.
   */
  cache_dir?: string
  /**
   * In place of the `retention_time` for all.
   */
  retention_time?: string
  /**
   * In place of the `full_if_older_than` for all.
   */
  full_if_older_than?: string
  /**
   * In place of the `volsize` for all.
   */
  volsize?: number
  /**
   * In place of the `one_filesystem` for all.
   */
  one_filesystem?: boolean
  /**
   * Environment variables of this source's jobs, over the ones for all.
   */
  env?: {
    [k: string]: string
  }
}
