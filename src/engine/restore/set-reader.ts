/**
 * Reads one backup set as a list of paths in order: fetches the volumes that may hold what is wanted one after
 * another, checks each against its hash or its integrity protection, and joins the blocks of large files across volumes
 * (archive format §4.3, §4.4, §13.1).
 *
 * A volume's hash may still be being compared while it is read: `proven` tells when what was read may be believed, and
 * no set is left before it is.
 */
import { HashMismatch } from '../../crypt/hash-mismatch.ts'
import { accessFor, type AccessPoint } from '../../format/access-point.ts'
import { mayContain, type Manifest, type ManifestVolume } from '../../format/manifest.ts'
import { parseVolumeMember } from '../../format/member.ts'
import { comparePaths, isInside } from '../../format/path-order.ts'
import type { TarEntry } from '../../format/tar/header.ts'
import type { ExtraRecords } from '../../format/tar/pax.ts'
import { TarReader } from '../../format/tar/reader.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import type { BackupSet } from '../chain/sets.ts'
import { type Fetched, fetchFile } from '../fetch.ts'
import type { EngineContext } from '../request.ts'
import { enter, type Head } from './enter.ts'
import {
  hashMismatch,
  missingVolume,
  mostBehindEnd,
  plantedVolume,
  refusePlaintext,
  replacedVolume,
} from './volume-file.ts'

/** What one set says about one path. */
export interface SetItem {
  readonly path: ByteString
  readonly action: 'snapshot' | 'diff' | 'deleted'
  /** Of its first member. */
  readonly header: TarEntry
  /** Whether that is all: no blocks follow it. */
  readonly whole: boolean
  /** What the last member read so far records beyond its header; a file's own records stand in its last one. */
  readonly records: ExtraRecords | undefined
  /**
   * Next piece of content or delta, undefined at the end; a promise of it where it has to be waited for. Only until `next`
   * is called again. A piece is valid until the next is asked for.
   */
  read(): Buffer | undefined | Promise<Buffer | undefined>
  /**
   * Resolves when all that was read so far has been compared with the hash of its volume. Before that nothing made of it
   * may get its name. Throws HASH_MISMATCH.
   */
  proven(): Promise<void>
}

/** `SetItem.proven` of what was compared before anything of it was read. */
export const PROVEN = (): Promise<void> => Promise.resolve()

export interface SetReaderOptions {
  readonly context: EngineContext
  /** Only this path and what is below; '' = everything. */
  readonly wanted: ByteString
  /** Called when a volume has been read. */
  readonly onVolume: () => void
}

interface OpenVolume {
  readonly fetched: Fetched
  readonly reader: TarReader
  /** Read already. */
  first?: Head | undefined
  /** Rejects with HASH_MISMATCH. */
  readonly proof: Promise<void>
}

