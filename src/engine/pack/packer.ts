/**
 * Turns changes into tar blocks for the volumes and entries for the signature archive. Both lists hold the same paths
 * in the same order; a file's signature is complete even where only a delta is stored (archive format §4, §5).
 */
import { createHash, type Hash } from 'node:crypto'
import { formatSignatureMember, formatVolumeMember } from '../../format/member.ts'
import { showName } from '../../format/show-name.ts'
import type { TarEntry } from '../../format/tar/header.ts'
import type { ExtraRecords } from '../../format/tar/pax.ts'
import type { Kernels } from '../../rsync/kernels.ts'
import type { Progress } from '../progress.ts'
import { SignatureBuilder, signatureBlockLength, signatureOf } from '../../rsync/signature.ts'
import { type ByteString, toText } from '../../lib/bytestring.ts'
import { hasCode, messageOf } from '../../lib/errors.ts'
import type { Change } from '../diff/changes.ts'
import type { BackupStatistics, Emit } from '../events.ts'
import type { SourceEntry } from '../select/entry.ts'
import { fullPath } from '../select/full-path.ts'
import type { OwnerTable } from '../select/owner.ts'
import type { Session } from '../session/session.ts'
import type { VolumeWriter } from '../volume/writer.ts'
import { type BlockPlace, ContentBlocks, type StoredBlocks, StoredBlocksDiffer } from './content-blocks.ts'
import { BLOCK_SIZE, FileReader, type ReadTrouble } from './file-reader.ts'
import {
  contentRecords,
  objectRecords,
  type RecordSources,
  SPARSE_RECORDS,
  stateRecords,
} from './entry-records.ts'
import { deletedHeader, entryHeader } from './entry-headers.ts'
import { DeltaEncoder } from './delta-encoder.ts'
import { Spool } from './spool.ts'

export interface PackerOptions {
  readonly source: ByteString
  readonly session: Session
  readonly volumes: VolumeWriter
  readonly kernels: Kernels
  readonly owners: OwnerTable
  readonly maxBlockSize: number
  readonly copyLinks: boolean
  readonly statistics: BackupStatistics
  readonly emit: Emit
  readonly tempDir: string
  /** Seconds since the epoch. */
  readonly now: () => number
  readonly progress: Progress
}

type Changed = Extract<Change, { change: 'changed' }>

export class Packer {
  readonly #options: PackerOptions
  /** What was read, and what is being cut into blocks: one file at a time uses them. */
  readonly #block = Buffer.allocUnsafe(BLOCK_SIZE)
  readonly #pieces = Buffer.allocUnsafe(BLOCK_SIZE)

  #waiting: { readonly path: ByteString; readonly blocks: StoredBlocks } | undefined

  constructor(options: PackerOptions) {
    this.#options = options
  }

  /**
   * Says that the first blocks of a file are stored already. It must be the next path that is added, and its content
   * must begin with these very blocks: otherwise StoredBlocksDiffer is thrown before anything else is stored.
   */
  continueFile(path: ByteString, blocks: StoredBlocks): void {
    this.#waiting = { path, blocks }
  }

