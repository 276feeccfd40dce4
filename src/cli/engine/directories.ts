/** The two directories of a run: the archive directory and a private temporary one. Command line facts §8.1, §8.3. */
import { randomBytes } from 'node:crypto'
import { accessSync, chmodSync, constants, mkdirSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { defaultBackupName } from '../../backend/url.ts'
import { type ByteString, fromText, toText } from '../../lib/bytestring.ts'
import { isErrno, messageOf, UserError } from '../../lib/errors.ts'
import type { Environment } from './expand.ts'
import type { OptionValues } from './values.ts'

export interface DirectoryOptions {
  readonly env: Environment
  readonly cwd: string
  readonly expand: (path: ByteString) => ByteString
}

/** Path of the archive directory of a URL as typed; text. `~` and `$NAME` in `--name` are expanded too. */
export function archivePath(
  values: OptionValues,
  url: string,
  { env, expand }: Pick<DirectoryOptions, 'env' | 'expand'>,
): string {
  const name = values.text('name') ?? defaultBackupName(url)
  const parent = values.text('archive-dir') ?? defaultParent(env, expand)
  return toText(expand(`${parent}/${name}`).replace(/\/{2,}/g, '/'))
}

function defaultParent(env: Environment, expand: (path: ByteString) => ByteString): ByteString {
  const cache = env['XDG_CACHE_HOME']
  // An empty XDG_CACHE_HOME means the root directory to duplicity, and existing caches stay where they are.
  return cache === undefined ? expand('~/.cache/duplicity') : `${fromText(cache)}/duplicity`
}

/** Makes the archive directory, 0700 whatever the umask is; one that is there keeps its mode. Throws ARCHIVE_DIR. */
export function makeArchiveDir(path: string): void {
  try {
    if (mkdirSync(path, { recursive: true, mode: 0o700 }) !== undefined) chmodSync(path, 0o700)
    if (statSync(path).isDirectory()) return
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    throw noArchiveDir(path, { cause, hint: messageOf(cause) })
  }
  throw noArchiveDir(path, {})
}

function noArchiveDir(path: string, options: { cause?: unknown; hint?: string }): UserError {
  const text = `Specified archive directory '${path}' does not exist, or is not a directory`
  return new UserError('ARCHIVE_DIR', text, options)
}

/** The directory in which the temporary one is made: what `--tempdir` says, else the first that can be used. */
export function tempRoot(values: OptionValues, { env, cwd }: Pick<DirectoryOptions, 'env' | 'cwd'>): string {
  const given = values.text('tempdir')
  if (given !== undefined) {
    const path = resolve(cwd, toText(given))
    if (isUsable(path)) return path
    throw new UserError(
      'TEMP_SPACE',
      `The temporary directory ${path} does not exist or cannot be written to.`,
      {
        hint: 'Make it, or name another with --tempdir.',
      },
    )
  }
  const named = [env['TMPDIR'], env['TEMP'], env['TMP']].filter((path) => path !== undefined && path !== '')
  const candidates = [...named, '/tmp', '/var/tmp', '/usr/tmp', cwd].map((path) => resolve(cwd, path ?? ''))
  const found = candidates.find(isUsable)
  if (found !== undefined) return found
  throw new UserError('TEMP_SPACE', `No temporary directory can be used: ${candidates.join(', ')}.`, {
    hint: 'Name one with --tempdir or TMPDIR.',
  })
}

function isUsable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK)
    return statSync(path).isDirectory()
  } catch (error) {
    if (isErrno(error)) return false
    throw error
  }
}

export interface TempDir {
  readonly path: string
  /** Removes it and everything in it. */
  remove(): void
}

/** Makes a directory of our own, 0700, under a root. Throws TEMP_SPACE. */
export function makeTempDir(root: string): TempDir {
  for (;;) {
    const path = join(root, `duplicity-${randomBytes(5).toString('hex')}-tempdir`)
    try {
      mkdirSync(path, { mode: 0o700 })
      return {
        path,
        remove: () => {
          rmSync(path, { recursive: true, force: true })
        },
      }
    } catch (cause) {
      if (isErrno(cause, 'EEXIST')) continue
      throw new UserError('TEMP_SPACE', `No directory can be made in ${root}: ${messageOf(cause)}`, { cause })
    }
  }
}
