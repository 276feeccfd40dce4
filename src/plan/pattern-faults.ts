/** What is wrong in files of patterns, line by line: for the check of a configuration. */
import type { DubaConfig } from '../config/config.generated.ts'
import type { Fault } from '../config/fault.ts'
import { malformed } from './excludes.ts'
import { parsePatternFile } from './patterns.ts'
import type { SourceTree } from './source-tree.ts'

/** Faults of every pattern file that can be read. */
export async function patternFaults(config: DubaConfig, tree: Pick<SourceTree, 'text'>): Promise<Fault[]> {
  const layers = [config, ...config.backup_sources]
  const names = layers.flatMap(({ exclude_files = [], include_files = [] }) => [
    ...exclude_files,
    ...include_files,
  ])
  const faults: Fault[] = []
  for (const file of new Set(names)) {
    const content = await tree.text(file)
    if (typeof content === 'string') faults.push(...faultsIn(content, file))
  }
  return faults
}

function faultsIn(content: string, file: string): Fault[] {
  return content.split('\n').flatMap((text, index) =>
    parsePatternFile(text, 'exclude').flatMap((pattern): Fault[] => {
      const wrong = malformed(pattern.text)
      if (wrong === undefined) return []
      const message = `is no usable pattern: ${wrong}`
      const value = JSON.stringify(pattern.text)
      return [{ file, line: index + 1, path: ['line'], value, message, remedy: 'Correct or remove it.' }]
    }),
  )
}