  /** Says that nothing more will be added. Throws StoredBlocksDiffer if a file waits to be continued. */
  end(): void {
    if (this.#waiting !== undefined) throw new StoredBlocksDiffer()
  }

  /** Stores the complete new state of a path. */
  async addNew(entry: SourceEntry): Promise<void> {
    if (entry.kind === 'reg') {
      await this.#addFile(entry, undefined)
      return
    }
    this.end()
    const { session, volumes, statistics } = this.#options
    const directory = entry.kind === 'dir'
    const volumeName = formatVolumeMember({ action: 'snapshot', path: entry.path, directory })
    const { copyLinks } = this.#options
    const records = objectRecords(entry, copyLinks, this.#sources(entry.path))
    await volumes.add({ path: entry.path, block: undefined }, this.#header(entry, volumeName, 0, records))
    const name = formatSignatureMember({ action: 'snapshot', path: entry.path, directory })
    session.addSignature(this.#header(entry, name, 0, stateRecords(entry, undefined)))
    statistics.sourceFileSize += entry.size
    this.#count('new', entry)
  }

  /** Stores a regular file as a delta against the version that its stored signature describes. */
  async addChanged({ entry, state }: Changed): Promise<void> {
    await this.#addFile(entry, state)
  }

  /** Stores that a path is gone. Every descendant of a directory is a deletion of its own. */
  async addDeleted(path: ByteString, kind: TarEntry['type']): Promise<void> {
    this.end()
    const { session, volumes, statistics, emit } = this.#options
    await volumes.add(
      { path, block: undefined },
      deletedHeader(formatVolumeMember({ action: 'deleted', path, directory: false })),
    )
    session.addSignature(deletedHeader(formatSignatureMember({ action: 'deleted', path, directory: false })))
    statistics.deletedFiles += 1
    statistics.deltaEntries += 1
    if (kind === 'reg') session.listFile('deleted', path)
    emit({ type: 'entry', change: 'deleted', path, kind, size: 0 })
  }

  async #addFile(entry: SourceEntry, state: Changed['state'] | undefined): Promise<void> {
    if (entry.path !== this.#waiting?.path) this.end()
    const reader = FileReader.open(entry.place, this.#options.copyLinks)
    if (!(reader instanceof FileReader)) {
      this.#tell(entry.path, reader)
      return
    }
    try {
      const first = reader.fill(this.#block)
      if (reader.trouble !== undefined) {
        // Nothing of it was stored yet: leave it out, the last backup's version stays.
        this.#tell(entry.path, reader.trouble)
        return
      }
      await this.#storeContent(entry, state, reader, first)
    } finally {
      reader.close()
    }
  }

  async #storeContent(
    entry: SourceEntry,
    state: Changed['state'] | undefined,
    reader: FileReader,
    firstPiece: number,
  ): Promise<void> {
    const { kernels, maxBlockSize, session, statistics } = this.#options
    const blockLength = signatureBlockLength(entry.size, maxBlockSize)
    const name = formatSignatureMember({ action: 'signature', path: entry.path, directory: false })
    if (state === undefined && firstPiece < BLOCK_SIZE) {
      const piece = this.#block.subarray(0, firstPiece)
      this.#options.progress.read(firstPiece)
      await this.#blocks(entry, reader).addWhole(piece)
      const signature = signatureOf(kernels, piece, blockLength)
      this.#addSignature(entry, reader, name, signature.length, [signature])
    } else {
      await this.#storeLarge(
        entry,
        state,
        reader,
        firstPiece,
        new SignatureBuilder(kernels, blockLength),
        name,
      )
    }
    const complaint = reader.complaint(entry.size)
    if (complaint !== undefined) this.#tell(entry.path, complaint)
    statistics.sourceFileSize += reader.bytes
    this.#count(state === undefined ? 'new' : 'changed', entry)
    session.listFile(state === undefined ? 'new' : 'changed', entry.path)
  }

  /** Content of many blocks, or a delta: everything passes once and nothing of it is held. */
  async #storeLarge(
    entry: SourceEntry,
    state: Changed['state'] | undefined,
    reader: FileReader,
    firstPiece: number,
    signature: SignatureBuilder,
    signatureName: ByteString,
  ): Promise<void> {
    const { tempDir } = this.#options
    const spool = new Spool(tempDir)
    const delta = state === undefined ? undefined : await this.#deltaAgainst(state, entry.path)
    // What the blocks hold of a delta is not the content.
    const digest = delta && createHash('sha256')
    try {
      const blocks = this.#blocks(entry, reader, digest)
      for (let size = firstPiece; ; size = reader.fill(this.#block)) {
        const piece = this.#block.subarray(0, size)
        this.#options.progress.read(size)
        digest?.update(piece)
        spool.add(signature.update(piece))
        if (delta === undefined) await blocks.add(piece)
        else for (const bytes of delta.update(piece)) await blocks.add(bytes)
        if (size < BLOCK_SIZE) break
      }
      if (delta !== undefined) for (const bytes of delta.end()) await blocks.add(bytes)
      spool.add(signature.end())
      await blocks.end()
      this.#addSignature(entry, reader, signatureName, spool.size, spool.pieces())
    } finally {
      delta?.close()
      spool.close()
    }
  }

  /** Undefined where the stored signature makes no sense: then the whole content is stored. */
  async #deltaAgainst(state: Changed['state'], path: ByteString): Promise<DeltaEncoder | undefined> {
    const { kernels, tempDir, emit } = this.#options
    try {
      return await DeltaEncoder.create(kernels, state, tempDir)
    } catch (error) {
      if (!hasCode(error, 'DELTA_INVALID')) throw error
      const text = `${showName(path)} is stored whole, because its stored signature is malformed: ${messageOf(error)}`
      emit({ type: 'note', level: 'warning', text })
      return undefined
    }
  }

  #addSignature(
    entry: SourceEntry,
    reader: FileReader,
    name: ByteString,
    size: number,
    pieces: Iterable<Uint8Array>,
  ): void {
    const records = stateRecords(entry, reader.bytes)
    this.#options.session.addSignature(
      this.#header(this.#recorded(entry, reader), name, size, records),
      pieces,
    )
  }

  /**
   * The entry as the signature archive gets it. Where the content may not be what the file holds in the end (cut short
   * by an error, or written to in this very second), another time than its own makes the next backup look again.
   */
  #recorded(entry: SourceEntry, reader: FileReader): SourceEntry {
    const { statistics, now } = this.#options
    const settled =
      reader.trouble === undefined && !reader.rewritten && !reader.isFresh(statistics.startTime, now)
    return settled ? entry : { ...entry, mtime: entry.mtime > 0 ? entry.mtime - 1 : 1 }
  }

