/**
 * The archive directory: the local, unencrypted cache of manifests and signature archives of one repository
 * (archive format §2.2, §11). Files are 0600: they list every file name of the source.
 */
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { baseName, formatName, type NameStyle, type RepositoryName } from '../../format/filename.ts'
import { UserError, isErrno, messageOf } from '../../lib/errors.ts'
import { localFailure } from '../local-failure.ts'
import type { ListedName } from '../chain/listing.ts'
import type { RepositoryFile } from '../chain/sets.ts'

/** Names and sizes in the archive directory. What is no regular file (a directory under the name of a file) is left out. */
export async function listArchiveDir(dir: string): Promise<ListedName[]> {
  let names: string[]
  try {
    names = await readdir(dir)
  } catch (error) {
    throw new UserError('ARCHIVE_DIR', `Cannot read the archive directory ${dir}: ${messageOf(error)}`, {
      cause: error,
      hint: {
        engine: 'Check its owner and mode, or choose another with --archive-dir.',
        duba: 'Check its owner and mode, or choose another with "cache_dir" in the configuration.',
      },
    })
  }
  const sizes = await Promise.all(names.map(async (name) => sizeOf(join(dir, name))))
  return names.flatMap((name, index) => {
    const size = sizes[index]
    return size === undefined ? [] : [{ name, size }]
  })
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const status = await stat(path)
    return status.isFile() ? status.size : undefined
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ELOOP')) return undefined
    throw error
  }
}

/** Name under which a remote manifest or signature archive is cached: manifests plain, signatures gzipped. */
export function cachedName(file: RepositoryFile): string {
  const short = !/manifest|sigtar/.test(file.name)
  const suffix = file.parsed.kind === 'manifest' ? '' : short ? '.z' : '.gz'
  return baseName(file.name) + suffix
}

/** The names that one session uses, on both sides. */
export interface SessionNames {
  readonly volume: (number: number) => string
  readonly manifest: string
  readonly signatures: string
  readonly localManifest: string
  readonly localSignatures: string
  readonly partManifest: string
  readonly partSignatures: string
}

/** Names of a new session in the given style; `form` is the form of what is uploaded. */
export function sessionNames(
  set: { type: 'full' | 'inc'; start: number; end: number },
  form: RepositoryName['form'],
  style: NameStyle,
): SessionNames {
  const name = (part: Pick<RepositoryName, 'kind' | 'form'> & Partial<RepositoryName>): string =>
    formatName({ ...set, volume: 0, partial: false, ...part }, style)
  const manifestForm = form === 'gpg' ? 'gpg' : 'plain'
  return {
    volume: (volume) => name({ kind: 'volume', form, volume }),
    manifest: name({ kind: 'manifest', form: manifestForm }),
    signatures: name({ kind: 'signatures', form }),
    localManifest: name({ kind: 'manifest', form: 'plain' }),
    localSignatures: name({ kind: 'signatures', form: 'gz' }),
    partManifest: name({ kind: 'manifest', form: 'plain', partial: true }),
    partSignatures: name({ kind: 'signatures', form: 'plain', partial: true }),
  }
}

/** Removes a file of the archive directory, if it is there. Throws ARCHIVE_DIR. */
export async function removeCached(dir: string, name: string): Promise<void> {
  await rm(join(dir, name), { force: true }).catch((error: unknown) => {
    throw localFailure(error, 'ARCHIVE_DIR', dir)
  })
}

/** A new directory in it, for one session. Throws ARCHIVE_DIR. */
export async function makeWorkDir(dir: string, prefix: string): Promise<string> {
  return mkdtemp(join(dir, prefix)).catch((error: unknown) => {
    throw localFailure(error, 'ARCHIVE_DIR', dir)
  })
}

/**
 * Writes a file of the archive directory so that it is there whole or not at all: written under a name that nobody
 * recognises, synced, renamed. Throws ARCHIVE_DIR, and what `write` throws.
 */
export async function writeCached(
  dir: string,
  name: string,
  write: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const temporary = join(dir, `.duba-${randomBytes(6).toString('hex')}.tmp`)
  const { O_CREAT, O_EXCL, O_WRONLY } = constants
  const file = await open(temporary, O_CREAT | O_EXCL | O_WRONLY, 0o600).catch((error: unknown) => {
    throw localFailure(error, 'ARCHIVE_DIR', dir)
  })
  try {
    try {
      await write(file)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, join(dir, name))
  } catch (error) {
    await rm(temporary, { force: true })
    const full = isErrno(error, 'ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS')
    throw full ? localFailure(error, 'ARCHIVE_DIR', dir) : error
  }
}
