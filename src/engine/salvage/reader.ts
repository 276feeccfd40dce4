/**
 * Reads one set for a salvage: what `SetReader` does, but nothing that is wrong with a volume ends it. A volume that is
 * missing, altered or cannot be decrypted is passed over whole, a damaged archive from the damage on; each is told as a
 * loss. A file of which blocks are missing fails when its content is read.
 */
import { type ManifestVolume, mayContain } from '../../format/manifest.ts'
import { parseVolumeMember, type VolumeMember } from '../../format/member.ts'
import { comparePaths, isInside } from '../../format/path-order.ts'
import type { TarEntry } from '../../format/tar/header.ts'
import { TarReader } from '../../format/tar/reader.ts'
import { type ByteString, toText } from '../../lib/bytestring.ts'
import { type ErrorCode, hasCode, isErrno, messageOf, UserError } from '../../lib/errors.ts'
import type { BackupSet } from '../chain/sets.ts'
import { type Fetched, fetchFile } from '../fetch.ts'
import type { EngineContext } from '../request.ts'
import { PROVEN, type SetItem } from '../restore/set-reader.ts'
import { mostBehindEnd, plantedVolume, refusePlaintext } from '../restore/volume-file.ts'
import type { Loss } from './loss.ts'

export interface SalvageReaderOptions {
  readonly context: EngineContext
  readonly wanted: ByteString
  readonly onVolume: () => void
  readonly onLoss: (loss: Loss) => void
}

interface OpenVolume {
  readonly listed: Partial<ManifestVolume> & { readonly number: number }
  readonly fetched: Fetched
  readonly reader: TarReader
}

interface Head {
  readonly member: VolumeMember
  readonly header: TarEntry
  /** Whether volumes before it were lost. */
  readonly gap: boolean
}

/** Errors that a damaged or hostile volume causes. */
const ofVolume: readonly ErrorCode[] = [
  ...([
    'VOLUME_MISSING',
    'HASH_MISMATCH',
    'INTEGRITY',
    'DECRYPT_FAILED',
    'KEY_MISSING',
    'PLAINTEXT',
  ] as const),
  ...(['WRONG_SIGNER', 'GPG_FAILED', 'ARCHIVE_INVALID', 'BACKEND_NOT_FOUND', 'BACKEND_ERROR'] as const),
  'BACKEND_DENIED',
]

type Writable<T> = { -readonly [K in keyof T]: T[K] }

type Listed = Partial<ManifestVolume> & { readonly number: number }

export class SalvageReader {
  readonly #set: BackupSet
  readonly #options: SalvageReaderOptions
  readonly #waiting: Listed[]
  #volume: OpenVolume | undefined
  #gap = false
  #peeked: Head | undefined
  #current: Head | undefined
  #item: Writable<SetItem> | undefined
  #block = 0
  #blockSizes = { first: 0, last: 0 }
  #last: ByteString | undefined

  /** `volumes`: what the manifest lists, or numbers alone where there is no manifest. */
  constructor(set: BackupSet, volumes: readonly Listed[], options: SalvageReaderOptions) {
    this.#set = set
    this.#options = options
    this.#waiting = volumes.filter((each) => !isListed(each) || mayContain(each, options.wanted))
  }

  /** The next path, or undefined at the end. What was not read of the one before is skipped. */
  async next(): Promise<SetItem | undefined> {
    for (;;) {
      await this.#skipRest()
      this.#item = undefined
      const head = await this.#nextHead()
      if (head === undefined) return undefined
      const { path, action } = head.member
      const order = this.#last === undefined ? -1 : comparePaths(this.#last, path)
      this.#current = head
      this.#block = head.member.block ?? 0
      this.#blockSizes = { first: head.header.size, last: head.header.size }
      if (!isInside(path, this.#options.wanted)) {
        if (order < 0) this.#last = path
        continue
      }
      // Further blocks of a file that was given up.
      if (order === 0 && head.member.block !== undefined && head.member.block > 1) continue
      if (order >= 0) {
        const detail = 'stands twice or out of order in its backup set; this copy is left out'
        this.#options.context.emit({ type: 'restore-trouble', path, detail })
        continue
      }
      this.#last = path
      return this.#itemOf(path, action, head)
    }
  }

  #itemOf(path: ByteString, action: SetItem['action'], head: Head): SetItem {
    const headless = head.member.block !== undefined && head.member.block > 1
    const read = async (): Promise<Buffer | undefined> => {
      if (headless) throw incomplete(`its first ${this.#block - 1} blocks are missing`)
      return await this.#read()
    }
    const whole = head.member.block === undefined
    const { header } = head
    this.#item = { path, action, header, whole, records: header.records, read, proven: PROVEN }
    return this.#item
  }

  async close(): Promise<void> {
    this.#waiting.length = 0
    this.#current = undefined
    this.#peeked = undefined
    await this.#closeVolume()
  }