  /** `digest`, for a delta: of the content, all of which it has got before the last block is added. */
  #blocks(entry: SourceEntry, reader: FileReader, digest?: Hash): ContentBlocks {
    const action = digest === undefined ? 'snapshot' : 'diff'
    const { volumes, statistics } = this.#options
    const stored = this.#waiting?.blocks
    this.#waiting = undefined
    const recordsOf = ({ first, last, sha256 }: BlockPlace): ExtraRecords | undefined => {
      if (!last) return first && reader.sparse ? SPARSE_RECORDS : undefined
      const content = {
        sha256: digest?.digest('base64url') ?? sha256(),
        whole: first && action === 'snapshot',
      }
      return contentRecords(entry, reader, content, this.#sources(entry.path))
    }
    return new ContentBlocks({
      path: entry.path,
      action,
      volumes,
      statistics,
      header: (name, size, place) => this.#header(entry, name, size, recordsOf(place)),
      buffer: this.#pieces,
      stored,
    })
  }

  #count(change: 'new' | 'changed', entry: SourceEntry): void {
    const { statistics, emit } = this.#options
    statistics.sourceFiles += 1
    statistics.deltaEntries += 1
    if (change === 'new') {
      statistics.newFiles += 1
      statistics.newFileSize += entry.size
    } else {
      statistics.changedFiles += 1
      statistics.changedFileSize += entry.size
    }
    emit({ type: 'entry', change, path: entry.path, kind: entry.kind, size: entry.size })
  }

  #tell(path: ByteString, { trouble, detail }: ReadTrouble): void {
    const { emit, source, statistics } = this.#options
    if (trouble === 'unreadable' || trouble === 'io-error') statistics.errors += 1
    emit({ type: 'trouble', trouble, path, fullPath: fullPath(source, path), detail })
  }

  /** For reading records of a path; what fails is told, and the rest of the path is stored. */
  #sources(path: ByteString): RecordSources {
    const { owners, emit, source } = this.#options
    const onTrouble = (detail: string): void => {
      emit({ type: 'note', level: 'warning', text: `${toText(fullPath(source, path))} ${detail}` })
    }
    return { names: owners, onTrouble }
  }

  #header(entry: SourceEntry, name: ByteString, size: number, records: ExtraRecords | undefined): Buffer {
    return entryHeader(entry, { name, size, records }, this.#options.owners)
  }
}
