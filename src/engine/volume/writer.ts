/**
 * Cuts the stream of tar blocks into volumes (archive format §4.5): builds, seals, records and uploads them one
 * after another. A tar block (headers, piece of content, padding) is never split.
 */
import { join } from 'node:path'
import type { AccessPoint } from '../../format/access-point.ts'
import type { ManifestVolume } from '../../format/manifest.ts'
import type { EngineContext } from '../request.ts'
import type { BlockPosition, BlockPrefix } from './block-position.ts'
import { SealedFile } from './sealed-file.ts'
import { checkStored, UploadQueue } from './upload.ts'

/** A volume that is built: what the manifest says of it, and what only the session has to know. */
export interface FinishedVolume {
  readonly volume: ManifestVolume
  /** Stored bytes. */
  readonly size: number
  /** What was stored of the file that goes on in the next volume, if one does. */
  readonly within: BlockPrefix | undefined
}

export interface VolumeWriterOptions {
  readonly context: EngineContext
  /** Bytes that a volume should not exceed. */
  readonly volumeSize: number
  readonly nameOf: (volume: number) => string
  /** Called with a finished volume before it is uploaded: this is the checkpoint. */
  readonly record: (finished: FinishedVolume) => Promise<void>
  /** Called with the number of each volume, in order, when it is whole on the remote. */
  readonly acknowledge: (volume: number) => void
  /** Sizes of the volumes that an interrupted session stored, by name and in order; the next number follows theirs. */
  readonly stored?: ReadonlyMap<string, number>
}

const CHUNK = 256 * 1024
/** No block is larger than its 64 KiB of content; duplicity keeps this much room (§4.5). */
const ROOM = 65536
/** What gpg may add behind the last look at its output. */
const GPG_ROOM = 51200 + 16384
/** Plain bytes between two access points: what one file's restore has to decode in vain, at most. */
const ACCESS_SPACING = 4 << 20
/** gpg volumes are padded with zeros to a multiple of this (§4.1). */
const GPG_PADDING = 10240

export class VolumeWriter {
  readonly #options: VolumeWriterOptions
  readonly #uploads: UploadQueue
  readonly #limit: number
  #file: SealedFile | undefined
  #number = 0
  #first: BlockPosition | undefined
  #last: BlockPosition = { path: '', block: undefined }
  #plainBytes = 0
  #stage = Buffer.allocUnsafe(CHUNK)
  #staged = 0
  #uploaded = 0
  /** Of the present volume; and where the last stands in its plain bytes. */
  #access: Promise<AccessPoint | undefined>[] = []
  #accessAt = 0
  readonly #sizes: Map<string, number>

  constructor(options: VolumeWriterOptions) {
    this.#options = options
    this.#sizes = new Map(options.stored)
    this.#number = this.#sizes.size
    this.#uploads = new UploadQueue(options.context)
    this.#limit = options.volumeSize - ROOM - (options.context.crypt.form === 'gpg' ? GPG_ROOM : 0)
  }

  /** Stored bytes of the volumes finished so far. */
  get uploadedBytes(): number {
    return this.#uploaded
  }

  get volumes(): number {
    return this.#number
  }

