/** Patterns of a job: which are left out and which are stored, in order; the first that matches decides. */
import { canonicalPath } from './names.ts'
import { fittingPatterns, malformed, patternMatches } from './excludes.ts'

export interface Pattern {
  readonly action: 'include' | 'exclude'
  /** In duplicity's notation. */
  readonly text: string
}

/** What one layer of the configuration says, with its pattern files read. */
export interface PatternLayer {
  readonly includes: readonly string[]
  readonly includeLists: readonly (readonly Pattern[])[]
  readonly excludes: readonly string[]
  readonly excludeLists: readonly (readonly Pattern[])[]
}

/** The patterns of a layer in the engine's order: what is stored first, then what is left out. */
export function patternsOf(layer: PatternLayer): Pattern[] {
  return [
    ...layer.includes.map((text): Pattern => ({ action: 'include', text })),
    ...layer.includeLists.flat(),
    ...layer.excludes.map((text): Pattern => ({ action: 'exclude', text })),
    ...layer.excludeLists.flat(),
  ]
}

/** The lines of a pattern file. `+ ` and `- ` at the start of a line say otherwise than the file's own kind. */
export function parsePatternFile(content: string, kind: Pattern['action']): Pattern[] {
  return content.split('\n').flatMap((line): Pattern[] => {
    const text = line.trim()
    if (text === '' || text.startsWith('#')) return []
    if (text.startsWith('+ ')) return [{ action: 'include', text: text.slice(2).trim() }]
    if (text.startsWith('- ')) return [{ action: 'exclude', text: text.slice(2).trim() }]
    return [{ action: kind, text }]
  })
}

/** The patterns that can match at or inside a source; malformed ones are kept, for the check to tell. */
export function fitting(patterns: readonly Pattern[], source: string): Pattern[] {
  const fits = new Set(
    fittingPatterns(
      patterns.map(({ text }) => text),
      canonicalPath(source),
    ),
  )
  return patterns.filter(({ text }) => fits.has(text))
}

/** The exclude that leaves out a path itself, and with it everything below; undefined: it is stored. */
export function excludeOf(
  patterns: readonly Pattern[],
  path: string,
  directory: boolean,
): string | undefined {
  const first = patterns.find(
    ({ text }) => malformed(text) === undefined && patternMatches(text, path, directory),
  )
  return first?.action === 'exclude' ? first.text : undefined
}

/** A pattern that matches just this path, and what is below it. */
export function literal(path: string): string {
  return path.replace(/[[*?]/g, (character) => `[${character}]`)
}
