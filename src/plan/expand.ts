/** From a configuration to its jobs. */
import { join } from 'node:path'
import type { DubaConfig, Source } from '../config/config.generated.ts'
import { type SecretReference, splitEnvironment } from '../config/secret-refs.ts'
import { decoded, splitPassword } from '../config/secrets.ts'
import { divisionOf, type Settings, settingsOf } from '../config/settings.ts'
import { type Environment, engineEnvironment, variableIn } from './environment.ts'
import { fittingPatterns, patternAgainst } from './excludes.ts'
import type { Job, Obstacle } from './job.ts'
import { cacheNameOf, canonicalPath, distinctLogName, logNameOf } from './names.ts'
import type { SourceEntry, SourceTree, Trouble } from './source-tree.ts'

/** What expansion must know of the machine. */
export interface Host {
  readonly tree: SourceTree
  readonly env: Environment
  /** Home directory, for the default cache directory where `HOME` is not set. */
  readonly home: string
}

/** A source with `divide`: entries that are gone from the disk can still be named, to restore them. */
export interface DividedSource {
  readonly path: string
  jobOf(entry: string): Job
}

export interface Expansion {
  /** Jobs of a run, in the order of the configuration. */
  readonly jobs: readonly Job[]
  /** Jobs of sources that are switched off. */
  readonly absent: readonly Job[]
  readonly divided: readonly DividedSource[]
}

/** Makes the jobs of every source. Reads directories that are divided and looks whether the others are there. */
export async function expand(config: DubaConfig, host: Host): Promise<Expansion> {
  const jobs: Job[] = []
  const absent: Job[] = []
  const divided: DividedSource[] = []
  for (const [index, source] of config.backup_sources.entries()) {
    const make = new JobMaker(config, source, index, host)
    if (divisionOf(source.divide) !== undefined) {
      divided.push({ path: canonicalPath(source.path), jobOf: (entry) => make.ofEntry(entry) })
      if (source.state !== 'absent') jobs.push(...(await divideSource(make, source, host.tree)))
    } else if (source.state === 'absent') absent.push(make.ofSource())
    else jobs.push(make.ofSource(obstacleOf(await host.tree.look(source.path), source.path)))
  }
  return { jobs: withDistinctLogs(jobs), absent, divided }
}

async function divideSource(make: JobMaker, source: Source, tree: SourceTree): Promise<Job[]> {
  const entries = await tree.entries(source.path)
  if ('trouble' in entries) return [make.ofSource(obstacleOf(entries, source.path))]
  if (entries.length === 0) {
    const text = `${source.path} is empty: there is no entry to make a job of`
    return [make.ofSource({ verdict: 'skipped', code: 'empty', text })]
  }
  return entries.map((entry) => make.ofEntry(entry.name, entry))
}

function obstacleOf(trouble: Trouble | undefined, path: string): Obstacle | undefined {
  if (trouble === undefined) return undefined
  return trouble.trouble === 'missing'
    ? { verdict: 'skipped', code: 'missing', text: `${path} does not exist` }
    : { verdict: 'failed', code: 'source-unreadable', text: `${path} cannot be read: ${trouble.text}` }
}

class JobMaker {
  readonly #config: DubaConfig
  readonly #source: Source
  readonly #index: number
  readonly #env: Record<string, string>
  readonly #secrets: Readonly<Record<string, SecretReference>>
  readonly #settings: Settings
  readonly #home: string

  constructor(config: DubaConfig, source: Source, index: number, host: Host) {
    this.#config = config
    this.#source = source
    this.#index = index
    const { texts, references } = splitEnvironment(config.env, source.env)
    this.#env = engineEnvironment(host.env, texts)
    this.#secrets = references
    this.#settings = settingsOf(config, source)
    this.#home = host.home
  }

  ofSource(obstacle?: Obstacle): Job {
    const { path, dest, name } = this.#source
    const destination = dest ?? `${this.#config.backup_dest ?? ''}${path}`
    // The engine stops at a pattern of an undivided source that cannot match: it is a mistake, and the job tells it.
    const own = this.#source.excludes ?? []
    return this.#job({ path, name: name ?? path, destination, own, obstacle })
  }

