/** Patterns that can match nothing: what they were to leave out or bring back is not, or the job that has them fails. */
import type { Fault } from '../config/fault.ts'
import type { LoadedConfig } from '../config/load.ts'
import { fittingPatterns } from './excludes.ts'
import { canonicalPath } from './names.ts'

const remedy = 'Write the whole path, or begin with "**".'

/** A warning for every pattern of a source that can match nothing there, and of the top that can match nothing anywhere. */
export function idlePatterns({ config, locate }: Pick<LoadedConfig, 'config' | 'locate'>): Fault[] {
  const top = (['backup_excludes', 'backup_includes'] as const).flatMap((key) =>
    idle(config[key] ?? [], '/').map(([index, pattern]) => ({
      ...locate([key, index]),
      value: JSON.stringify(pattern),
      message: 'can match nothing',
      remedy,
    })),
  )
  const own = config.backup_sources.flatMap((source, number) =>
    (['excludes', 'includes'] as const).flatMap((key) =>
      idle(source[key] ?? [], canonicalPath(source.path)).map(([index, pattern]) => ({
        ...locate(['backup_sources', number, key, index]),
        value: JSON.stringify(pattern),
        message: `can match nothing in ${source.path}${source.divide === undefined ? ', and its job fails' : ''}`,
        remedy,
      })),
    ),
  )
  return [...top, ...own]
}

function idle(patterns: readonly string[], source: string): (readonly [number, string])[] {
  const fits = new Set(fittingPatterns(patterns, source))
  return [...patterns.entries()].filter(([, pattern]) => !fits.has(pattern))
}
