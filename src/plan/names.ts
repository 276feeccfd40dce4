/** Names that must stay as existing fleets have them: log files and cache directories. */
import { createHash } from 'node:crypto'

/** Log file of a job: each run of other characters than letters and digits becomes a dash, a leading one is dropped. */
export function logNameOf(name: string): string {
  return `${name.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-/, '')}.log`
}

/** Log file of a job whose plain name is taken: the plain one with a piece of a hash of the path. */
export function distinctLogName(path: string): string {
  return `${logNameOf(path).slice(0, -'.log'.length)}-${md5(path).slice(0, 8)}.log`
}

/** Name of a cache directory: MD5 of the URL exactly as it is written. */
export function cacheNameOf(url: string): string {
  return md5(url)
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}

/** A path without empty and `.` steps and without a slash at the end, as the engine takes it. */
export function canonicalPath(path: string): string {
  const steps = path.split('/').filter((step) => step !== '' && step !== '.')
  return `/${steps.join('/')}`
}

/** Whether a canonical path lies below another. */
export function contains(outer: string, inner: string): boolean {
  return inner !== outer && inner.startsWith(outer === '/' ? '/' : `${outer}/`)
}
