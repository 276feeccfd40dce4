/** Sources, caches and local destinations that lie in one another: a backup of backups, or one that eats itself. */
import { contains, canonicalPath } from './names.ts'
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
  const caches = unique(jobs.map((job) => canonicalPath(job.cacheDir)))
  const places = unique(jobs.flatMap(({ destination }) => localDirectory(destination) ?? []))
  const found = jobs.flatMap((job) => [...ofSource(job, caches, places), ...ofPlaces(job, caches)])
  const told = new Set<string>()
  return found.filter(({ job, message }) => {
    const key = `${job.origin.join('.')} ${message}`
    return told.has(key) ? false : told.add(key)
  })
}

function ofSource(job: Job, caches: readonly string[], places: readonly string[]): Overlap[] {
  const source = canonicalPath(job.path)
  const remedy = 'Remove the source, or move the one of the two that lies in the other.'
  const inside = (outer: readonly string[], what: string): Overlap[] =>
    outer
      .filter((path) => path === source || contains(path, source))
      .map((path) => ({ job, remedy, message: `(${job.path}) lies in ${what} ${path}` }))
  const swallowed = places.filter((path) => contains(source, path) && !isLeftOut(job, source, path))
  return [
    ...inside(caches, 'the cache directory'),
    ...inside(places, 'the destination'),
    ...swallowed.slice(0, 1).map((path) => ({
      job,
      message: `(${job.path}) holds the destination ${path}, which would be backed up with it`,
      remedy: `Leave it out with "excludes": ["${path}"], or move it.`,
    })),
  ]
}

function ofPlaces(job: Job, caches: readonly string[]): Overlap[] {
  const place = localDirectory(job.destination)
  if (place === undefined) return []
  return caches
    .filter((cache) => cache === place || contains(cache, place) || contains(place, cache))
    .slice(0, 1)
    .map((cache) => ({
      job,
      message: `(${job.path}) has the destination ${place}, and the cache directory ${cache} lies in it or is around it`,
      remedy: 'Set "cache_dir" to a directory outside of all destinations.',
    }))
}

/** Whether a pattern leaves out a path, or a directory between the source and it. */
function isLeftOut(job: Job, source: string, path: string): boolean {
  for (let step = path; step !== source && step !== ''; step = step.slice(0, step.lastIndexOf('/'))) {
    if (excludeOf(job.patterns, step, true) !== undefined) return true
  }
  return false
}

const unique = (paths: readonly string[]): string[] => [...new Set(paths)]
