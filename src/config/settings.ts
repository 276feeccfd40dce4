/**
 * The settings of a job: what its destination says, else what its source says, else what is said for all, else the
 * default. Names and destinations are the plan's (`plan/expand.ts`), and so are patterns and environments, which add up.
 */
import type { Destination, Divide, DubaConfig, Hooks, Source, TimeWindow } from './config.generated.ts'
import { secondsOf } from './duration.ts'
import { type Encryption, encryptionOf } from './encryption.ts'

export interface Retention {
  /** A time of duplicity's notation; undefined: no limit. */
  readonly time: string | undefined
  readonly keepFull: number | undefined
  readonly keepIncrementalsOf: number | undefined
  /** So many complete chains stay at least. */
  readonly keepChains: number
  /** Whether a backup is followed by a removal here. */
  readonly prune: boolean
  /** Seconds. */
  readonly orphanGrace: number
  /** Entries and percent that may be left out at most; more block the removal. */
  readonly maxUnreadable: number
  readonly maxUnreadablePercent: number
}

/** What a source must hold to be believed. */
export interface Expectation {
  readonly mustExist: boolean
  readonly minFiles: number | undefined
  readonly minBytes: number | undefined
  /** 100: it may become as small as it likes. */
  readonly maxShrinkPercent: number
}

/** How what fails on the destination is tried again. */
export interface Retry {
  /** Attempts in all. */
  readonly attempts: number
  /** Seconds between them. */
  readonly delay: number
}

export interface Settings {
  /** Directory of its own for the cache; undefined: it is in the one for all. */
  readonly cacheDir: string | undefined
  readonly encryption: Encryption
  readonly signKey: string | undefined
  readonly keyFiles: readonly string[]
  readonly crypto: 'auto' | 'gpg'
  readonly tempDir: string | undefined
  /** MiB. */
  readonly volsize: number
  /** 1 to 9; undefined: the engine's default. */
  readonly compressionLevel: number | undefined
  readonly oneFilesystem: boolean
  readonly fullIfOlderThan: string | undefined
  readonly retention: Retention
  readonly expectation: Expectation
  /** Seconds; undefined: none. */
  readonly timeout: number | undefined
  /** Seconds; undefined: the program's default. */
  readonly stallTimeout: number | undefined
  readonly retry: Retry
  readonly window: TimeWindow | undefined
  readonly priority: number
  /** Hooks of the job; those of the run are `config.hooks`. */
  readonly hooks: Hooks
}

/** The settings of the jobs of a source, at one of its `dests` if it has any. */
export function settingsOf(
  config: DubaConfig,
  source: Source,
  destination: Partial<Destination> = {},
): Settings {
  const [d, s, c] = [destination, source, config]
  return {
    cacheDir: d.cache_dir ?? s.cache_dir,
    encryption: encryptionOf(config, source, destination),
    signKey: d.sign_key ?? s.sign_key ?? c.sign_key,
    keyFiles: d.key_files ?? s.key_files ?? c.key_files ?? [],
    crypto: d.crypto ?? s.crypto ?? c.crypto ?? 'auto',
    tempDir: d.tempdir ?? s.tempdir ?? c.tempdir,
    volsize: d.volsize ?? s.volsize ?? c.volsize ?? 200,
    compressionLevel: d.compression_level ?? s.compression_level ?? c.compression_level,
    oneFilesystem: s.one_filesystem ?? c.one_filesystem ?? true,
    fullIfOlderThan: d.full_if_older_than ?? s.full_if_older_than ?? c.full_if_older_than,
    retention: {
      time: d.retention_time ?? s.retention_time ?? c.retention_time,
      keepFull: d.keep_full ?? s.keep_full ?? c.keep_full,
      keepIncrementalsOf: d.keep_incrementals_of ?? s.keep_incrementals_of ?? c.keep_incrementals_of,
      keepChains: d.keep_chains ?? s.keep_chains ?? c.keep_chains ?? 1,
      prune: d.prune ?? s.prune ?? c.prune ?? true,
      orphanGrace: secondsOf(d.orphan_grace ?? s.orphan_grace ?? c.orphan_grace ?? '30D'),
      maxUnreadable: d.max_unreadable ?? s.max_unreadable ?? c.max_unreadable ?? 100,
      maxUnreadablePercent:
        d.max_unreadable_percent ?? s.max_unreadable_percent ?? c.max_unreadable_percent ?? 1,
    },
    expectation: {
      mustExist: s.must_exist ?? c.must_exist ?? c.version === 2,
      minFiles: s.min_files ?? c.min_files,
      minBytes: s.min_bytes ?? c.min_bytes,
      maxShrinkPercent: s.max_shrink_percent ?? c.max_shrink_percent ?? 50,
    },
    timeout: span(d.timeout ?? s.timeout ?? c.timeout),
    stallTimeout: span(d.stall_timeout ?? s.stall_timeout ?? c.stall_timeout),
    retry: {
      attempts: d.retries ?? s.retries ?? c.retries ?? 5,
      delay: secondsOf(d.retry_delay ?? s.retry_delay ?? c.retry_delay ?? 60),
    },
    window: d.window ?? s.window ?? c.window,
    priority: d.priority ?? s.priority ?? c.priority ?? 0,
    hooks: d.hooks ?? s.hooks ?? {},
  }
}

const span = (duration: string | number | undefined): number | undefined =>
  duration === undefined ? undefined : secondsOf(duration)

/** How a source is divided; undefined: not at all. */
export interface Division {
  /** Bytes: smaller entries are put together. 0: none. */
  readonly minSize: number
  /** So many entries at most get jobs of their own. */
  readonly maxJobs: number
}

/** What `divide` means. */
export function divisionOf(divide: Divide | undefined): Division | undefined {
  if (divide === undefined || divide === false) return undefined
  const { min_size = 0, max_jobs = Infinity } = divide === true ? {} : divide
  return { minSize: min_size, maxJobs: max_jobs }
}
