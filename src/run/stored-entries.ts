/** What the destinations of divided sources hold: by looking where they can be listed, else by what this machine remembers. */
import { readdir } from 'node:fs/promises'
import { isErrno } from '../lib/errors.ts'
import type { DividedSource, Expansion } from '../plan/expand.ts'
import type { Job } from '../plan/job.ts'
import { canonicalPath } from '../plan/names.ts'
import type { Stored } from '../plan/stored.ts'
import { localDirectory, placeKey } from '../plan/url-steps.ts'
import type { StatusDocument } from '../report/status-document.ts'

/**
 * The entries that have backups of their own. What belongs to another job of the plan is none, wherever it lies. `known` is what
 * this machine remembers; undefined: nothing of these jobs.
 */
export async function storedEntries(
  source: DividedSource,
  { jobs, absent }: Pick<Expansion, 'jobs' | 'absent'>,
  known: StatusDocument | undefined,
): Promise<Stored> {
  const found = await listed(source)
  const names = new Set([...found.entries, ...(known === undefined ? [] : remembered(source, known))])
  const owners = new Map([...jobs, ...absent].map(({ name, destination }) => [placeKey(destination), name]))
  const foreign = ({ name, destination }: Job): boolean =>
    (owners.get(placeKey(destination)) ?? name) !== name
  const entries = [...names].sort().filter((name) => !foreign(source.jobOf(name)))
  return { entries, whole: found.whole }
}

async function listed({ whole }: DividedSource): Promise<Stored> {
  const parent = localDirectory(whole.destination)
  const inside = parent === undefined ? undefined : await namesIn(parent)
  if (parent === undefined || inside === undefined) return { entries: [], whole: undefined }
  const entries: string[] = []
  for (const name of inside.directories) {
    if (holdsBackups((await namesIn(`${parent}/${name}`))?.files ?? [])) entries.push(name)
  }
  return { entries, whole: holdsBackups(inside.files) }
}

const holdsBackups = (files: readonly string[]): boolean =>
  files.some((file) => /^duplicity-(?:full|inc)\./.test(file))

/** Undefined: the directory is not there, or not mounted. */
async function namesIn(
  path: string,
): Promise<{ readonly directories: string[]; readonly files: string[] } | undefined> {
  try {
    const found = await readdir(path, { withFileTypes: true })
    const names = (wanted: boolean): string[] =>
      found.filter((entry) => entry.isDirectory() === wanted).map(({ name }) => name)
    return { directories: names(true), files: names(false) }
  } catch (error) {
    if (isErrno(error)) return undefined
    throw error
  }
}

function remembered({ path, jobOf }: DividedSource, known: StatusDocument): string[] {
  const below = path === '/' ? '/' : `${path}/`
  return Object.entries(known.jobs).flatMap(([name, { source, operations }]) => {
    const entry = canonicalPath(source).slice(below.length)
    const inside = canonicalPath(source).startsWith(below) && entry !== '' && !entry.includes('/')
    const backedUp = (operations.backup?.last_success ?? null) !== null
    return inside && backedUp && jobOf(entry).name === name ? [entry] : []
  })
}
