/** From a destination URL to a backend: the registry of schemes, and the one place where the wrappers are stacked. */
import { UserError } from '../lib/errors.ts'
import type { Backend } from './backend.ts'
import { type FileBackendOptions, openFile } from './file/file.ts'
import type { BackendUrl } from './url.ts'
import { dryRun, type DryRunOptions } from './wrap/dry-run.ts'
import { limit, type LimitOptions } from './wrap/limit.ts'
import { retry, type RetryOptions } from './wrap/retry.ts'
import { throttle, type ThrottleOptions } from './wrap/throttle.ts'
import { trace, type TraceOptions } from './wrap/trace.ts'

/** What every backend may need of the world, and which wrappers stand around it. */
export interface OpenOptions extends FileBackendOptions {
  readonly retry: RetryOptions
  readonly limit?: LimitOptions | undefined
  readonly throttle?: ThrottleOptions | undefined
  readonly trace?: TraceOptions | undefined
  readonly dryRun?: DryRunOptions | undefined
}

const openers: Readonly<Record<string, (url: BackendUrl, options: FileBackendOptions) => Backend>> = {
  file: openFile,
}

/** The schemes this version serves. */
export const schemes: readonly string[] = Object.keys(openers)

/**
 * The backend of a URL, ready for use: each attempt takes its turn, is traced and throttled; a failed one is
 * repeated; in a dry run no change gets that far. Throws UNSUPPORTED_SCHEME and BAD_URL; connects to nothing yet.
 */
export function openBackend(url: BackendUrl, options: OpenOptions): Backend {
  // From the inside out.
  return [
    wrapping(limit, options.limit),
    wrapping(trace, options.trace),
    wrapping(throttle, options.throttle),
    wrapping(retry, options.retry),
    wrapping(dryRun, options.dryRun),
  ].reduce((backend, wrap) => wrap(backend), openPlace(url, options))
}

/** A wrapper with its options, or nothing at all where they are not given. */
function wrapping<T>(
  wrapper: (inner: Backend, options: T) => Backend,
  options: T | undefined,
): (inner: Backend) => Backend {
  return (inner) => (options === undefined ? inner : wrapper(inner, options))
}

function openPlace(url: BackendUrl, options: FileBackendOptions): Backend {
  const open = Object.hasOwn(openers, url.scheme) ? openers[url.scheme] : undefined
  if (open !== undefined && url.prefixes.length === 0) return open(url, options)
  const scheme = [...url.prefixes, url.scheme].join('+')
  throw new UserError('UNSUPPORTED_SCHEME', `No backend for ${scheme}:// in ${url.redacted}.`, {
    extra: 'UnsupportedBackendScheme',
    hint: `This version has: ${schemes.map((each) => `${each}://`).join(', ')}.`,
  })
}
