/** From a configuration to its jobs. */
import type { DubaConfig, Source } from '../config/config.generated.ts'
import { type Division, divisionOf } from '../config/settings.ts'
import { divide } from './divide.ts'
import type { Environment } from './environment.ts'
import type { Job, Obstacle } from './job.ts'
import { JobMaker } from './job-maker.ts'
import { canonicalPath, distinctLogName } from './names.ts'
import { parsePatternFile, type Pattern, type PatternLayer } from './patterns.ts'
import type { SourceEntry, SourceTree, Trouble } from './source-tree.ts'
import type { Stored } from './stored.ts'

/** What expansion must know of the machine. */
export interface Host {
  readonly tree: SourceTree
  readonly env: Environment
  /** Home directory, for the default cache directory where `HOME` is not set. */
  readonly home: string
  /** What is stored of a divided source; asked where entries may be put together. `others`: jobs of other sources. */
  readonly stored: (source: DividedSource, others: readonly Job[]) => Promise<Stored>
}

/** Of a machine that looks at no destination and remembers nothing. */
export const nothingStored: Host['stored'] = () =>
  Promise.resolve({ entries: [], whole: undefined, troubles: [] })

/** A source with `divide`, at one destination: entries that are gone from the disk can still be named, to restore them. */
export interface DividedSource {
  /** Canonical. */
  readonly path: string
  /** The job of its path: of the entries that are put together, if any are. Below its destination lie those of the others. */
  readonly whole: Job
  /** Whether the configuration lets entries be put together. */
  readonly mayRemain: boolean
  /** Whether it is switched off. */
  readonly absent: boolean
  /** Names of the entries that are there; undefined: the directory cannot be read, or is switched off. */
  readonly present: ReadonlySet<string> | undefined
  readonly jobOf: (entry: string) => Job
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
  const { tree } = host
  const places: At[] = []
  const files = new PatternFiles(tree)
  const general = await files.layer(config.backup_includes, config.backup_excludes, config)
  for (const [index, source] of config.backup_sources.entries()) {
    const own = await files.layer(source.includes, source.excludes, source)
    const around = { config, env: host.env, home: host.home, general, own, trouble: files.trouble }
    for (const place of source.dests ?? [undefined]) {
      const make = new JobMaker(around, source, index, place)
      places.push({ source, make, division: divisionOf(source.divide) })
    }
  }
  // What lies below the destination of a divided source may belong to another one: those are known first.
  const plain = new Map<At, Expansion>()
  for (const at of places) if (at.division === undefined) plain.set(at, await expandPlain(at, tree))
  const others = [
    ...[...plain.values()].flatMap(({ jobs, absent }) => [...jobs, ...absent]),
    ...places.flatMap(({ make, division }) => (division === undefined ? [] : [make.ofSource()])),
  ]
  const all: Expansion[] = []
  for (const at of places) {
    const { division } = at
    all.push(
      plain.get(at) ?? (division === undefined ? none : await expandDivided(at, division, host, others)),
    )
  }
  return {
    jobs: withDistinctLogs(all.flatMap(({ jobs }) => jobs)),
    absent: all.flatMap(({ absent }) => absent),
    divided: all.flatMap(({ divided }) => divided),
  }
}

/** A source at one of its destinations. */
interface At {
  readonly source: Source
  readonly make: JobMaker
  readonly division: Division | undefined
}

const none: Expansion = { jobs: [], absent: [], divided: [] }

async function expandPlain({ source, make }: At, tree: SourceTree): Promise<Expansion> {
  if (make.absent) return { ...none, absent: [make.ofSource()] }
  return { ...none, jobs: [make.ofSource(obstacleOf(await tree.look(source.path), source.path))] }
}