  ofEntry(entry: string, found?: SourceEntry): Job {
    const source = this.#source
    const path = join(source.path, entry)
    const destination =
      source.dest === undefined ? `${this.#config.backup_dest ?? ''}${path}` : join2(source.dest, entry)
    const name = source.name === undefined ? path : `${source.name}/${entry}`
    const own = fittingPatterns(source.excludes ?? [], path)
    const obstacle = found === undefined ? undefined : this.#entryObstacle(path, found, own)
    return this.#job({ path, name, destination, own, obstacle })
  }

  #entryObstacle(path: string, entry: SourceEntry, own: readonly string[]): Obstacle | undefined {
    if (!entry.utf8) {
      const text = `the name of ${path} is not UTF-8, and a divided entry must be named on a command line; rename it, or back up the directory without "divide"`
      return { verdict: 'failed', code: 'name-unusable', text }
    }
    const patterns = [...(this.#config.backup_excludes ?? []), ...own]
    const pattern = patternAgainst(patterns, path, entry.directory)
    if (pattern === undefined) return undefined
    return { verdict: 'skipped', code: 'excluded', text: `${path} is left out by the pattern ${pattern}` }
  }

  #job(of: {
    path: string
    name: string
    destination: string
    own: readonly string[]
    obstacle: Obstacle | undefined
  }): Job {
    const config = this.#config
    const settings = this.#settings
    const login = splitPassword(of.destination)
    const archiveDir = settings.cacheDir ?? config.cache_dir
    const cacheName = cacheNameOf(of.destination)
    const env = login === undefined ? this.#env : { FTP_PASSWORD: decoded(login.password), ...this.#env }
    return {
      name: of.name,
      path: of.path,
      destination: login?.withoutPassword ?? of.destination,
      archiveDir,
      cacheName: login === undefined ? undefined : cacheName,
      cacheDir: join(archiveDir ?? this.#defaultCache(), cacheName),
      logName: logNameOf(of.name),
      excludes: [...fittingPatterns(config.backup_excludes ?? [], canonicalPath(of.path)), ...of.own],
      oneFilesystem: settings.oneFilesystem,
      fullIfOlderThan: settings.fullIfOlderThan,
      retentionTime: settings.retention.time,
      volsize: settings.volsize,
      encryption: settings.encryption,
      signKey: settings.signKey,
      keyFiles: settings.keyFiles,
      crypto: settings.crypto,
      tempDir: settings.tempDir,
      loglevel: config.loglevel ?? 'notice',
      env,
      secrets: this.#secrets,
      obstacle: of.obstacle ?? expansionObstacle(of.path, env),
      origin: ['backup_sources', this.#index],
    }
  }

  #defaultCache(): string {
    const { XDG_CACHE_HOME, HOME } = this.#env
    return join(XDG_CACHE_HOME ?? join(HOME ?? this.#home, '.cache'), 'duplicity')
  }
}

function expansionObstacle(path: string, env: Environment): Obstacle | undefined {
  const variable = variableIn(path, env)
  if (variable === undefined) return undefined
  const text = `${path} holds "$${variable}", which the engine's command line would replace by a variable of this name; rename it`
  return { verdict: 'failed', code: 'name-unusable', text }
}

const join2 = (url: string, entry: string): string => `${url.replace(/\/+$/, '')}/${entry}`

/** Divided entries such as `a b` and `a-b` would share a log file: all but the first get a name of their own. */
function withDistinctLogs(jobs: readonly Job[]): Job[] {
  const taken = new Set<string>()
  return jobs.map((job, index) => {
    const entry = jobs.some(({ origin }, other) => other !== index && origin[1] === job.origin[1])
    const logName = entry && taken.has(job.logName) ? distinctLogName(job.path) : job.logName
    taken.add(logName)
    return { ...job, logName }
  })
}
