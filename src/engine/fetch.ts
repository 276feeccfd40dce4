/** Brings a stored file to this machine, hashing it on the way. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Backend } from '../backend/backend.ts'
import { localFailure } from './local-failure.ts'

/** A stored file on this machine. */
export interface Fetched {
  readonly path: string
  /** Lower-case hex SHA-1 of the stored bytes; empty if not asked for. */
  readonly sha1: string
  /** Removes a temporary copy; a file that is read in place stays. */
  release(): Promise<void>
}

export interface FetchFrom {
  readonly backend: Backend
  readonly tempDir: string
  readonly signal: AbortSignal
}

const READ_SIZE = 1 << 20
let serial = 0

/** Fetches a file; one on a local backend is read in place. Throws what the backend's `get` throws, and TEMP_SPACE. */
export async function fetchFile(from: FetchFrom, name: string, options: { sha1: boolean }): Promise<Fetched> {
  const { backend, tempDir, signal } = from
  const inPlace = backend.localPath(name)
  if (inPlace !== undefined) {
    // `get` is still the one who knows how to report a missing or forbidden file.
    const sha1 = options.sha1 ? await drainHashed(await backend.get(name, signal)) : ''
    return { path: inPlace, sha1, release: () => Promise.resolve() }
  }
  serial += 1
  // The name, for messages, as far as it can be part of a path.
  const path = join(tempDir, `fetch-${serial}-${name.replace(/[^\w.-]/g, '_').slice(0, 150)}`)
  const hash = createHash('sha1')
  const release = (): Promise<void> => rm(path, { force: true })
  try {
    const source = await backend.get(name, signal)
    if (options.sha1) source.on('data', (chunk: Buffer) => hash.update(chunk))
    await pipeline(source, createWriteStream(path, { mode: 0o600, flags: 'wx' }), { signal })
  } catch (error) {
    await release()
    // What fails at the destination comes as a UserError.
    throw localFailure(error, 'TEMP_SPACE', tempDir)
  }
  return { path, sha1: options.sha1 ? hash.digest('hex') : '', release }
}

async function drainHashed(source: Readable): Promise<string> {
  const hash = createHash('sha1')
  for await (const chunk of source as AsyncIterable<Buffer>) hash.update(chunk)
  return hash.digest('hex')
}

/** A file as a body that can be opened again, for `Backend.put`. */
export function fileBody(path: string, size: number): { size: number; open: () => Readable } {
  return { size, open: () => createReadStream(path, { highWaterMark: READ_SIZE }) }
}
