/** Plans a configuration over a file system that is given as a map. */
import type { DubaConfig } from '../../src/config/config.generated.ts'
import { parseConfig } from '../../src/config/load.ts'
import { type Expansion, type Host, nothingStored } from '../../src/plan/expand.ts'
import { planJobs } from '../../src/plan/plan.ts'
import type { SourceTree } from '../../src/plan/source-tree.ts'

/** Directories with the names of their entries; a name ending in a slash is a directory. */
export type Tree = Readonly<Record<string, readonly string[] | 'error'>>

export function treeOf(tree: Tree): SourceTree {
  return {
    look(path) {
      const found = tree[path]
      if (found === 'error') return Promise.resolve({ trouble: 'error', text: 'EACCES' })
      return Promise.resolve(found === undefined ? { trouble: 'missing' } : undefined)
    },
    entries(path) {
      const found = tree[path]
      if (found === 'error') return Promise.resolve({ trouble: 'error', text: 'EACCES' })
      if (found === undefined) return Promise.resolve({ trouble: 'missing' })
      const entries = found.map((name) => ({
        name: name.replace(/\/$/, ''),
        utf8: !name.includes('\ufffd'),
        directory: name.endsWith('/'),
      }))
      return Promise.resolve(entries)
    },
    size: (path) => Promise.resolve((tree[path] ?? []) === 'error' ? 0 : (tree[path] ?? []).length),
    hasBackups: (cacheDir) => tree[cacheDir] !== undefined,
    text: (path) => {
      const found = tree[path]
      return Promise.resolve(
        found === undefined || found === 'error' ? { trouble: 'missing' } : found.join('\n'),
      )
    },
  }
}

/** The keys over ones that make a valid configuration. */
export async function plan(
  keys: Partial<DubaConfig>,
  tree: Tree,
  env: Readonly<Record<string, string>> = {},
  stored: Host['stored'] = nothingStored,
): Promise<Expansion> {
  const config = { encryption: 'none', backup_dest: 'file:///b', backup_sources: [], ...keys }
  const loaded = parseConfig(JSON.stringify(config), 'duba.json')
  return planJobs(loaded, { tree: treeOf(tree), env, home: '/root', stored })
}
