/**
 * `file://`: a directory on this machine, or one that is mounted there. Files appear under their name only when
 * they are complete and on the disk: temporary name, fsync, rename, fsync of the directory.
 */
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, link, mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { type ByteString, fromText, fsPath, toText } from '../../lib/bytestring.ts'
import { isErrno, UserError } from '../../lib/errors.ts'
import type { Backend, BackendTraits, Body, RemoteFile } from '../backend.ts'
import { type BackendOperation, closed, notFound, systemFailure } from '../failure.ts'
import { bodyBytes } from '../streams.ts'
import type { BackendUrl } from '../url.ts'
import { readHandle } from './read-handle.ts'

export interface FileBackendOptions {
  /** Where relative URLs begin. Text, absolute. */
  readonly cwd: string
  /** Seconds since the epoch. */
  readonly now: () => number
}

/** Begins with a dot and fits no pattern of duplicity, which therefore ignores what a crash left behind. */
const TEMPORARY = /^\.duba-[0-9a-f]{16}\.tmp$/
const STALE_SECONDS = 86_400
const STATS_AT_ONCE = 32

/** A backend on the directory of a `file://` URL. `file://rel` and, as in duplicity, `file:////rel` are relative. */
export function openFile(url: BackendUrl, options: FileBackendOptions): Backend {
  const path = url.path.slice(2)
  if (path === '') {
    throw new UserError('BAD_URL', `The URL ${url.redacted} cannot be used: it has no path.`, {
      hint: 'Write file:///absolute/path; four slashes mean a relative path.',
      extra: 'InvalidBackendURL',
    })
  }
  return new FileBackend(fromText(resolve(options.cwd, path)), options.now)
}

class FileBackend implements Backend {
  readonly label: string
  readonly traits: BackendTraits = { atomicPut: true, concurrency: 8, local: true }
  readonly #directory: ByteString
  readonly #now: () => number
  #closed = false
  #swept = false
  /** Something was stored: the directory was there, and is not made anew should it vanish. */
  #stored = false

  constructor(directory: ByteString, now: () => number) {
    this.#directory = directory
    this.#now = now
    this.label = `file://${toText(directory)}`
  }

  async list(signal: AbortSignal): Promise<RemoteFile[]> {
    return this.#call('list', undefined, signal, async () => {
      const names = (await this.#names()).filter((name) => !TEMPORARY.test(name))
      const files: RemoteFile[] = []
      for (let first = 0; first < names.length; first += STATS_AT_ONCE) {
        signal.throwIfAborted()
        const some = names.slice(first, first + STATS_AT_ONCE)
        const sizes = await Promise.all(some.map((name) => this.#sizeOf(name)))
        some.forEach((name, index) => {
          const size = sizes[index]
          if (size !== undefined) files.push({ name, size })
        })
      }
      return files
    })
  }

  async size(name: string, signal: AbortSignal): Promise<number | undefined> {
    return this.#call('size', name, signal, () => this.#sizeOf(name))
  }

  async put(name: string, body: Body, signal: AbortSignal): Promise<void> {
    return this.#call('put', name, signal, async () => {
      const target = this.#path(name)
      const temporary = this.#path(`.duba-${randomBytes(8).toString('hex')}.tmp`)
      await this.#sweepOnce()
      const linked = await linkSpare(body, temporary)
      const handle = linked ?? (await this.#create(temporary))
      let complete = false
      try {
        try {
          if (linked === undefined)
            for await (const chunk of bodyBytes(name, body, signal)) await writeAll(handle, chunk)
          await handle.sync()
        } finally {
          await handle.close()
        }
        signal.throwIfAborted()
        await rename(fsPath(temporary), fsPath(target))
        complete = true
        this.#stored = true
      } finally {
        if (!complete) await rm(fsPath(temporary), { force: true })
      }
      await syncDirectory(this.#directory)
    })
  }

  async get(name: string, signal: AbortSignal): Promise<Readable> {
    return this.#call('get', name, signal, async () => {
      const handle = await open(fsPath(this.#path(name)), constants.O_RDONLY | constants.O_NONBLOCK)
      if (!(await handle.stat()).isFile()) {
        await handle.close()
        throw notFound(this.label, toText(name))
      }
      return readHandle(handle, signal, (error) => systemFailure(error, 'get', this.label, toText(name)))
    })
  }

  async delete(name: string, signal: AbortSignal): Promise<void> {
    return this.#call('delete', name, signal, async () => {
      try {
        await unlink(fsPath(this.#path(name)))
      } catch (error) {
        if (!isErrno(error, 'ENOENT', 'ENOTDIR')) throw error
      }
    })
  }

  localPath(name: string): string | undefined {
    const path = this.#path(name)
    const text = toText(path)
    return fromText(text) === path ? text : undefined
  }

  close(): Promise<void> {
    this.#closed = true
    return Promise.resolve()
  }

  /** Runs one call: refuses to begin when closed or aborted, and turns system errors into words. */
  async #call<T>(
    operation: BackendOperation,
    name: string | undefined,
    signal: AbortSignal,
    work: () => Promise<T>,
  ): Promise<T> {
    if (this.#closed) throw closed(this.label)
    signal.throwIfAborted()
    try {
      return await work()
    } catch (error) {
      throw systemFailure(error, operation, this.label, name === undefined ? undefined : toText(name))
    }
  }

  #path(name: ByteString): ByteString {
    if (name === '' || name === '.' || name === '..' || /[/\0]/.test(name)) {
      throw new UserError(
        'BACKEND_ERROR',
        `${JSON.stringify(toText(name))} cannot be a file in ${this.label}.`,
        {
          hint: 'Names and name prefixes must not hold a slash.',
        },
      )
    }
    return this.#directory === '/' ? `/${name}` : `${this.#directory}/${name}`
  }

