/** Which patterns a job's engine gets. duplicity and our engine stop (14) at one that cannot match inside the source. */
import { hasCode } from '../lib/errors.ts'
import { encodePath } from '../lib/path-text.ts'
import { compileGlob, reachesSource } from '../engine/select/glob.ts'

/** The patterns that can match at or inside a source. A malformed pattern is kept: the configuration check tells it. */
export function fittingPatterns(patterns: readonly string[], source: string): string[] {
  return patterns.filter(
    (pattern) => malformed(pattern) !== undefined || reachesSource(encodePath(pattern), encodePath(source)),
  )
}

/** Whether a pattern that is not malformed matches a path itself. */
export function patternMatches(pattern: string, path: string, directory: boolean): boolean {
  return compileGlob(encodePath(pattern), 'exclude')(encodePath(path), directory) === 'match'
}

/** What is wrong with a pattern; undefined: nothing. */
export function malformed(pattern: string): string | undefined {
  try {
    compileGlob(encodePath(pattern), 'exclude')
    return undefined
  } catch (error) {
    if (hasCode(error, 'PATTERN_INVALID')) return error.message
    throw error
  }
}