/** The volumes of a set that may hold a path or anything below it, in manifest order. */
export function wantedVolumes(manifest: Manifest, wanted: ByteString): ManifestVolume[] {
  return manifest.volumes.filter((volume) => mayContain(volume, wanted))
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

export class SetReader {
  readonly #set: BackupSet
  readonly #options: SetReaderOptions
  /** Last first: there may be very many. */
  readonly #waiting: ManifestVolume[]
  #volume: OpenVolume | undefined
  #ahead: Promise<OpenVolume> | undefined
  #peeked: Head | undefined
  #current: Head | undefined
  #item: Writable<SetItem> | undefined
  #last: ByteString | undefined

  constructor(set: BackupSet, manifest: Manifest, options: SetReaderOptions) {
    this.#set = set
    this.#options = options
    this.#waiting = wantedVolumes(manifest, options.wanted).reverse()
  }

  /** The next path, or undefined at the end. What was not read of the one before is skipped. */
  async next(): Promise<SetItem | undefined> {
    for (;;) {
      while (this.#current !== undefined) {
        const piece = this.#readNow()
        if (piece instanceof Promise) await piece
      }
      this.#item = undefined
      const atHand = this.#headAtHand()
      const head = atHand instanceof Promise ? await atHand : (atHand ?? (await this.#nextHead()))
      this.#current = head
      if (head === undefined) return undefined
      const { path, action } = head.member
      const { wanted } = this.#options
      if (!isInside(path, wanted)) {
        if (comparePaths(path, wanted) > 0) {
          await this.#volume?.proof
          await this.close()
          return undefined
        }
        this.#last = path
        continue
      }
      if (this.#last !== undefined && comparePaths(this.#last, path) >= 0) {
        // A member out of order or twice: what came first stands, as with duplicity (§4.6), and it is told.
        const detail = 'stands twice or out of order in its backup set; this copy is left out'
        this.#options.context.emit({ type: 'restore-trouble', path, detail })
        continue
      }
      this.#last = path
      const { header } = head
      this.#item = {
        path,
        action,
        header,
        whole: head.member.block === undefined,
        records: header.records,
        read: () => this.#readNow(),
        proven: async () => this.#volume?.proof,
      }
      return this.#item
    }
  }

  async close(): Promise<void> {
    this.#waiting.length = 0
    this.#item = undefined
    this.#current = undefined
    this.#peeked = undefined
    await this.#closeVolume()
    const ahead = this.#ahead
    this.#ahead = undefined
    // A volume that could not be opened leaves nothing behind, and nobody needs it any more.
    await release(await ahead?.catch(() => undefined))
  }

  /** As `#read`, without a promise where none is needed: nearly every file is small and at hand. */
  #readNow(): Buffer | undefined | Promise<Buffer | undefined> {
    const reader = this.#volume?.reader
    const piece = this.#current && reader?.readAtHand()
    if (piece !== undefined) return piece
    if (this.#current?.member.block !== undefined || reader?.bodyRead !== true) return this.#read()
    this.#current = undefined
    return undefined
  }

  async #read(): Promise<Buffer | undefined> {
    const current = this.#current
    if (current === undefined) return undefined
    for (;;) {
      const piece = await this.#reading(({ reader }) => reader.read())
      if (piece !== undefined) return piece
      if (current.member.block === undefined) break
      const head = await this.#nextHead()
      const goesOn =
        head?.member.block !== undefined &&
        head.member.path === current.member.path &&
        head.member.action === current.member.action
      if (!goesOn) {
        this.#peeked = head
        break
      }
      if (this.#item !== undefined) this.#item.records = head.header.records
    }
    this.#current = undefined
    return undefined
  }

  /** The next head where it needs no waiting; else undefined, or a promise of the error that it leads to. */
  #headAtHand(): Head | undefined | Promise<Head | undefined> {
    const volume = this.#volume
    if (volume === undefined || volume.first !== undefined || this.#peeked !== undefined) return undefined
    try {
      const header = volume.reader.nextAtHand()
      return header && { header, member: parseVolumeMember(header.name) }
    } catch (error) {
      return this.#reading(() => Promise.reject(error as Error))
    }
  }

  async #nextHead(): Promise<Head | undefined> {
    const peeked = this.#peeked
    if (peeked !== undefined) {
      this.#peeked = undefined
      return peeked
    }
    for (;;) {
      this.#volume ??= await this.#openNext()
      if (this.#volume === undefined) return undefined
      const { first } = this.#volume
      this.#volume.first = undefined
      if (first !== undefined) return first
      const head = await this.#reading(async ({ reader }) => {
        const header = await reader.next()
        return header && { header, member: parseVolumeMember(header.name) }
      })
      if (head !== undefined) return head
      await this.#volume.proof
      await this.#closeVolume()
      this.#options.onVolume()
    }
  }

  /** Reads of the present volume. What is wrong with a damaged volume is that it is damaged, not what that leads to. */
  async #reading<T>(read: (volume: OpenVolume) => Promise<T>): Promise<T | undefined> {
    const volume = this.#volume
    if (volume === undefined) return undefined
    try {
      return await read(volume)
    } catch (error) {
      await volume.proof
      throw error
    }
  }

  async #openNext(): Promise<OpenVolume | undefined> {
    this.#options.context.signal.throwIfAborted()
    const volume = this.#waiting.pop()
    if (volume === undefined) return undefined
    const opening = this.#ahead ?? this.#open(volume)
    this.#ahead = undefined
    const opened = await opening
    this.#openAhead()
    return opened
  }

  /** Fetches and checks the volume after this one while this one is read. What fails is thrown when its turn comes. */
  #openAhead(): void {
    const next = this.#waiting.at(-1)
    if (next === undefined) return
    this.#ahead = this.#open(next)
    this.#ahead.catch(() => undefined)
  }

  async #open(volume: ManifestVolume): Promise<OpenVolume> {
    const { context } = this.#options
    const file = this.#set.volumes.get(volume.number)
    if (file === undefined) throw missingVolume(this.#set, volume.number)
    refusePlaintext(this.#set, file, plantedVolume)
    const fetched = await fetchFile(context, file.name, { sha1: false })
    const sha1 = volume.hashes.SHA1
    const named = (error: unknown): never => {
      if (error instanceof HashMismatch && sha1 !== undefined)
        throw hashMismatch(file.name, error.actual, sha1, replacedVolume)
      throw error
    }
    let proof = Promise.resolve()
    const proofLater = (later: Promise<void>): void => {
      proof = later.catch(named)
      // Whoever needs it awaits it; until then, or where nobody does, it must not count as unhandled.
      proof.catch(() => undefined)
    }
    const open = async (from: AccessPoint | undefined): Promise<TarReader> => {
      const options = { checkSigner: true, sha1, proofLater, from, passing: true }
      const plain = await context.crypt.open(fetched.path, file.parsed.form, options)
      return new TarReader(plain, { behindEnd: await mostBehindEnd(fetched.path) })
    }
    try {
      const from = accessFor(volume.access ?? [], this.#options.wanted)
      const entered = from && (await enter(() => open(from), [from.path, volume.startPath]))
      return { fetched, ...(entered ?? { reader: await open(undefined) }), proof }
    } catch (error) {
      try {
        await proof
      } finally {
        await fetched.release()
      }
      return named(error)
    }
  }

  async #closeVolume(): Promise<void> {
    const volume = this.#volume
    this.#volume = undefined
    await release(volume)
  }
}

async function release(volume: OpenVolume | undefined): Promise<void> {
  await volume?.reader.close()
  await volume?.fetched.release()
}
