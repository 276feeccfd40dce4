/** Sources, caches and local destinations that lie in one another: a backup of backups, or one that eats itself. */
import { canonicalPath } from './names.ts'
import type { Job } from './job.ts'
import { excludeOf } from './patterns.ts'
import { localDirectory } from './url-steps.ts'

export interface Overlap {
  readonly job: Job
  readonly message: string
  readonly remedy: string
}

/**
 * Every overlap that is wrong, once for each entry of the configuration. Nested sources are right, a source that holds
 * caches too (they are left out), and a local destination in a source where a pattern leaves it out.
 */
export function overlaps(jobs: readonly Job[]): Overlap[] {
  const caches = new Paths(jobs.map((job) => canonicalPath(job.cacheDir)))
  const places = new Paths(jobs.flatMap(({ destination }) => localDirectory(destination) ?? []))
  const found = jobs.flatMap((job) => [...ofSource(job, caches, places), ...ofPlaces(job, caches)])
  const told = new Set<string>()
  return found.filter(({ job, message }) => {
    const key = `${job.origin.join('.')} ${message}`
    return told.has(key) ? false : told.add(key)
  })
}

/** Canonical paths, to be looked up by those above and below: there can be tens of thousands. */
class Paths {
  readonly #known: ReadonlySet<string>
  readonly #sorted: readonly string[]

  constructor(paths: readonly string[]) {
    this.#known = new Set(paths)
    this.#sorted = [...this.#known].sort()
  }

  /** Those that are a path or lie above it, outer ones first. */
  around(path: string): string[] {
    const steps = ['/']
    for (let end = path.indexOf('/', 1); end !== -1; end = path.indexOf('/', end + 1))
      steps.push(path.slice(0, end))
    return [...new Set([...steps, path])].filter((step) => this.#known.has(step))
  }

  /** Those below a path. */
  *below(path: string): Generator<string> {
    const prefix = path === '/' ? '/' : `${path}/`
    for (let at = this.#firstFrom(prefix); ; at += 1) {
      const found = this.#sorted[at]
      if (found?.startsWith(prefix) !== true) return
      if (found !== path) yield found
    }
  }

  #firstFrom(text: string): number {
    let low = 0
    let high = this.#sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#sorted[middle] ?? '') < text) low = middle + 1
      else high = middle
    }
    return low
  }
}

function ofSource(job: Job, caches: Paths, places: Paths): Overlap[] {
  const source = canonicalPath(job.path)
  const remedy = 'Remove the source, or move the one of the two that lies in the other.'
  const inside = (outer: Paths, what: string): Overlap[] =>
    outer.around(source).map((path) => ({ job, remedy, message: `(${job.path}) lies in ${what} ${path}` }))
  const swallowed = first(places.below(source), (path) => !isLeftOut(job, source, path))
  const holds: Overlap[] =
    swallowed === undefined
      ? []
      : [
          {
            job,
            message: `(${job.path}) holds the destination ${swallowed}, which would be backed up with it`,
            remedy: `Leave it out with "excludes": ["${swallowed}"], or move it.`,
          },
        ]
  return [...inside(caches, 'the cache directory'), ...inside(places, 'the destination'), ...holds]
}

function ofPlaces(job: Job, caches: Paths): Overlap[] {
  const place = localDirectory(job.destination)
  if (place === undefined) return []
  const cache = caches.around(place)[0] ?? first(caches.below(place), () => true)
  if (cache === undefined) return []
  return [
    {
      job,
      message: `(${job.path}) has the destination ${place}, and the cache directory ${cache} lies in it or is around it`,
      remedy: 'Set "cache_dir" to a directory outside of all destinations.',
    },
  ]
}

function first(paths: Iterable<string>, wanted: (path: string) => boolean): string | undefined {
  for (const path of paths) if (wanted(path)) return path
  return undefined
}

/** Whether a pattern leaves out a path, or a directory between the source and it. */
function isLeftOut(job: Job, source: string, path: string): boolean {
  for (let step = path; step !== source && step !== ''; step = step.slice(0, step.lastIndexOf('/'))) {
    if (excludeOf(job.patterns, step, true) !== undefined) return true
  }
  return false
}
