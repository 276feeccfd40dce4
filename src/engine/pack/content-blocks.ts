/** Cuts content into the blocks of a volume (archive format §4.4). */
import { formatVolumeMember, type VolumeAction } from '../../format/member.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import type { BackupStatistics } from '../events.ts'
import type { VolumeWriter } from '../volume/writer.ts'
import { BLOCK_SIZE } from './file-reader.ts'

export interface ContentBlocksOptions {
  readonly path: ByteString
  readonly action: VolumeAction
  readonly volumes: VolumeWriter
  readonly statistics: BackupStatistics
  /** Headers of a block: metadata of the file, name and size of the block, and which of the file's blocks it is. */
  readonly header: (name: ByteString, size: number, place: BlockPlace) => Buffer
  /** A buffer of BLOCK_SIZE bytes that is free until `end` resolved. */
  readonly buffer: Buffer
}

/** A block's place in its file; the only one is the first and the last. */
export interface BlockPlace {
  readonly first: boolean
  readonly last: boolean
}

/** One entry if the content is shorter than a block, else numbered ones; the last may be empty. */
export class ContentBlocks {
  readonly #options: ContentBlocksOptions
  #used = 0
  #block = 0

  constructor(options: ContentBlocksOptions) {
    this.#options = options
  }

  /** Adds content that is complete and shorter than a block. */
  async addWhole(content: Uint8Array): Promise<void> {
    await this.#write(content, true)
  }

  /** Adds content; it may be reused after the promise resolved. */
  async add(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const part = bytes.subarray(done, done + BLOCK_SIZE - this.#used)
      if (part.length === BLOCK_SIZE) await this.#write(part, false)
      else {
        this.#options.buffer.set(part, this.#used)
        this.#used += part.length
        if (this.#used === BLOCK_SIZE) {
          await this.#write(this.#options.buffer, false)
          this.#used = 0
        }
      }
      done += part.length
    }
  }

  /** Writes what is left as the last block. */
  async end(): Promise<void> {
    await this.#write(this.#options.buffer.subarray(0, this.#used), true)
  }

  async #write(piece: Uint8Array, last: boolean): Promise<void> {
    const { path, action, header, volumes, statistics } = this.#options
    const single = last && this.#block === 0
    this.#block += 1
    const block = single ? undefined : this.#block
    const name = formatVolumeMember({ action, path, directory: false, ...(block !== undefined && { block }) })
    const position = { path, block: last ? undefined : this.#block }
    const place = { first: this.#block === 1, last }
    await volumes.add(position, header(name, piece.length, place), piece)
    statistics.rawDeltaSize += piece.length
  }
}
