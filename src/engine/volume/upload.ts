/**
 * Puts finished files on the remote: put, then compared with what the remote says it has, then recorded
 * (archive format §8.3). One upload runs while the next volume is built; order is kept.
 */
import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { UserError } from '../../lib/errors.ts'
import { fileBody } from '../fetch.ts'
import type { EngineContext } from '../request.ts'

type UploadContext = Pick<EngineContext, 'backend' | 'emit' | 'signal'>

/** Seconds between the questions for the size of a file that the remote does not show yet. */
const SIZE_DELAYS = [0.2, 1, 2, 4, 8]

/** Uploads one file and removes it. Throws VOLUME_SIZE or what `put` throws. */
export async function uploadFile(
  context: UploadContext,
  name: string,
  path: string,
  size: number,
): Promise<void> {
  const { backend, emit, signal } = context
  emit({ type: 'upload-began', name })
  await backend.put(name, { ...fileBody(path, size), spare: path }, signal)
  await checkSize(context, name, size)
  emit({ type: 'upload-done', name, size })
  await rm(path, { force: true })
}

async function checkSize(
  { backend, emit, signal }: UploadContext,
  name: string,
  size: number,
): Promise<void> {
  let found = await backend.size(name, signal)
  for (const delay of SIZE_DELAYS) {
    if (found === size || (found === undefined && (await isListed(backend, name, signal)))) return
    const seen = found === undefined ? 'is not there' : `has ${found} bytes`
    emit({
      type: 'note',
      level: 'notice',
      text: `${name} ${seen} after the upload, expected ${size}; asking again.`,
    })
    await sleep(delay * 1000, undefined, { signal })
    found = await backend.size(name, signal)
  }
  if (found === size || (found === undefined && (await isListed(backend, name, signal)))) return
  throw new UserError('VOLUME_SIZE', `File ${name} was corrupted during upload.`, {
    extra: `'${name}' ${size} ${found ?? -1}`,
    hint: `The destination ${backend.label} holds ${found ?? 'no'} bytes of it where ${size} were sent. Check its space and health, then run the backup again.`,
  })
}

/** Whether there is a file of a size that the destination does not know: then its name is all that there is to see. */
async function isListed(
  backend: UploadContext['backend'],
  name: string,
  signal: AbortSignal,
): Promise<boolean> {
  return (await backend.list(signal)).some((file) => file.name === name && file.size === undefined)
}

/**
 * Looks once more that the destination has all files of these sizes, before the manifest says so: a share may have been
 * unmounted, or somebody may have emptied it, since they were uploaded. Where a listing tells no size the name is enough. Asks again after each delay (seconds). Throws
 * VOLUME_MISSING.
 */
export async function checkStored(
  { backend, signal }: UploadContext,
  sizes: ReadonlyMap<string, number>,
  delays: readonly number[] = SIZE_DELAYS,
): Promise<void> {
  let missing = [...sizes]
  for (const delay of [0, ...delays]) {
    if (delay > 0) await sleep(delay * 1000, undefined, { signal })
    const found = new Map((await backend.list(signal)).map(({ name, size }) => [name, size]))
    missing = missing.filter(([name, size]) => !found.has(name) || (found.get(name) ?? size) !== size)
    if (missing.length === 0) return
  }
  const names = missing.map(([name]) => name)
  const shown =
    names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')
  throw new UserError(
    'VOLUME_MISSING',
    `${shown}: stored in this run, but no longer whole on ${backend.label}.`,
    {
      hint: 'The backup was not completed. Check that the destination stayed mounted and that nobody deletes there, then run it again.',
    },
  )
}

/** Uploads in order, at most one under way. */
export class UploadQueue {
  readonly #context: UploadContext
  #running: Promise<void> = Promise.resolve()

  constructor(context: UploadContext) {
    this.#context = context
  }

  /**
   * Waits for the upload before, then starts this one; calls `stored` when the file is whole on the remote. Throws the
   * failure of the one before.
   */
  async add(name: string, path: string, size: number, stored: () => void): Promise<void> {
    await this.#running
    this.#running = uploadFile(this.#context, name, path, size).then(stored)
    // The failure is thrown by the next `add` or `drain`; until then it must not count as unhandled.
    this.#running.catch(() => undefined)
  }

  /** Waits for everything. Throws the first failure. */
  async drain(): Promise<void> {
    await this.#running
  }
}
