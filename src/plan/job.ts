/** A job: one source directory, one destination, one cache directory. What one engine process works on. */
import type { SecretReference } from '../config/secret-refs.ts'
import type { JsonPath } from '../config/json-text.ts'
import type { Settings } from '../config/settings.ts'
import type { Pattern } from './patterns.ts'

/** Why a job is not started: a stable code and a sentence. */
export interface Obstacle {
  /**
   * `skipped`: nothing is there to do; `failed`: something is there and cannot be done; `warning`: what was there is gone;
   * `stalled`: it does not answer.
   */
  readonly verdict: 'skipped' | 'failed' | 'warning' | 'stalled'
  readonly code: string
  readonly text: string
}

/** The part of a divided source that a job is. */
export interface Division {
  /** Path of the source as configured. */
  readonly source: string
  /** Name of the first-level entry; undefined: the entries that have no job of their own, or the whole source. */
  readonly entry: string | undefined
  /** Of a job of several entries: the names of those that have jobs of their own. */
  readonly apart?: readonly string[] | undefined
}

/** The settings of a job and what planning adds. */
export interface Job extends Omit<Settings, 'cacheDir'> {
  /** Name on the command line and in reports: that of the source, else the path. */
  readonly name: string
  /** Absolute path of the directory, as configured (text, UTF-8). */
  readonly path: string
  /** Destination URL for the engine, without password. */
  readonly destination: string
  /** What `--archive-dir` says: the parent of the cache directory; undefined: the engine's default. */
  readonly archiveDir: string | undefined
  /** What `--name` says: name of the cache directory, where it is not the MD5 of `destination`. */
  readonly cacheName: string | undefined
  /** The cache directory itself. */
  readonly cacheDir: string
  /** Name of the log file in `logdir`. */
  readonly logName: string
  /** In the order in which the engine gets them. */
  readonly patterns: readonly Pattern[]
  readonly loglevel: string
  /** The environment of the engine process, without what `secrets` stand for. */
  readonly env: Readonly<Record<string, string>>
  /** Variables that are to be resolved and put into `env` before the engine is started. */
  readonly secrets: Readonly<Record<string, SecretReference>>
  /** Set if the job cannot be started at all. */
  readonly obstacle: Obstacle | undefined
  /** Set for the jobs of a divided source. */
  readonly division: Division | undefined
  /** The entry of the configuration that the job comes from. */
  readonly origin: JsonPath
}