  async #skipRest(): Promise<void> {
    while (this.#current !== undefined) {
      try {
        if ((await this.#read()) === undefined) return
      } catch (error) {
        // Nobody wanted the content: that it is incomplete was told with the loss.
        if (!hasCode(error, 'ARCHIVE_INVALID')) throw error
      }
    }
  }

  async #read(): Promise<Buffer | undefined> {
    for (;;) {
      const current = this.#current
      if (current === undefined) return undefined
      const piece = await this.#piece()
      if (piece === 'lost') throw this.#failed('the volume that holds it is damaged in the middle')
      if (piece !== undefined) return piece
      if (current.member.block === undefined) break
      const head = await this.#nextHead()
      const { path, action, block } = head?.member ?? {}
      if (block === undefined || path !== current.member.path || action !== current.member.action) {
        this.#peeked = head
        const { first, last } = this.#blockSizes
        // Only the last block is shorter than the first, if need be empty.
        const cut = (head?.gap ?? this.#gap) && last >= first && last > 0
        if (cut) throw this.#failed(`what follows block ${this.#block} is missing`)
        break
      }
      if (head === undefined) break
      const expected = this.#block + 1
      this.#current = head
      this.#block = block
      this.#blockSizes.last = head.header.size
      if (this.#item !== undefined) this.#item.records = head.header.records
      if (block !== expected) throw incomplete(`blocks ${expected} to ${block - 1} are missing`)
    }
    this.#current = undefined
    return undefined
  }

  #failed(what: string): UserError {
    this.#current = undefined
    return incomplete(what)
  }

  async #piece(): Promise<Buffer | undefined | 'lost'> {
    try {
      return await this.#volume?.reader.read()
    } catch (error) {
      await this.#lose(error)
      return 'lost'
    }
  }

  async #nextHead(): Promise<Head | undefined> {
    const peeked = this.#peeked
    this.#peeked = undefined
    if (peeked !== undefined) return peeked
    for (;;) {
      this.#volume ??= await this.#openNext()
      if (this.#volume === undefined) return undefined
      let header: TarEntry | undefined
      try {
        header = await this.#volume.reader.next()
      } catch (error) {
        await this.#lose(error)
        continue
      }
      if (header === undefined) {
        await this.#closeVolume()
        this.#options.onVolume()
        continue
      }
      const member = this.#memberOf(header)
      if (member === undefined) continue
      const gap = this.#gap
      this.#gap = false
      return { header, member, gap }
    }
  }

  /** Undefined for a name that no backup has: it is told and left out. */
  #memberOf(header: TarEntry): VolumeMember | undefined {
    try {
      return parseVolumeMember(header.name)
    } catch (error) {
      if (!hasCode(error, 'HOSTILE_MEMBER', 'ARCHIVE_INVALID')) throw error
      const number = this.#volume?.listed.number
      this.#tell({ volume: number, from: this.#last, to: this.#last, detail: error.message })
      this.#gap = true
      return undefined
    }
  }

  async #openNext(): Promise<OpenVolume | undefined> {
    for (;;) {
      this.#options.context.signal.throwIfAborted()
      const listed = this.#waiting.shift()
      if (listed === undefined) return undefined
      try {
        return await this.#open(listed)
      } catch (error) {
        if (!isOfVolume(error)) throw error
        const { number, startPath, endPath } = listed
        // A volume that begins in the root may say so because it holds nothing.
        const from = isListed(listed) && startPath !== '' ? startPath : this.#last
        this.#tell({ volume: number, from, to: endPath, detail: firstLine(error) })
        this.#gap = true
        this.#options.onVolume()
      }
    }
  }

  async #open(listed: Listed): Promise<OpenVolume> {
    const { context } = this.#options
    const { number, hashes } = listed
    const file = this.#set.volumes.get(number)
    if (file === undefined) throw new UserError('VOLUME_MISSING', 'It is not on the destination.')
    const name = toText(file.name)
    refusePlaintext(this.#set, file, plantedVolume)
    const expected = hashes?.SHA1
    const fetched = await fetchFile(context, file.name, { sha1: expected !== undefined })
    try {
      if (expected !== undefined && fetched.sha1 !== expected)
        throw new UserError('HASH_MISMATCH', `${name} does not have the SHA-1 that the manifest records.`)
      const plain = await context.crypt.open(fetched.path, file.parsed.form, { checkSigner: true })
      return {
        listed,
        fetched,
        reader: new TarReader(plain, { behindEnd: await mostBehindEnd(fetched.path) }),
      }
    } catch (error) {
      await fetched.release()
      throw error
    }
  }

  /** The rest of the present volume cannot be read. */
  async #lose(error: unknown): Promise<void> {
    if (!isOfVolume(error)) throw error
    const { number, endPath } = this.#volume?.listed ?? {}
    this.#tell({ volume: number, from: this.#last, to: endPath, detail: firstLine(error) })
    this.#gap = true
    await this.#closeVolume()
    this.#options.onVolume()
  }

  #tell(loss: Omit<Loss, 'set'>): void {
    this.#options.onLoss({ set: this.#set, ...loss })
  }

  async #closeVolume(): Promise<void> {
    const volume = this.#volume
    this.#volume = undefined
    await volume?.reader.close()
    await volume?.fetched.release()
  }
}

function isListed(volume: Listed): volume is ManifestVolume {
  return volume.startPath !== undefined && volume.endPath !== undefined
}

function isOfVolume(error: unknown): boolean {
  return hasCode(error, ...ofVolume) || isErrno(error, 'EIO')
}

function incomplete(what: string): UserError {
  return new UserError('ARCHIVE_INVALID', `the content is incomplete: ${what}`)
}

function firstLine(error: unknown): string {
  return messageOf(error).split('\n', 1)[0] ?? ''
}
