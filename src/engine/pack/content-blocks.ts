/**
 * Cuts content into the blocks of a volume (archive format §4.4). Blocks that an interrupted session stored already are
 * made once more, compared, and left out.
 */
import { createHash, hash, type Hash } from 'node:crypto'
import { formatVolumeMember } from '../../format/member.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import type { BackupStatistics } from '../events.ts'
import type { BlockPrefix } from '../volume/block-position.ts'
import type { VolumeWriter } from '../volume/writer.ts'
import { BLOCK_SIZE } from './file-reader.ts'

/** The first blocks of a file that are stored already. */
export interface StoredBlocks {
  /** How many. */
  readonly count: number
  readonly prefix: BlockPrefix
}

/** The file that an interrupted session was storing is not what it was. Nothing has been stored since. */
export class StoredBlocksDiffer extends Error {
  override readonly name = 'StoredBlocksDiffer'
}

export interface ContentBlocksOptions {
  readonly path: ByteString
  readonly action: BlockPrefix['action']
  readonly volumes: VolumeWriter
  readonly statistics: BackupStatistics
  /** Headers of a block: metadata of the file, name and size of the block, and which of the file's blocks it is. */
  readonly header: (name: ByteString, size: number, place: BlockPlace) => Buffer
  /** A buffer of BLOCK_SIZE bytes that is free until `end` resolved. */
  readonly buffer: Buffer
  readonly stored: StoredBlocks | undefined
}

/** A block's place in its file; the only one is the first and the last. */
export interface BlockPlace {
  readonly first: boolean
  readonly last: boolean
  /** SHA-256 of the content of all blocks up to this one, as base64url. */
  readonly sha256: () => string
}

/**
 * One entry if the content is shorter than a block, else numbered ones; the last may be empty. Throws
 * StoredBlocksDiffer.
 */
export class ContentBlocks {
  readonly #options: ContentBlocksOptions
  /** Of the blocks before the one that is being written; only where a file has several. */
  #hash: Hash | undefined
  #firstHeaders: Buffer | undefined
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
    const { path, action, header, volumes, statistics, stored } = this.#options
    const single = last && this.#block === 0
    this.#block += 1
    const block = single ? undefined : this.#block
    const name = formatVolumeMember({ action, path, directory: false, ...(block !== undefined && { block }) })
    const sha256 = (): string => this.#hash?.copy().update(piece).digest('base64url') ?? ofOnly(piece)
    const headers = header(name, piece.length, { first: this.#block === 1, last, sha256 })
    const skip = this.#block <= (stored?.count ?? 0)
    if (skip && last) throw new StoredBlocksDiffer()
    if (!skip) {
      const position = { path, block: last ? undefined : this.#block, prefix: () => this.#prefix() }
      await volumes.add(position, headers, piece)
      statistics.rawDeltaSize += piece.length
    }
    if (last) return
    this.#firstHeaders ??= headers
    this.#hash ??= createHash('sha256')
    this.#hash.update(piece)
    if (this.#block === stored?.count) this.#compare(stored.prefix)
  }

  #compare(stored: BlockPrefix): void {
    const { action, sha256 } = this.#prefix()
    if (action !== stored.action || sha256 !== stored.sha256) throw new StoredBlocksDiffer()
  }

  /** Of the blocks that are written. */
  #prefix(): BlockPrefix {
    const content = this.#hash?.copy().digest() ?? ''
    const sha256 = createHash('sha256')
      .update(this.#firstHeaders ?? '')
      .update(content)
    return { action: this.#options.action, sha256: sha256.digest('hex') }
  }
}

function ofOnly(piece: Uint8Array): string {
  return hash('sha256', piece, 'base64url')
}
