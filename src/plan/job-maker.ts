/** Makes the jobs of one source at one of its destinations. */
import { join } from 'node:path'
import type { Destination, DubaConfig, Source } from '../config/config.generated.ts'
import { type SecretReference, splitEnvironment } from '../config/secret-refs.ts'
import { decoded, splitPassword } from '../config/secrets.ts'
import { type Settings, settingsOf } from '../config/settings.ts'
import { type Environment, engineEnvironment, variableIn } from './environment.ts'
import type { Division, Job, Obstacle } from './job.ts'
import { cacheNameOf, canonicalPath, contains, logNameOf } from './names.ts'
import { excludeOf, fitting, literal, type Pattern, type PatternLayer, patternsOf } from './patterns.ts'
import type { SourceEntry } from './source-tree.ts'
import { endsIn } from './url-steps.ts'

/** What a maker must know besides the source. */
export interface Surroundings {
  readonly config: DubaConfig
  readonly env: Environment
  /** Home directory, for the default cache directory where `HOME` is not set. */
  readonly home: string
  /** Patterns for all sources, and of this one. */
  readonly general: PatternLayer
  readonly own: PatternLayer
  /** Why the pattern files cannot be read. */
  readonly trouble: Obstacle | undefined
}

export class JobMaker {
  readonly #around: Surroundings
  readonly #source: Source
  readonly #place: Destination | undefined
  readonly #index: number
  readonly #env: Record<string, string>
  readonly #secrets: Readonly<Record<string, SecretReference>>
  readonly #settings: Settings

  /** `place`: one of the destinations of the source, where it has several. */
  constructor(around: Surroundings, source: Source, index: number, place: Destination | undefined) {
    this.#around = around
    this.#source = source
    this.#place = place
    this.#index = index
    const { texts, references } = splitEnvironment(around.config.env, source.env, place?.env)
    this.#env = engineEnvironment(around.env, texts)
    this.#secrets = references
    this.#settings = settingsOf(around.config, source, place)
  }

  /** Whether this source, or this destination of it, is switched off. */
  get absent(): boolean {
    return this.#source.state === 'absent' || this.#place?.state === 'absent'
  }

  /** The job of the whole source; with `entries`, names of first-level entries that have jobs of their own, of the rest. */
  ofSource(obstacle?: Obstacle, entries?: readonly string[]): Job {
    const { path, dest, name = path } = this.#source
    const destination = this.#place?.dest ?? dest ?? `${this.#around.config.backup_dest ?? ''}${path}`
    const { own } = this.#around
    // The engine stops at a pattern of an undivided source that cannot match: it is a mistake, and the job tells it.
    const patterns = [
      ...(entries ?? []).map((entry): Pattern => {
        return { action: 'exclude', text: literal(join(canonicalPath(path), entry)) }
      }),
      ...patternsOf({
        ...own,
        includeLists: own.includeLists.map((list) => fitting(list, path)),
        excludeLists: [],
      }),
      ...own.excludeLists.flatMap((list) => fitting(list, path)),
    ]
    const divided = entries !== undefined || this.#source.divide !== undefined
    const division =
      divided && this.#source.divide !== false
        ? { source: path, entry: undefined, apart: entries }
        : undefined
    return this.#job({ path, name, destination, own: patterns, obstacle, division })
  }

  /** The job of a first-level entry, also of one that is gone from the disk (`found` undefined). */
  ofEntry(entry: string, found?: SourceEntry): Job {
    const source = this.#source
    const path = join(source.path, entry)
    const dest = this.#place?.dest ?? source.dest
    const destination =
      dest === undefined ? `${this.#around.config.backup_dest ?? ''}${path}` : below(dest, entry)
    const name = source.name === undefined ? path : `${source.name}/${entry}`
    const own = fitting(patternsOf(this.#around.own), path)
    const obstacle = found === undefined ? undefined : this.#entryObstacle(path, destination, found, own)
    return this.#job({ path, name, destination, own, obstacle, division: { source: source.path, entry } })
  }

  #entryObstacle(
    path: string,
    destination: string,
    entry: SourceEntry,
    own: readonly Pattern[],
  ): Obstacle | undefined {
    if (!entry.utf8) {
      const text = `the name of ${path} is not UTF-8, and the name of a divided entry becomes a part of a URL; rename it, or back up the directory without "divide"`
      return { verdict: 'failed', code: 'name-unusable', text }
    }
    // Existing backups lie where the name stands as it is: it cannot be encoded.
    if (!endsIn(destination, entry.name)) {
      const text = `${path} would not be backed up in its own place: what its name, or the URL of the destination, holds of %, #, ?, ; or control characters has another meaning there; rename it, or back up the directory without "divide"`
      return { verdict: 'failed', code: 'name-unusable', text }
    }
    const pattern = excludeOf([...patternsOf(this.#around.general), ...own], path, entry.directory)
    if (pattern === undefined) return undefined
    return { verdict: 'skipped', code: 'excluded', text: `${path} is left out by the pattern ${pattern}` }
  }

  #job(of: {
    readonly path: string
    readonly name: string
    readonly destination: string
    readonly own: readonly Pattern[]
    readonly obstacle: Obstacle | undefined
    readonly division: Division | undefined
  }): Job {
    const { config, general, trouble } = this.#around
    const { cacheDir, ...settings } = this.#settings
    const name = this.#place === undefined ? of.name : `${of.name}@${this.#place.name}`
    const login = splitPassword(of.destination)
    const archiveDir = cacheDir ?? config.cache_dir
    const cacheName = cacheNameOf(of.destination)
    const cacheRoot = archiveDir ?? this.#defaultCache()
    const env = login === undefined ? this.#env : { FTP_PASSWORD: decoded(login.password), ...this.#env }
    return {
      ...settings,
      name,
      path: of.path,
      destination: login?.withoutPassword ?? of.destination,
      archiveDir,
      cacheName: login === undefined ? undefined : cacheName,
      cacheDir: join(cacheRoot, cacheName),
      logName: logNameOf(name),
      patterns: [...ownCache(of.path, cacheRoot), ...fitting(patternsOf(general), of.path), ...of.own],
      loglevel: config.loglevel ?? 'notice',
      env,
      secrets: this.#secrets,
      obstacle: of.obstacle ?? trouble ?? expansionObstacle(of.path, env),
      division: of.division,
      origin: ['backup_sources', this.#index],
    }
  }

  #defaultCache(): string {
    const { XDG_CACHE_HOME, HOME } = this.#env
    return join(XDG_CACHE_HOME ?? join(HOME ?? this.#around.home, '.cache'), 'duplicity')
  }
}

/** A cache that lies in the source is no part of the backup: it changes while that is made. Before every other pattern. */
function ownCache(path: string, cacheRoot: string): Pattern[] {
  const root = canonicalPath(cacheRoot)
  return contains(canonicalPath(path), root) ? [{ action: 'exclude', text: literal(root) }] : []
}

function expansionObstacle(path: string, env: Environment): Obstacle | undefined {
  const variable = variableIn(path, env)
  if (variable === undefined) return undefined
  const text = `${path} holds "$${variable}", which the engine's command line would replace by a variable of this name; rename it`
  return { verdict: 'failed', code: 'name-unusable', text }
}

const below = (url: string, entry: string): string => `${url.replace(/\/+$/, '')}/${entry}`