  /** Adds one block; `body` is padded here. The body may be reused after the promise resolved. */
  async add(position: BlockPosition, header: Uint8Array, body?: Uint8Array): Promise<void> {
    if (this.#file !== undefined && this.#first !== undefined && (await this.#isFull()))
      await this.#finishVolume()
    if (this.#file === undefined) await this.#begin()
    this.#first ??= position
    this.#last = position
    if (this.#plainBytes - this.#accessAt >= ACCESS_SPACING) await this.#addAccess(position)
    await this.#append(header)
    if (body === undefined || body.length === 0) return
    await this.#append(body)
    const padding = -body.length & 511
    if (padding > 0) await this.#append(ZEROS.subarray(0, padding))
  }

  /**
   * Finishes the last volume (a set has at least one), waits for all uploads, and looks that none has gone meanwhile.
   * Throws what an upload throws, and VOLUME_MISSING.
   */
  async finish(): Promise<void> {
    if (this.#file === undefined && this.#number === 0) await this.#begin()
    if (this.#file !== undefined) await this.#finishVolume()
    await this.#uploads.drain()
    await checkStored(this.#options.context, this.#sizes)
  }

  /** Gives up after an error: removes the unfinished volume. */
  async discard(): Promise<void> {
    const file = this.#file
    this.#file = undefined
    await file?.discard()
    await this.#uploads.drain().catch(() => undefined)
  }

  async #isFull(): Promise<boolean> {
    const seal = this.#file?.seal
    if (seal === undefined) return false
    if (seal.written + seal.pending + this.#staged <= this.#limit) return false
    // What is under way counts at its full size; only a look at the real output decides.
    await this.#flush()
    await seal.settle()
    return seal.written + seal.pending > this.#limit
  }

  async #begin(): Promise<void> {
    const { context } = this.#options
    this.#number += 1
    this.#plainBytes = 0
    this.#accessAt = 0
    this.#access = []
    const path = join(context.tempDir, `volume-${this.#number}`)
    this.#file = await SealedFile.create(path, (sink) => context.crypt.seal(sink))
  }

  async #addAccess({ path, block }: BlockPosition): Promise<void> {
    await this.#flush()
    this.#accessAt = this.#plainBytes
    const place = this.#file?.seal.access()
    // A seal that is given up never says the place, and nobody waits for it then.
    if (place !== undefined) this.#access.push(place.then((known) => known && { path, block, ...known }))
  }

  /** The points of the finished volume: of those in one file the last, for a file is never read from its middle. */
  async #takeAccess(): Promise<AccessPoint[]> {
    const points = (await Promise.all(this.#access)).filter((point) => point !== undefined)
    this.#access = []
    return points.filter(({ path }, index) => points[index + 1]?.path !== path)
  }

  async #append(bytes: Uint8Array): Promise<void> {
    this.#plainBytes += bytes.length
    let done = 0
    while (done < bytes.length) {
      const part = bytes.subarray(done, done + CHUNK - this.#staged)
      this.#stage.set(part, this.#staged)
      this.#staged += part.length
      done += part.length
      if (this.#staged === CHUNK) await this.#flush()
    }
  }

  async #flush(): Promise<void> {
    if (this.#staged === 0) return
    const seal = this.#file?.seal
    await seal?.write(this.#stage.subarray(0, this.#staged))
    // A new buffer for each chunk is work for the garbage collection.
    if (seal?.copies !== true) this.#stage = Buffer.allocUnsafe(CHUNK)
    this.#staged = 0
  }

  async #finishVolume(): Promise<void> {
    const file = this.#file
    if (file === undefined) return
    const { context, record, nameOf, acknowledge } = this.#options
    const within = this.#last.block === undefined ? undefined : this.#last.prefix?.()
    if (context.crypt.form === 'gpg')
      await this.#append(ZEROS.subarray(0, GPG_PADDING - (this.#plainBytes % GPG_PADDING)))
    await this.#flush()
    const { path, size, sha1 } = await file.finish()
    this.#file = undefined
    const first = this.#first ?? { path: '', block: undefined }
    this.#first = undefined
    this.#uploaded += size
    const number = this.#number
    const access = await this.#takeAccess()
    const volume: ManifestVolume = {
      number,
      startPath: first.path,
      startBlock: first.block,
      endPath: this.#last.path,
      endBlock: this.#last.block,
      hashes: { SHA1: sha1 },
      ...(access.length > 0 && { access }),
    }
    await record({ volume, size, within })
    const name = nameOf(number)
    this.#sizes.set(name, size)
    await this.#uploads.add(name, path, size, () => {
      acknowledge(number)
    })
    context.signal.throwIfAborted()
  }
}

const ZEROS = new Uint8Array(GPG_PADDING)
