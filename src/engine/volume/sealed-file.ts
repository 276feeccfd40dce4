/** A local file that is written through a seal, with its size and the SHA-1 of its stored bytes. */
import { createHash } from 'node:crypto'
import { writeSync } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ByteSink, Seal } from '../../crypt/crypt.ts'
import { inDirectory, localFailure, type LocalPlace } from '../local-failure.ts'

export interface SealedResult {
  readonly path: string
  readonly size: number
  /** Lower-case hex. */
  readonly sha1: string
}

/** One file on its way through compression and encryption to disk. */
export class SealedFile {
  readonly seal: Seal
  readonly #path: string
  readonly #file: FileHandle
  readonly #hash = createHash('sha1')
  #size = 0

  private constructor(path: string, file: FileHandle, begin: (sink: ByteSink) => Seal, place: LocalPlace) {
    this.#path = path
    this.#file = file
    // Synchronous: the pieces are large and go to the page cache, and a write in the thread pool would wait there
    // behind the chunks that are being deflated.
    this.seal = begin((bytes) => {
      this.#hash.update(bytes)
      this.#size += bytes.length
      inDirectory(place, dirname(path), () => {
        for (let done = 0; done < bytes.length;) done += writeSync(file.fd, bytes, done)
      })
    })
  }

  /**
   * Creates the file (0600; it must not exist) and begins the seal. `place` is the code of the errors, here and in all
   * later writing, that the system causes.
   */
  static async create(
    path: string,
    begin: (sink: ByteSink) => Seal,
    place: LocalPlace = 'TEMP_SPACE',
  ): Promise<SealedFile> {
    const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
      throw localFailure(error, place, dirname(path))
    })
    return new SealedFile(path, file, begin, place)
  }

  /** Ends seal and file. */
  async finish(): Promise<SealedResult> {
    await this.seal.finish()
    await this.#file.close()
    return { path: this.#path, size: this.#size, sha1: this.#hash.digest('hex') }
  }

  /** Gives up and removes the file. */
  async discard(): Promise<void> {
    this.seal.abort()
    await this.#file.close()
    await rm(this.#path, { force: true })
  }
}
