/** Which patterns a job's engine gets. duplicity and our engine stop (14) at one that cannot match inside the source. */
import { fromText } from '../lib/bytestring.ts'
import { hasCode } from '../lib/errors.ts'
import { compileGlob, reachesSource } from '../engine/select/glob.ts'

/** The patterns that can match at or inside a source. A malformed pattern is kept: the configuration check tells it. */
export function fittingPatterns(patterns: readonly string[], source: string): string[] {
  return patterns.filter(
    (pattern) => malformed(pattern) !== undefined || reachesSource(fromText(pattern), fromText(source)),
  )
}

/** The first of the patterns that leaves out a path itself, and with it everything below. */
export function patternAgainst(
  patterns: readonly string[],
  path: string,
  directory: boolean,
): string | undefined {
  return patterns.find(
    (pattern) =>
      malformed(pattern) === undefined &&
      compileGlob(fromText(pattern), 'exclude')(path, directory) === 'match',
  )
}

/** What is wrong with a pattern; undefined: nothing. */
export function malformed(pattern: string): string | undefined {
  try {
    compileGlob(fromText(pattern), 'exclude')
    return undefined
  } catch (error) {
    if (hasCode(error, 'PATTERN_INVALID')) return error.message
    throw error
  }
}
