/** The golden cases as data (test/golden/README.md). */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What `case.json` says. Paths are relative to `folder`. */
export interface GoldenCase {
  name: string
  folder: string
  what: string
  /** Whether every session can be restored. */
  sound: boolean
  /** Whether the keys of `keys/` are needed. */
  keys: boolean
  options: string[]
  env: Record<string, string>
  sessions: { time: number; tree: string; list?: string; command?: string; volumeBytes?: number }[]
  /** What collection-status printed. */
  status?: string
}

/** All cases, by name. */
export const goldenCases: readonly GoldenCase[] = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'keys')
  .map(({ name }) => {
    const folder = join(import.meta.dirname, name)
    const told = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as Omit<
      GoldenCase,
      'name' | 'folder'
    >
    return { ...told, name, folder }
  })

/** The standard output of a recorded command, as a byte string. */
export function recordedOutput(path: string): string {
  const text = readFileSync(path, 'latin1')
  const [, output] = /^# --- stdout\n(.*)^# --- stderr\n/ms.exec(text) ?? []
  if (output === undefined) throw new Error(`${path} is no record of a command`)
  return output
}
