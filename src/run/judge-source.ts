/** What a source is like before its backup, in the light of what is known of it: missing, vanished, empty, or in order. */
import { opendir, readlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fromBytes, fsPath } from '../lib/bytestring.ts'
import { isErrno } from '../lib/errors.ts'
import { decodePath, encodePath } from '../lib/path-text.ts'
import { canonicalPath, contains } from '../plan/names.ts'
import type { Job, Obstacle } from '../plan/job.ts'
import { realTree } from '../plan/source-tree.ts'
import { localDirectory } from '../plan/url-steps.ts'
import { lastGood, type StatusDocument, statusOf } from '../report/status-document.ts'
import { answering } from './answering.ts'

/** Why a backup is not begun; undefined: nothing stands against it. `acceptShrink`: a source may have become empty. */
export async function judgeSource(
  job: Job,
  known: StatusDocument,
  acceptShrink = false,
): Promise<Obstacle | undefined> {
  const { obstacle, path, expectation } = job
  if (obstacle?.code === 'missing') return judgeMissing(job, known)
  if (obstacle?.code === 'empty') {
    if (!expectation.mustExist && !hadEntries(job, known)) return obstacle
    return sourceEmpty(path, 'it has entries that were backed up', expectation.mustExist)
  }
  if (obstacle !== undefined) return obstacle
  const silence = (await answering.silence(path)) ?? (await destinationSilence(job))
  if (silence !== undefined) return { verdict: 'stalled', code: 'stalled', text: silence }
  if (!(await isEmptyDirectory(path))) return undefined
  const before = lastGood(statusOf(known, job.name)?.operations.backup)?.source_files ?? 0
  // The directory itself counts as an entry.
  if (!expectation.mustExist && (before <= 1 || acceptShrink)) return undefined
  return sourceEmpty(path, `it had ${before} entries in its last good backup`, expectation.mustExist)
}

/** Looks at the directory above: that of the backups may hold so many files that a slow server takes long to name them. */
async function destinationSilence({ destination }: Job): Promise<string | undefined> {
  const directory = localDirectory(destination)
  return directory === undefined ? undefined : answering.silence(dirname(directory))
}

/** What to say of a source that is a link: the engine stores no more than that, as duplicity does. Undefined: it is none. */
export async function linkTrouble({ path, expectation }: Job): Promise<Obstacle | undefined> {
  let target: string
  try {
    target = decodePath(fromBytes(await readlink(fsPath(encodePath(path)), { encoding: 'buffer' })))
  } catch (error) {
    if (isErrno(error)) return undefined
    throw error
  }
  const text = `${path} is a symbolic link, and nothing but the link was stored. Name what it leads to as the source: ${target}`
  return { verdict: expectation.mustExist ? 'failed' : 'warning', code: 'source-link', text }
}

/** Whether something of the job was ever backed up, as far as this machine remembers. */
export function hasBackups(job: Job, known: StatusDocument): boolean {
  const success = statusOf(known, job.name)?.operations.backup?.last_success ?? null
  return success !== null || realTree.hasBackups(job.cacheDir)
}

function judgeMissing(job: Job, known: StatusDocument): Obstacle {
  const { path } = job
  if (job.expectation.mustExist) {
    const text = `${path} does not exist, and it must. Mount or restore it, or remove the source`
    return { verdict: 'failed', code: 'source-missing', text }
  }
  if (hasBackups(job, known) || hadEntries(job, known)) {
    const text = `${path} does not exist any more. Its backups stay, and none of them is deleted. If it is gone for good, set "state": "absent"`
    return { verdict: 'warning', code: 'vanished', text }
  }
  return { verdict: 'skipped', code: 'missing', text: `${path} does not exist` }
}

/** Of a divided source: whether entries of it were backed up. */
function hadEntries(job: Job, known: StatusDocument): boolean {
  const root = canonicalPath(job.path)
  return (
    job.division !== undefined &&
    Object.values(known.jobs).some(
      ({ source, operations }) =>
        contains(root, canonicalPath(source)) && (operations.backup?.last_success ?? null) !== null,
    )
  )
}

function sourceEmpty(path: string, why: string, must: boolean): Obstacle {
  const reason = must ? 'it must hold something' : why
  const remedy = must ? 'set "must_exist" to false' : 'run "duba backup --accept-shrink" for the job once'
  const text = `${path} is empty, and ${reason}. Is it mounted? What was backed up stays, and none of it is deleted. If it may be empty, ${remedy}`
  return { verdict: 'failed', code: 'source-empty', text }
}

async function isEmptyDirectory(path: string): Promise<boolean> {
  try {
    const directory = await opendir(path)
    try {
      return (await directory.read()) === null
    } finally {
      await directory.close()
    }
  } catch (error) {
    // No directory, or closed to us: the engine says what it is.
    if (isErrno(error)) return false
    throw error
  }
}
