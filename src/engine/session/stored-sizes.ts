/**
 * What was stored from here: name and size of every file that was uploaded, one JSON array a line in the archive
 * directory, so that a later look can tell whether it is all still there without any secret. duplicity ignores the file by
 * its name. Where it is lost, only names can be compared.
 */
import { appendFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isErrno } from '../../lib/errors.ts'
import { parseName } from '../../format/filename.ts'
import type { Collection } from '../chain/collection.ts'
import type { Emit } from '../events.ts'
import type { EngineContext } from '../request.ts'
import { inDirectory } from '../local-failure.ts'
import { writeCached } from './archive-dir.ts'

const FILE = '.duba-stored'

/**
 * An `emit` that also writes down what was uploaded: at once, so that it survives whatever ends the process. Throws
 * ARCHIVE_DIR.
 */
export function recordingStored(archiveDir: string, emit: Emit): Emit {
  return (event) => {
    if (event.type === 'upload-done') {
      inDirectory('ARCHIVE_DIR', archiveDir, () => {
        appendFileSync(join(archiveDir, FILE), `${JSON.stringify([event.name, event.size])}\n`, {
          mode: 0o600,
        })
      })
    }
    emit(event)
  }
}

/** The sizes that were recorded, by name; the last one counts. Lines that are damaged are left out. */
export async function storedSizes(archiveDir: string): Promise<Map<string, number>> {
  let text: string
  try {
    text = await readFile(join(archiveDir, FILE), 'utf8')
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return new Map()
    throw error
  }
  return new Map(text.split('\n').flatMap(parseLine))
}

/** Forgets every file but these. Throws ARCHIVE_DIR. */
export async function keepStored(
  archiveDir: string,
  sizes: ReadonlyMap<string, number>,
  names: ReadonlySet<string>,
): Promise<void> {
  const kept = [...sizes].filter(([name]) => names.has(name))
  if (kept.length === sizes.size) return
  const lines = kept.map((pair) => `${JSON.stringify(pair)}\n`)
  await writeCached(archiveDir, FILE, async (file) => {
    await file.writeFile(lines.join(''))
  })
}

/** Forgets what is gone and older than every chain that is there: removals have deleted it. Throws ARCHIVE_DIR. */
export async function forgetOld(
  { archiveDir, names }: Pick<EngineContext, 'archiveDir' | 'names'>,
  { listing, chains }: Pick<Collection, 'listing' | 'chains'>,
): Promise<void> {
  if (chains.length === 0) return
  const oldest = Math.min(...chains.map(({ start }) => start))
  const present = new Set(listing.map(({ name }) => name))
  const sizes = await storedSizes(archiveDir)
  const stays = (name: string): boolean =>
    present.has(name) || (parseName(name, names)?.end ?? oldest) >= oldest
  await keepStored(archiveDir, sizes, new Set([...sizes.keys()].filter(stays)))
}

function parseLine(line: string): [string, number][] {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return [] // Cut off, or empty: nothing is known of that file.
  }
  if (!Array.isArray(value)) return []
  const [name, size] = value as unknown[]
  return typeof name === 'string' && typeof size === 'number' ? [[name, size]] : []
}
