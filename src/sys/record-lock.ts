/**
 * The lock of an archive directory: a POSIX record lock on `lockfile`, the very one that duplicity takes, so the two
 * keep each other out (archive format §11.4). The kernel drops it when the process ends, however it ends.
 */
import { closeSync, constants, fstatSync, openSync, statSync, unlinkSync } from 'node:fs'
import { type ByteString, fsPath, toText } from '../lib/bytestring.ts'
import { isErrno, messageOf, UserError } from '../lib/errors.ts'
import { type Libc, libc, systemError, whyNoLibc } from './libc.ts'

/** A lock that is held until `release`, or the reason why none could be taken: the caller warns and goes on. */
export type RecordLock =
  { readonly held: true; release(): void } | { readonly held: false; readonly reason: string }

const F_GETLK = 5
const F_SETLK = 6
const F_WRLCK = 1
const F_UNLCK = 2
/** How often the file may be removed by others between our opening and our locking it. */
const TRIES = 100

/**
 * Files locked by this process, as `device:inode`. The kernel never refuses a process its own lock, and closing any
 * descriptor of the file would drop it: such a file must not even be opened a second time.
 */
const ours = new Set<string>()

/**
 * Locks `lockfile` in an archive directory, which must exist. Throws LOCKED, with the process that holds it, and
 * ARCHIVE_DIR where the file cannot be opened.
 */
export function lockArchiveDir(directory: ByteString, load: () => Libc | undefined = libc): RecordLock {
  const calls = load()
  if (calls === undefined) return { held: false, reason: whyNoLibc() ?? 'record locks are missing' }
  const path = `${directory}/lockfile`
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const present = identity(path)
    if (present !== undefined && ours.has(present)) throw locked(directory, process.pid)
    const fd = open(path, directory)
    const outcome = tryLock(calls, fd)
    if (outcome.locked) {
      const mine = identityOf(fd)
      // Whoever held it before us has removed the file: ours is not the one that others will open.
      if (identity(path) === mine) return held(path, fd, mine)
    }
    closeSync(fd)
    if (outcome.failure !== undefined) return { held: false, reason: outcome.failure }
    if (outcome.holder !== undefined) throw locked(directory, outcome.holder)
  }
  throw locked(directory, undefined)
}

interface Outcome {
  readonly locked: boolean
  /** Process id of the holder; 0 or less where the kernel does not tell. */
  readonly holder?: number
  /** Why this file cannot be locked at all. */
  readonly failure?: string
}

/** Tries once. Neither locked nor a holder: it was released that very moment. */
function tryLock(calls: Libc, fd: number): Outcome {
  if (calls.fcntl(fd, F_SETLK, exclusive()) === 0) return { locked: true }
  const refused = systemError(calls.errno(), 'fcntl')
  if (!isErrno(refused, 'EAGAIN', 'EACCES')) return { locked: false, failure: messageOf(refused) }
  const found = exclusive()
  if (calls.fcntl(fd, F_GETLK, found) !== 0) return { locked: false, holder: 0 }
  return found.readInt16LE(0) === F_UNLCK
    ? { locked: false }
    : { locked: false, holder: found.readInt32LE(24) }
}

/** `struct flock` for the whole file: type, whence, start, length, process; 64-bit Linux. */
function exclusive(): Buffer {
  const lock = Buffer.alloc(32)
  lock.writeInt16LE(F_WRLCK, 0)
  return lock
}

function held(path: ByteString, fd: number, mine: string): RecordLock {
  let released = false
  ours.add(mine)
  return {
    held: true,
    release() {
      if (released) return
      released = true
      // Removed while still locked: who opens it later finds a new file, who has it open finds it gone.
      try {
        if (identity(path) === mine) unlinkSync(fsPath(path))
      } catch (error) {
        // A file left behind without a lock does no harm.
        if (!isErrno(error)) throw error
      } finally {
        ours.delete(mine)
        closeSync(fd)
      }
    },
  }
}

function open(path: ByteString, directory: ByteString): number {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND
  try {
    return openSync(fsPath(path), flags, 0o600)
  } catch (error) {
    if (!isErrno(error)) throw error
    const shown = toText(directory)
    throw new UserError('ARCHIVE_DIR', `Cannot open the lock file in ${shown}: ${messageOf(error)}`, {
      cause: error,
      hint: 'Check that the archive directory exists and that this user may write to it.',
    })
  }
}

function identityOf(fd: number): string {
  const { dev, ino } = fstatSync(fd, { bigint: true })
  return `${dev}:${ino}`
}

function identity(path: ByteString): string | undefined {
  const found = statSync(fsPath(path), { throwIfNoEntry: false, bigint: true })
  return found === undefined ? undefined : `${found.dev}:${found.ino}`
}

function locked(directory: ByteString, holder: number | undefined): UserError {
  const who = holder === undefined || holder <= 0 ? 'Another process' : `Process ${holder}`
  return new UserError('LOCKED', `${who} is working with the archive directory ${toText(directory)}.`, {
    hint: {
      engine: 'Wait until it has ended, or give this backup another --archive-dir or --name.',
      duba: 'Wait until it has ended: it may be another run of duba, or duplicity started by hand.',
    },
  })
}
