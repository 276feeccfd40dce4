/** What a destination's URL means, by the parser that the engine uses. */
import { type BackendUrl, parseUrl } from '../backend/url.ts'
import { UserError } from '../lib/errors.ts'

/** Undefined for a URL that the engine will not take. */
function parsed(url: string): BackendUrl | undefined {
  try {
    return parseUrl(url)
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

/** Steps of a path, without empty ones and `.`, and with `..` followed by its name. */
function stepsOf(path: string): string[] {
  const steps: string[] = []
  for (const step of path.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '' && step !== '.') steps.push(step)
  }
  return steps
}

/** The same text for all URLs of one place, however they are written. */
export function placeKey(url: string): string {
  const found = parsed(url)
  if (found === undefined) return url
  const { prefixes, scheme, user, host, port, path, query } = found
  return JSON.stringify([prefixes, scheme, user, host, port, stepsOf(path), query])
}

/** The directory of a `file://` URL, canonical. */
export function localDirectory(url: string): string | undefined {
  const found = parsed(url)
  return found?.scheme === 'file' ? `/${stepsOf(found.path).join('/')}` : undefined
}

/** Whether a name that was put behind a URL is what its last step means. */
export function endsIn(url: string, name: string): boolean {
  const found = parsed(url)
  // A URL that cannot be used is told by the engine.
  return found === undefined || found.path.endsWith(`/${name}`)
}