async function expandDivided(
  { source, make }: At,
  division: Division,
  { tree, stored }: Host,
  others: readonly Job[],
): Promise<Expansion> {
  const entries = make.absent ? undefined : await tree.entries(source.path)
  const listed = entries === undefined || 'trouble' in entries ? undefined : entries
  const self: DividedSource = {
    path: canonicalPath(source.path),
    whole: make.ofSource(),
    mayRemain: division.minSize > 0 || division.maxJobs < Infinity,
    absent: make.absent,
    present: listed && new Set(listed.map(({ name }) => name)),
    jobOf: (entry) => make.ofEntry(entry),
  }
  if (entries === undefined) return { ...none, divided: [self] }
  if ('trouble' in entries) {
    return { ...none, jobs: [make.ofSource(obstacleOf(entries, source.path))], divided: [self] }
  }
  if (entries.length === 0) return { ...none, jobs: [make.ofSource(empty(source.path))], divided: [self] }
  const sizeOf = ({ name }: SourceEntry): Promise<number> =>
    tree.size(`${self.path}/${name}`, division.maxJobs === Infinity ? division.minSize : Infinity)
  const before = self.mayRemain ? await stored(self, others) : undefined
  const alone = new Set(before?.entries)
  const hasBackups = ({ name }: SourceEntry): boolean =>
    alone.has(name) || tree.hasBackups(make.ofEntry(name).cacheDir)
  const { single, remainder } = await divide(entries, division, sizeOf, hasBackups)
  const jobs = single.map((entry) => make.ofEntry(entry.name, entry))
  const goesOn = self.mayRemain && (before?.whole === true || tree.hasBackups(self.whole.cacheDir))
  const apart = single.map(({ name }) => name)
  const rest = remainder || goesOn ? [make.ofSource(undefined, apart)] : []
  return { ...none, jobs: [...jobs, ...rest], divided: [self] }
}

function empty(path: string): Obstacle {
  const text = `${path} is empty: there is no entry to make a job of`
  return { verdict: 'skipped', code: 'empty', text }
}

function obstacleOf(trouble: Trouble | undefined, path: string): Obstacle | undefined {
  if (trouble === undefined) return undefined
  if (trouble.trouble === 'silent') return { verdict: 'stalled', code: 'stalled', text: trouble.text }
  return trouble.trouble === 'missing'
    ? { verdict: 'skipped', code: 'missing', text: `${path} does not exist` }
    : { verdict: 'failed', code: 'source-unreadable', text: `${path} cannot be read: ${trouble.text}` }
}

/** Reads pattern files, each once. */
class PatternFiles {
  readonly #tree: SourceTree
  readonly #contents = new Map<string, string>()
  /** Of the first file that cannot be read. */
  trouble: Obstacle | undefined

  constructor(tree: SourceTree) {
    this.#tree = tree
  }

  async layer(
    includes: readonly string[] = [],
    excludes: readonly string[] = [],
    { include_files = [], exclude_files = [] }: Pick<Source, 'include_files' | 'exclude_files'>,
  ): Promise<PatternLayer> {
    return {
      includes,
      includeLists: await this.#lists(include_files, 'include'),
      excludes,
      excludeLists: await this.#lists(exclude_files, 'exclude'),
    }
  }

  async #lists(paths: readonly string[], kind: Pattern['action']): Promise<Pattern[][]> {
    const lists: Pattern[][] = []
    for (const path of paths) lists.push(parsePatternFile(await this.#read(path), kind))
    return lists
  }

  async #read(path: string): Promise<string> {
    const known = this.#contents.get(path)
    if (known !== undefined) return known
    const found = await this.#tree.text(path)
    if (typeof found !== 'string') {
      const why = found.trouble === 'missing' ? 'it does not exist' : found.text
      const text = `the pattern file ${path} cannot be read: ${why}`
      this.trouble ??= { verdict: 'failed', code: 'patterns-unreadable', text }
    }
    const content = typeof found === 'string' ? found : ''
    this.#contents.set(path, content)
    return content
  }
}

/** Jobs such as `a b` and `a-b` would share a log file: all but the first get a name of their own. */
function withDistinctLogs(jobs: readonly Job[]): Job[] {
  const taken = new Set<string>()
  return jobs.map((job) => {
    const logName = taken.has(job.logName) ? distinctLogName(job.name) : job.logName
    taken.add(logName)
    return { ...job, logName }
  })
}
