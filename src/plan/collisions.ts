/** Jobs that would disturb one another: a fault of the configuration, never a surprise in the night. */
import type { Fault } from '../config/fault.ts'
import type { JsonPath } from '../config/json-text.ts'
import type { LoadedConfig } from '../config/load.ts'
import type { Job } from './job.ts'
import { malformed } from './excludes.ts'
import { canonicalPath } from './names.ts'
import { overlaps } from './overlaps.ts'
import { timeFaults } from './time-faults.ts'
import { placeKey } from './url-steps.ts'

/** Faults that show only when the jobs are known. */
export function checkJobs(loaded: LoadedConfig, jobs: readonly Job[]): Fault[] {
  const { config, locate } = loaded
  const faults = timeFaults(loaded)
  const fault = (path: JsonPath, message: string, remedy: string): void => {
    faults.push({ ...locate(path), value: undefined, message, remedy })
  }
  // A name that a user of a divided directory chose keeps its own job from running, and no other.
  const usable = jobs.filter(({ obstacle }) => obstacle?.code !== 'name-unusable')
  collide(usable, fault)
  shareCache(config.backup_sources, fault)
  for (const { job, message, remedy } of overlaps(usable)) fault(job.origin, message, remedy)
  const lists: [JsonPath, readonly string[]][] = [
    [['backup_excludes'], config.backup_excludes ?? []],
    [['backup_includes'], config.backup_includes ?? []],
    ...config.backup_sources.map(({ includes }, index): [JsonPath, readonly string[]] => [
      ['backup_sources', index, 'includes'],
      includes ?? [],
    ]),
    ...config.backup_sources.map(({ excludes }, index): [JsonPath, readonly string[]] => [
      ['backup_sources', index, 'excludes'],
      excludes ?? [],
    ]),
  ]
  for (const [path, patterns] of lists) {
    for (const [index, pattern] of patterns.entries()) {
      const wrong = malformed(pattern)
      if (wrong !== undefined)
        fault([...path, index], `is no usable pattern: ${wrong}`, 'Correct or remove it.')
    }
  }
  return faults
}

type Report = (path: JsonPath, message: string, remedy: string) => void

const kinds: readonly {
  readonly what: string
  readonly of: (job: Job) => string
  readonly show: (job: Job) => string
  readonly remedy: string
}[] = [
  {
    what: 'destination',
    of: (job) => placeKey(job.destination),
    show: (job) => job.destination,
    remedy:
      'Give one of the two another "dest", or remove it: backups of two sources in one place destroy each other.',
  },
  {
    what: 'cache directory',
    of: (job) => job.cacheDir,
    show: (job) => job.cacheDir,
    remedy: 'Give one of the two another "cache_dir".',
  },
  { what: 'name', of: (job) => job.name, show: (job) => job.name, remedy: 'Give one of the two a "name".' },
]

/** Tells each pair of jobs that share something, once, by the gravest thing they share. */
function collide(jobs: readonly Job[], report: Report): void {
  const told = new Set<string>()
  for (const { what, of, show, remedy } of kinds) {
    const first = new Map<string, Job>()
    for (const job of jobs) {
      const other = first.get(of(job))
      if (other === undefined) {
        first.set(of(job), job)
        continue
      }
      const pair = `${job.origin.join('.')} ${job.path} ${other.origin.join('.')} ${other.path}`
      if (told.has(pair)) continue
      told.add(pair)
      report(
        job.origin,
        `(${job.path}) and backup_sources[${String(other.origin[1])}] (${other.path}) have the same ${what}, ${show(job)}`,
        remedy,
      )
    }
  }
}

function shareCache(sources: LoadedConfig['config']['backup_sources'], report: Report): void {
  const first = new Map<string, number>()
  for (const [index, { cache_dir, path, state }] of sources.entries()) {
    if (cache_dir === undefined || state === 'absent') continue
    const directory = canonicalPath(cache_dir)
    const other = first.get(directory)
    if (other === undefined) first.set(directory, index)
    else {
      report(
        ['backup_sources', index, 'cache_dir'],
        `(${path}) is the cache directory of backup_sources[${other}] (${sources[other]?.path ?? ''}) too: ${directory}`,
        'Give each source a directory of its own, or set "cache_dir" once for all sources at the top.',
      )
    }
  }
}
