/**
 * Reading a file that decides what runs: nobody but root and the user who runs duba may be able to change it. The file
 * is judged by the opened descriptor, its directories by walking to it.
 */
import { constants, type Stats } from 'node:fs'
import { type FileHandle, lstat, open, readlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isErrno } from '../lib/errors.ts'

/** Why a file is not to be trusted. */
export interface Objection {
  /** The end of a sentence that begins with the name of the file. */
  readonly message: string
  readonly remedy: string
}

export interface TrustedFile {
  readonly bytes: Buffer
  /** Empty if only root and the user can have written it. */
  readonly objections: readonly Objection[]
  /** Whether users who are not in its group may read it. */
  readonly exposed: boolean
}

/** Reads at most `limit` bytes. Throws what the system says; an objection is a result. */
export async function readTrusted(
  path: string,
  { uid, limit }: { readonly uid: number; readonly limit: number },
): Promise<TrustedFile> {
  return withTrust(path, uid, async (handle, stat, objections) => {
    if (!stat.isFile()) return { bytes: Buffer.alloc(0), objections, exposed: false }
    const bytes = await readToEnd(handle, limit + 1)
    const tooLarge = { message: `is larger than ${limit} bytes`, remedy: 'Make it smaller.' }
    return {
      bytes: bytes.subarray(0, limit),
      objections: bytes.length > limit ? [...objections, tooLarge] : objections,
      exposed: (stat.mode & 0o004) !== 0,
    }
  })
}

/** At most `most` bytes. What the system says of a file's size counts nothing: it may grow, or be made as it is read. */
async function readToEnd(handle: FileHandle, most: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  for (let left = most; left > 0;) {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(left, 1 << 16)), 0, undefined, null)
    if (bytesRead === 0) break
    pieces.push(buffer.subarray(0, bytesRead))
    left -= bytesRead
  }
  return Buffer.concat(pieces)
}

/** The objections against a file that is not read here, such as a program. Throws what the system says. */
export function examineFile(path: string, uid: number): Promise<readonly Objection[]> {
  return withTrust(path, uid, (_handle, _stat, objections) => Promise.resolve(objections))
}

async function withTrust<T>(
  path: string,
  uid: number,
  use: (handle: FileHandle, stat: Stats, objections: readonly Objection[]) => Promise<T>,
): Promise<T> {
  // Not to wait for a writer, should it be a pipe.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
  try {
    const stat = await handle.stat()
    const objections = stat.isFile()
      ? [...fileObjections(path, stat, uid), ...(await pathObjections(path, stat, uid))]
      : [{ message: 'is no regular file', remedy: 'Name a file.' }]
    return await use(handle, stat, objections)
  } finally {
    await handle.close()
  }
}

function fileObjections(path: string, stat: Stats, uid: number): Objection[] {
  const objections = ownerObjections(path, stat, uid)
  if ((stat.mode & 0o022) !== 0) {
    const message = `is writable by ${(stat.mode & 0o002) === 0 ? 'its group' : 'others'}`
    objections.push({ message, remedy: `Run: chmod go-w ${path}` })
  }
  return objections
}

function ownerObjections(path: string, { uid: owner }: Stats, uid: number): Objection[] {
  if (owner === 0 || owner === uid) return []
  const message = `belongs to user ${owner}, who is neither root nor the user who runs duba`
  return [{ message, remedy: `Run: chown ${uid} ${path}` }]
}

const mostLinks = 40

/** Walks to a file as the system does and looks at every directory and link on the way. */
async function pathObjections(path: string, opened: Stats, uid: number): Promise<Objection[]> {
  const objections: Objection[] = []
  const steps = path.split('/')
  let at = '/'
  let links = 0
  let last = await lstat(at)
  const inDirectory = (wrong: readonly Objection[]): Objection[] =>
    wrong.map(({ message, remedy }) => ({ message: `is reached by ${at}, which ${message}`, remedy }))
  for (let step = steps.shift(); step !== undefined; step = steps.shift()) {
    if (step === '' || step === '.') continue
    objections.push(...inDirectory(directoryObjections(at, last, uid)))
    if (step === '..') at = dirname(at)
    else {
      const next = join(at, step)
      last = await lstat(next)
      if (last.isSymbolicLink()) {
        objections.push(...inDirectory(ownerObjections(next, last, uid)))
        links += 1
        if (links > mostLinks) return [{ message: 'is behind too many links', remedy: 'Name it directly.' }]
        const target = await readlink(next)
        steps.unshift(...target.split('/'))
        if (target.startsWith('/')) at = '/'
      } else at = next
    }
    if (last.isSymbolicLink() || step === '..') last = await lstat(at)
  }
  if (last.ino !== opened.ino || last.dev !== opened.dev) {
    objections.push({ message: 'was replaced while it was read', remedy: 'Run the command again.' })
  }
  return distinct(objections)
}

function directoryObjections(path: string, stat: Stats, uid: number): Objection[] {
  const objections = ownerObjections(path, stat, uid)
  // With the sticky bit, as on /tmp, others can add entries, but not replace one of ours. Root's group counts as root.
  const writable = (stat.mode & 0o002) !== 0 || ((stat.mode & 0o020) !== 0 && stat.gid !== 0)
  if (writable && (stat.mode & 0o1000) === 0) {
    const message = `is writable by ${(stat.mode & 0o002) === 0 ? 'its group' : 'others'}`
    objections.push({ message, remedy: `Run: chmod go-w ${path}` })
  }
  return objections
}

const distinct = (objections: readonly Objection[]): Objection[] => [
  ...new Map(objections.map((objection) => [objection.message, objection])).values(),
]

/** What the system says of a file that cannot be opened, as an objection. Throws what is no error of the system. */
export function openObjection(error: unknown): Objection {
  if (isErrno(error, 'ENOENT', 'ENOTDIR'))
    return { message: 'does not exist', remedy: 'Create it, or remove its name here.' }
  if (isErrno(error, 'EACCES', 'EPERM'))
    return { message: 'cannot be opened', remedy: 'Run duba as a user who may read it.' }
  if (isErrno(error)) return { message: `cannot be opened (${error.code ?? ''})`, remedy: 'Mend it.' }
  throw error
}
