/** What planning asks the file system. */
import { lstat, readdir } from 'node:fs/promises'
import { isUtf8 } from 'node:buffer'
import { isErrno, messageOf } from '../lib/errors.ts'

export interface SourceEntry {
  /** The name as text; what is not UTF-8 in it is U+FFFD. */
  readonly name: string
  readonly utf8: boolean
  readonly directory: boolean
}

/** Why something cannot be examined; `missing`: it is not there. */
export type Trouble = { readonly trouble: 'missing' } | { readonly trouble: 'error'; readonly text: string }

export interface SourceTree {
  /** Undefined if there is something at the path. */
  look(path: string): Promise<Trouble | undefined>
  /** Entries of a directory, sorted by the bytes of their names. */
  entries(path: string): Promise<readonly SourceEntry[] | Trouble>
}

/** The file system of this machine. */
export const realTree: SourceTree = {
  async look(path) {
    try {
      await lstat(path)
      return undefined
    } catch (error) {
      return troubleOf(error)
    }
  },
  async entries(path) {
    try {
      const found = await readdir(Buffer.from(path), { withFileTypes: true, encoding: 'buffer' })
      return found
        .sort((a, b) => Buffer.compare(a.name, b.name))
        .map((entry) => ({
          name: entry.name.toString('utf8'),
          utf8: isUtf8(entry.name),
          directory: entry.isDirectory(),
        }))
    } catch (error) {
      return troubleOf(error)
    }
  },
}

function troubleOf(error: unknown): Trouble {
  if (isErrno(error, 'ENOENT')) return { trouble: 'missing' }
  if (isErrno(error)) return { trouble: 'error', text: messageOf(error) }
  throw error
}
