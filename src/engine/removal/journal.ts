/**
 * The journal of a removal: what it is about to delete, so that a run which was interrupted can be completed by the next.
 * A set that has lost its manifest is in no chain any more, and would otherwise be left to `cleanup`.
 */
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { baseName } from '../../format/filename.ts'
import { isErrno } from '../../lib/errors.ts'
import { largest } from '../chain/sets.ts'
import { writeCached } from '../session/archive-dir.ts'
import { type Inventory, setKey } from './inventory.ts'
import type { RemovalStep } from './plan.ts'
import { localNames, remoteNames } from './plan.ts'

/** In the archive directory; duplicity ignores the name. */
const JOURNAL_FILE = '.duba-removal.json'

/** What a removal that did not end had planned. */
export interface RemovalJournal {
  readonly remote: readonly string[]
  readonly local: readonly string[]
}

/** Writes the journal; it is on the disk when this resolves. Throws ARCHIVE_DIR. */
export async function writeJournal(archiveDir: string, steps: readonly RemovalStep[]): Promise<void> {
  const journal: RemovalJournal = { remote: remoteNames(steps), local: localNames(steps) }
  await writeCached(archiveDir, JOURNAL_FILE, (file) => file.writeFile(`${JSON.stringify(journal)}\n`))
}

/** The removal is complete. */
export async function removeJournal(archiveDir: string): Promise<void> {
  await rm(join(archiveDir, JOURNAL_FILE), { force: true })
}

/** The journal of a removal that did not end; undefined where there is none that can be read. */
export async function readJournal(archiveDir: string): Promise<RemovalJournal | undefined> {
  let text: string
  try {
    text = await readFile(join(archiveDir, JOURNAL_FILE), 'utf8')
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined
    throw error
  }
  return parseJournal(text)
}

/** Undefined for what is no journal. Never throws. */
export function parseJournal(text: string): RemovalJournal | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('remote' in value) || !('local' in value)) {
      return undefined
    }
    return { remote: namesIn(value.remote), local: namesIn(value.local) }
  } catch {
    // It is written whole or not at all; a damaged one is as good as none, because `cleanup` finds the same files.
    return undefined
  }
}

function namesIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : []
}

/**
 * What is left of an interrupted removal: files of sets that have lost their manifest, and cached copies of what is not
 * on the remote any more. What is in a chain is not touched: the plan itself decides about it again.
 */
export function leftOver({ remote, local }: RemovalJournal, inventory: Inventory): RemovalStep[] {
  const incomplete = new Set(inventory.collection.incompleteSets.map(setKey))
  const recorded = new Set(remote)
  const volumes = inventory.remote.filter(
    ({ name, parsed }) => recorded.has(name) && parsed.kind === 'volume' && incomplete.has(setKey(parsed)),
  )
  const present = new Set(inventory.remote.map(({ name }) => baseName(name)))
  const cached = new Set(inventory.local.map(({ name }) => name))
  const step: RemovalStep = {
    reason: 'interrupted-removal',
    time: largest(volumes.map(({ parsed }) => parsed.end)),
    remote: volumes
      .sort((a, b) => b.parsed.end - a.parsed.end || b.parsed.volume - a.parsed.volume)
      .map(({ name }) => name),
    local:
      inventory.remote.length === 0
        ? []
        : local.filter((name) => cached.has(name) && !present.has(baseName(name))),
  }
  return step.remote.length + step.local.length === 0 ? [] : [step]
}
