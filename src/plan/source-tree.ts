/** What planning asks the file system. */
import { isUtf8 } from 'node:buffer'
import { readdirSync } from 'node:fs'
import { lstat, opendir, readdir, readFile } from 'node:fs/promises'
import { type ByteString, fromBytes, fsPath } from '../lib/bytestring.ts'
import { isErrno, messageOf } from '../lib/errors.ts'
import { decodePath, encodePath } from '../lib/path-text.ts'

export interface SourceEntry {
  /** As path text. */
  readonly name: string
  readonly utf8: boolean
  readonly directory: boolean
}

/** Why something cannot be examined; `missing`: it is not there; `silent`: nothing says whether it is, with a whole sentence. */
export type Trouble =
  { readonly trouble: 'missing' } | { readonly trouble: 'error' | 'silent'; readonly text: string }

/** The file system; paths are path text. */
export interface SourceTree {
  /** Undefined if there is something at the path. */
  look(path: string): Promise<Trouble | undefined>
  /** Entries of a directory, sorted by the bytes of their names. */
  entries(path: string): Promise<readonly SourceEntry[] | Trouble>
  /** Bytes of the files at and below a path, at least; it may stop counting at `enough`. What cannot be read has none. */
  size(path: string, enough: number): Promise<number>
  /** Whether a cache directory holds manifests: something was backed up. */
  hasBackups(cacheDir: string): boolean
  /** The content of a file, as path text. */
  text(path: string): Promise<string | Trouble>
}

/** The file system of this machine. */
export const realTree: SourceTree = {
  async look(path) {
    try {
      await lstat(onDisk(path))
      return undefined
    } catch (error) {
      return troubleOf(error)
    }
  },
  async entries(path) {
    try {
      const found = await readdir(onDisk(path), { withFileTypes: true, encoding: 'buffer' })
      return found
        .sort((a, b) => Buffer.compare(a.name, b.name))
        .map((entry) => ({
          name: decodePath(fromBytes(entry.name)),
          utf8: isUtf8(entry.name),
          directory: entry.isDirectory(),
        }))
    } catch (error) {
      return troubleOf(error)
    }
  },
  size: (path, enough) => sizeBelow(encodePath(path), enough),
  hasBackups(cacheDir) {
    try {
      return readdirSync(cacheDir).some((name) => /\.manifest(?:$|\.)/.test(name))
    } catch (error) {
      if (isErrno(error)) return false
      throw error
    }
  },
  async text(path) {
    try {
      return decodePath(fromBytes(await readFile(onDisk(path))))
    } catch (error) {
      return troubleOf(error)
    }
  },
}

/** What can be said of another machine: nothing of its sources. Files that the configuration names are read here. */
export const elsewhere: SourceTree = {
  ...realTree,
  look: () => Promise.resolve({ trouble: 'missing' }),
  entries: () => Promise.resolve({ trouble: 'missing' }),
  size: () => Promise.resolve(0),
  hasBackups: () => false,
}

async function sizeBelow(path: ByteString, enough: number): Promise<number> {
  let sum = 0
  try {
    const found = await lstat(fsPath(path))
    if (found.isFile()) return found.size
    if (!found.isDirectory()) return 0
    for await (const entry of await opendir(fsPath(path), { encoding: 'latin1' })) {
      if (sum >= enough) break
      sum += await sizeBelow(`${path}/${entry.name}`, enough - sum)
    }
  } catch (error) {
    // How large it is only decides how jobs are cut; the backup of it tells what cannot be read.
    if (!isErrno(error)) throw error
  }
  return sum
}

const onDisk = (path: string): string | Buffer => fsPath(encodePath(path))

function troubleOf(error: unknown): Trouble {
  if (isErrno(error, 'ENOENT')) return { trouble: 'missing' }
  if (isErrno(error)) return { trouble: 'error', text: messageOf(error) }
  throw error
}
