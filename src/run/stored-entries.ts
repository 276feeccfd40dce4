/** What the destinations of divided sources hold: by looking where they can be listed, and by what this machine remembers. */
import { readdir } from 'node:fs/promises'
import { isErrno, messageOf } from '../lib/errors.ts'
import type { DividedSource } from '../plan/expand.ts'
import type { Job } from '../plan/job.ts'
import { canonicalPath } from '../plan/names.ts'
import type { Stored } from '../plan/stored.ts'
import { localDirectory, placeKey } from '../plan/url-steps.ts'
import { type StatusDocument, statusOf } from '../report/status-document.ts'
import { type Answering, answering } from './answering.ts'

/**
 * The entries that have backups of their own, and those of which it cannot be seen. What belongs to one of the `others`, jobs of
 * other sources or of this one, is none, wherever it lies. `known` is what this machine remembers; undefined: nothing of these jobs.
 */
export async function storedEntries(
  source: DividedSource,
  others: readonly Job[],
  known: StatusDocument | undefined,
  watch: Pick<Answering, 'silence'> = answering,
): Promise<Stored> {
  const found = await listed(source, watch)
  const names = new Set([...found.entries, ...(known === undefined ? [] : rememberedEntries(source, known))])
  const owners = new Map(others.map(({ name, destination }) => [placeKey(destination), name]))
  const foreign = ({ name, destination }: Job): boolean =>
    (owners.get(placeKey(destination)) ?? name) !== name
  const entries = [...names].sort().filter((name) => !foreign(source.jobOf(name)))
  const remembered = known !== undefined && wasBackedUp(known, source.whole.name)
  return { ...found, entries, whole: found.whole ?? (remembered ? true : undefined) }
}

/** Names of the entries that this machine has backed up by themselves. */
export function rememberedEntries({ path, jobOf }: DividedSource, known: StatusDocument): string[] {
  const below = path === '/' ? '/' : `${path}/`
  return Object.entries(known.jobs).flatMap(([name, { source }]) => {
    const entry = canonicalPath(source).slice(below.length)
    const inside = canonicalPath(source).startsWith(below) && entry !== '' && !entry.includes('/')
    return inside && wasBackedUp(known, name) && jobOf(entry).name === name ? [entry] : []
  })
}

/** Whether this machine has made backups of a source, or of an entry of it. */
export const hasBackedUp = (source: DividedSource, known: StatusDocument): boolean =>
  wasBackedUp(known, source.whole.name) || rememberedEntries(source, known).length > 0

const wasBackedUp = (known: StatusDocument, job: string): boolean =>
  (statusOf(known, job)?.operations.backup?.last_success ?? null) !== null

async function listed({ whole }: DividedSource, watch: Pick<Answering, 'silence'>): Promise<Stored> {
  const parent = localDirectory(whole.destination)
  if (parent === undefined) return { entries: [], whole: undefined, troubles: [] }
  const silence = await watch.silence(parent)
  const inside = silence === undefined ? await namesIn(parent) : { trouble: silence }
  if (inside === undefined) return { entries: [], whole: undefined, troubles: [] }
  if ('trouble' in inside) return { entries: [], whole: undefined, troubles: [inside.trouble] }
  const entries: string[] = []
  const troubles: string[] = []
  for (const name of inside.directories) {
    const found = await namesIn(`${parent}/${name}`)
    if (found === undefined) continue
    if (!('trouble' in found)) {
      if (holdsBackups(found.files)) entries.push(name)
    } else if (name !== closedToUsers) {
      troubles.push(found.trouble)
      entries.push(name)
    }
  }
  return { entries, whole: holdsBackups(inside.files), troubles }
}

/** Every ext file system has it in its root, closed to all but root; whoever made backups there can list it. */
const closedToUsers = 'lost+found'

const holdsBackups = (files: readonly string[]): boolean =>
  files.some((file) => /^duplicity-(?:full|inc)\./.test(file))

interface Names {
  readonly directories: readonly string[]
  readonly files: readonly string[]
}

/** Undefined: the directory is not there, or not mounted. */
async function namesIn(path: string): Promise<Names | { readonly trouble: string } | undefined> {
  try {
    const found = await readdir(path, { withFileTypes: true })
    const names = (wanted: boolean): string[] =>
      found.filter((entry) => entry.isDirectory() === wanted).map(({ name }) => name)
    return { directories: names(true), files: names(false) }
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return undefined
    if (isErrno(error)) return { trouble: `the destination ${path} cannot be listed: ${messageOf(error)}` }
    throw error
  }
}