  /** Names in the directory; none where it does not exist yet. */
  async #names(): Promise<ByteString[]> {
    try {
      return await readdir(fsPath(this.#directory), { encoding: 'latin1' })
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return []
      throw error
    }
  }

  /** Bytes of a file; undefined for what is not there, not a file, or a link that leads nowhere. */
  async #sizeOf(name: ByteString): Promise<number | undefined> {
    try {
      const found = await stat(fsPath(this.#path(name)))
      return found.isFile() ? found.size : undefined
    } catch (error) {
      if (isErrno(error, 'ENOENT', 'ENOTDIR', 'ELOOP')) return undefined
      throw error
    }
  }

  /** Creates a file, and the directory first where it is missing from the beginning. */
  async #create(path: ByteString): Promise<FileHandle> {
    try {
      return await open(fsPath(path), 'wx', 0o600)
    } catch (error) {
      if (this.#stored || !isErrno(error, 'ENOENT')) throw error
    }
    const made = await makeDirectories(this.#directory)
    if (made !== undefined) await syncAncestors(this.#directory, fromText(made))
    return open(fsPath(path), 'wx', 0o600)
  }

  /** Removes, before the first put, what a crash of ours left behind more than a day ago. */
  async #sweepOnce(): Promise<void> {
    if (this.#swept) return
    this.#swept = true
    for (const name of (await this.#names()).filter((each) => TEMPORARY.test(each))) {
      try {
        const { mtimeMs } = await stat(fsPath(this.#path(name)))
        if (mtimeMs / 1000 < this.#now() - STALE_SECONDS) await unlink(fsPath(this.#path(name)))
      } catch (error) {
        // Another run swept it, or it belongs to somebody else: it does no harm.
        if (!isErrno(error, 'ENOENT', 'EACCES', 'EPERM')) throw error
      }
    }
  }
}

/** Makes a directory and those above it; the first one made, as Node tells it. */
async function makeDirectories(path: ByteString): Promise<string | undefined> {
  try {
    return await mkdir(fsPath(path), { recursive: true, mode: 0o700 })
  } catch (error) {
    // Node says so too where a disk is full or read-only; a plain mkdir of the first missing one tells.
    if (!isErrno(error, 'ENOENT')) throw error
    let missing = path
    while (missing !== '/' && !(await exists(dirname(missing)))) missing = dirname(missing)
    await mkdir(fsPath(missing), 0o700)
    return (await mkdir(fsPath(path), { recursive: true, mode: 0o700 })) ?? missing
  }
}

async function exists(path: ByteString): Promise<boolean> {
  try {
    await stat(fsPath(path))
    return true
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false
    throw error
  }
}

/**
 * Links a spare file of the body to a name, where both lie on one file system, and opens it. Undefined where that
 * cannot be, for whatever reason: then the bytes are copied, and what is wrong is told there.
 */
async function linkSpare({ spare, size }: Body, path: ByteString): Promise<FileHandle | undefined> {
  if (spare === undefined) return undefined
  try {
    await link(spare, fsPath(path))
  } catch (error) {
    if (!isErrno(error)) throw error
    return undefined
  }
  const handle = await open(fsPath(path), 'r+')
  const found = await handle.stat()
  if (found.isFile() && found.size === size) return handle
  await handle.close()
  await unlink(fsPath(path))
  return undefined
}

async function writeAll(handle: FileHandle, chunk: Buffer): Promise<void> {
  for (let done = 0; done < chunk.length;) done += (await handle.write(chunk, done)).bytesWritten
}

/** Makes the entries of a directory last. Some network file systems cannot, and need not. */
async function syncDirectory(path: ByteString): Promise<void> {
  const handle = await open(fsPath(path), constants.O_RDONLY | constants.O_DIRECTORY)
  try {
    await handle.sync()
  } catch (error) {
    if (!isErrno(error, 'EINVAL', 'ENOTSUP', 'EBADF')) throw error
  } finally {
    await handle.close()
  }
}

/** Makes the entries of newly made directories last, from `directory` up to the first that was made. */
async function syncAncestors(directory: ByteString, firstMade: ByteString): Promise<void> {
  for (let path = directory; path.length >= firstMade.length && path !== '/'; path = dirname(path)) {
    await syncDirectory(dirname(path))
  }
}
